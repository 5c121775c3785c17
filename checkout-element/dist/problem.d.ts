/**
 * Errors as the page sees them. Nothing here may carry a client secret, a key or card data.
 */
import { type ErrorCode, type ErrorType, type Problem } from "./generated/protocol.js";
/** What `borga-error` tells. */
export interface BorgaErrorDetail {
    /** What happened, by its stable name. More names may come: treat an unknown one as opaque. */
    readonly code: ErrorCode | (string & {});
    /** Who has to act. */
    readonly type: ErrorType;
    /** What happened and what to do about it; for developers. */
    readonly message: string;
    /** Whether the checkout cannot go on without the page's help. A decline is not fatal. */
    readonly fatal: boolean;
    /** Where the error is documented. */
    readonly docUrl: string;
    /** The id of the request that failed, when one did. */
    readonly traceId: string | null;
}
/** What promises of this library reject with. */
export declare class BorgaError extends Error implements BorgaErrorDetail {
    readonly name = "BorgaError";
    readonly code: BorgaErrorDetail["code"];
    readonly type: ErrorType;
    readonly fatal: boolean;
    readonly docUrl: string;
    readonly traceId: string | null;
    /** The parameter that is wrong, when one is. */
    readonly param: string | null;
    constructor(detail: BorgaErrorDetail, param?: string | null);
}
/** The page that documents `code`. */
export declare function docUrl(code: string): string;
/** An error that the page's own side noticed; `message` replaces the catalogue's sentence with a closer one. */
export declare function noticed(code: BorgaErrorDetail["code"], message?: string): BorgaErrorDetail;
/** The frame's error, in the page's spelling. */
export declare function fromFrame(problem: Problem): BorgaErrorDetail;
/** Why a call ends when the element leaves the page: nothing went wrong. */
export declare function removed(): DOMException;
