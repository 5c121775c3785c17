/**
 * Where the frame may send the whole page. It only judges; it never navigates.
 */
/** Whether `url` is a 3-D Secure start page on `checkoutOrigin`. */
export declare function isStartPage(url: unknown, checkoutOrigin: string): url is string;
