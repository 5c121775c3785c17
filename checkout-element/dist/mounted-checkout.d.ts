/**
 * One checkout from the moment its element is in the page until it leaves: frame, port, secret and calls, owned in one
 * place and freed together. It decides nothing about money; endings come from the frame and are passed on as they are.
 */
import { type FrameOptions } from "./attributes.js";
import type { Emit } from "./events.js";
import type { Snapshot } from "./generated/protocol.js";
import { type FrameAnswers } from "./port.js";
import type { SecretSource } from "./secret-source.js";
/** What a mounted checkout needs of its element. */
export interface Host {
    readonly root: ShadowRoot;
    readonly secrets: SecretSource;
    readonly emit: Emit;
    /** The options as they are now. */
    options(): FrameOptions;
    /** Shows payers that there is no form, and why; nothing when `code` is `null`. */
    showFailure(code: string | null): void;
}
/** The state before the frame has told one. */
export declare const NOT_LOADED: Snapshot;
/** The checkout in one place of one page. */
export declare class MountedCheckout {
    private readonly host;
    readonly checkoutOrigin: string;
    readonly sessionId: string;
    /** The last state that the frame told. */
    state: Snapshot;
    private frame;
    private port;
    private attached;
    private readonly life;
    private frameOptions;
    private sentOptions;
    private sentSecret;
    private hasReloaded;
    private isReady;
    private hasTried;
    private isLive;
    private testMode;
    private attempt;
    private isAttaching;
    private held;
    private refusal;
    constructor(host: Host, checkoutOrigin: string, sessionId: string);
    /** Takes over what changed on the element: options, or the secret. */
    refresh(): void;
    /** Calls the frame once the session is attached. Ends in every case: answer, error, deadline, removal. */
    call<Method extends "payment.submit" | "payment.cancel" | "field.focus">(method: Method): Promise<FrameAnswers[Method]>;
    /** Frees everything. Never throws and may be called at any time. */
    end(): void;
    private openFrame;
    private connect;
    private disconnect;
    private frameFailed;
    /** The one place where this side's errors go out: event, console, waiting calls, and the payer. */
    private fail;
    private attach;
    /** The frame's last word on the secret at hand, and on a new one where that can help. */
    private offerSecrets;
    private requestedSecret;
    private sendOptions;
    private tellVisibility;
    private handlers;
}
