/**
 * JSON-RPC 2.0 over the private port between page and frame. It knows no business: an unknown method is answered as
 * such, an unknown notification is dropped, and nothing that arrives can make it throw.
 */
import type { Attached, Canceled, FrameCall, Navigating, NewSecret, PageCall, ReturnUrl, Snapshot } from "./generated/protocol.js";
/** How long the page waits for one answer. A payment's outcome is no answer: it comes as a notification. */
export declare const ANSWER_WITHIN_MS = 30000;
/** What each request to the frame is answered with. */
export interface FrameAnswers {
    "session.attach": Attached;
    "options.update": unknown;
    "payment.submit": Snapshot;
    "payment.cancel": Canceled;
    "field.focus": unknown;
}
/** What each request of the frame is answered with. */
interface PageAnswers {
    "secret.request": Promise<NewSecret>;
    "navigate.request": Navigating;
    "host.return_url": ReturnUrl;
}
type Params<Call extends {
    method: string;
}, Method extends string> = Extract<Call, {
    method: Method;
}> extends {
    params: infer P;
} ? P : undefined;
/** One function per method that the frame may call. */
export type Handlers = {
    [Method in FrameCall["method"]]: (params: Params<FrameCall, Method>) => Method extends keyof PageAnswers ? PageAnswers[Method] : void;
};
/** The page's end of one channel; a frame document has exactly one. */
export declare class Port {
    private readonly port;
    private readonly handlers;
    private readonly waiting;
    private lastId;
    private closed;
    constructor(port: MessagePort, handlers: Handlers);
    /** Asks the frame; rejects after a deadline, on a transport error, or when the port is closed. */
    call<Method extends keyof FrameAnswers>(method: Method, params?: Params<PageCall, Method>): Promise<FrameAnswers[Method]>;
    /** Tells the frame something that needs no answer. */
    notify(method: "host.visibility", params: Params<PageCall, "host.visibility">): void;
    /** Ends the channel and every call that still waits. */
    close(): void;
    private send;
    private receive;
    private settle;
}
export {};
