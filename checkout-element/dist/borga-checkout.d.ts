/**
 * `<borga-checkout>`: attributes and properties in, events out. No card data ever reaches it, and importing this
 * module defines nothing.
 */
import type { Snapshot, SurfaceKind, Theme } from "./generated/protocol.js";
import { type FetchClientSecret } from "./secret-source.js";
declare const Base: typeof HTMLElement;
/** The element's class. */
export declare class BorgaCheckoutElement extends Base {
    static get observedAttributes(): readonly string[];
    private readonly failure;
    private readonly secrets;
    private readonly host;
    private mounted;
    private isScheduled;
    private complaint;
    constructor();
    /** The session to pay, `ps_…`. */
    get sessionId(): string | null;
    set sessionId(value: string | null | undefined);
    /** Its secret, `pcs_…`. A value set here is not written into the attribute. */
    get clientSecret(): string | null;
    set clientSecret(value: string | null | undefined);
    /** Asked for a secret when none is set or the old one was refused. */
    get fetchClientSecret(): FetchClientSecret | null;
    set fetchClientSecret(value: FetchClientSecret | null | undefined);
    /** BCP 47; wins over the session's locale, which wins over the browser's. */
    get locale(): string | null;
    set locale(value: string | null | undefined);
    /** The form's colours. */
    get theme(): Theme;
    set theme(value: Theme | null | undefined);
    /** Where the bank's page is shown. */
    get threeDs(): SurfaceKind;
    set threeDs(value: SurfaceKind | null | undefined);
    /** The checkout's origin: https, or http on this machine. */
    get checkoutOrigin(): string;
    set checkoutOrigin(value: string | null | undefined);
    /** Where the checkout stands; a snapshot that does not change. */
    get state(): Snapshot;
    /** As if the payer had pressed Pay; waits until the session is attached. The outcome comes as an event. */
    submit(): Promise<Snapshot>;
    /** Cancels what is under way; `false` when it is too late and the outcome follows. */
    cancel(): Promise<boolean>;
    /** Puts the focus into the first field that needs the payer. */
    focus(): Promise<void>;
    /** The browser calls it when the element enters a page. */
    connectedCallback(): void;
    /** The browser calls it when the element leaves a page. */
    disconnectedCallback(): void;
    /** Its presence keeps the frame alive when the page moves the element with `moveBefore`. */
    connectedMoveCallback(): void;
    /** The browser calls it when an observed attribute changes. */
    attributeChangedCallback(name: string, _before: string | null, value: string | null): void;
    private readonly emit;
    private reflect;
    /** Properties that a framework set before the element was defined hide the accessors: set them again. */
    private takeEarlyProperties;
    /** Several changes in one go become one; what is missing is reported only if it does not follow at once. */
    private schedule;
    private update;
    private checkout;
    private complain;
    private problem;
}
declare global {
    interface HTMLElementTagNameMap {
        "borga-checkout": BorgaCheckoutElement;
    }
}
export {};
