/**
 * Where the frame may send the whole page. It only judges; it never navigates.
 */

import { isSecure, parseUrl } from "./origin.js";

/** Whether `url` is a 3-D Secure start page on `checkoutOrigin`. */
export function isStartPage(url: unknown, checkoutOrigin: string): url is string {
  // Whatever it is, it becomes the text that `location.assign` would make of it.
  const target = parseUrl(url as string);
  return (
    target !== null &&
    isSecure(target) &&
    target.origin === checkoutOrigin &&
    target.pathname.startsWith("/3ds/") &&
    target.username + target.password === ""
  );
}
