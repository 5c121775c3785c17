/**
 * The iframe and its handshake: from its address to a connected port. It speaks to one window at one origin, and the
 * window falls silent once the port is handed over.
 */
import { type FrameOptions } from "./attributes.js";
import { type FrameFailure } from "./load-watch.js";
/** What a frame needs to know. */
export interface FrameSettings {
    readonly checkoutOrigin: string;
    readonly sessionId: string;
    readonly options: FrameOptions;
    readonly title: string;
    /** A document of the frame said hello; its port. Called again when the frame reloads. */
    connected(port: MessagePort): void;
    /** No hello came. */
    failed(why: FrameFailure): void;
}
/** One iframe element in the page. */
export declare class Frame {
    private readonly settings;
    /** The element, for focus, title and height. */
    readonly element: HTMLIFrameElement;
    private readonly instance;
    private readonly watch;
    private nonce;
    constructor(place: Node, settings: FrameSettings);
    /** As high as the frame says, from now on without the reserved minimum. */
    resize(height: number): void;
    /** Takes the frame away and stops listening. */
    end(): void;
    private readonly loaded;
    private readonly hear;
}
/** The `allow` attribute: only what this browser knows, because each unknown name is a warning in its console. */
export declare function permissions(scope: object, page: object): string;
