// Written by checkout-protocol/tests/typescript.rs from the Rust types. Do not edit: change the types and run
// `cargo test -p checkout-protocol --features schema`.

export const VERSION = 1;

export type WindowMessage = { "borga": "hello", 
/**
 * The element's instance id, from the frame's URL fragment; one of its own when the merchant wrote the frame.
 */
instance: string, 
/**
 * Made anew by every document of the frame; `connect` repeats it.
 */
nonce: string, 
/**
 * Protocol versions the frame speaks.
 */
versions: Array<number>, 
/**
 * Which build of the frame this is.
 */
build: string, } | { "borga": "connect", 
/**
 * From `hello`.
 */
instance: string, 
/**
 * From `hello`.
 */
nonce: string, 
/**
 * The version that the page chose.
 */
version: number, } | { "borga": "discover" } | { "borga": "hint" };

export type PageCall = { "method": "session.attach", "params": { 
/**
 * `pcs_…`
 */
client_secret: string, 
/**
 * Whether the payer came back to this page from the bank, so that it has not heard yet how that ended.
 */
returned?: boolean, } } | { "method": "options.update", "params": { 
/**
 * BCP 47.
 */
locale?: string, 
/**
 * Light, dark or the payer's own setting.
 */
theme?: Theme, 
/**
 * Where the bank is shown.
 */
three_ds?: SurfaceKind, 
/**
 * The look of the form as JSON of [`Appearance`](crate::appearance::Appearance), which the server judges together
 * with `theme`. It is taken whole: what is absent in it goes back to the theme's.
 */
appearance?: string, } } | { "method": "payment.submit" } | { "method": "payment.cancel" } | { "method": "field.focus" } | { "method": "host.visibility", "params": { 
/**
 * Whether the page is hidden now.
 */
hidden: boolean, 
/**
 * Whether it came back from the back-forward cache.
 */
persisted: boolean, } } | { "method": "challenge.closed" };

export type BootCall = { "method": "session.offer", "params": { 
/**
 * `pcs_…`; none while the page has none.
 */
client_secret: string | null, } };

export type FrameCall = { "method": "frame.ready", "params": { 
/**
 * Whether this is a test-mode session.
 */
test_mode: boolean, } } | { "method": "state.change", "params": Snapshot } | { "method": "layout.resize", "params": { 
/**
 * CSS pixels.
 */
height: number, } } | { "method": "secret.request", "params": { 
/**
 * Why.
 */
reason: ErrorCode, } } | { "method": "navigate.request", "params": { 
/**
 * A start page on the checkout's own origin.
 */
url: string, } } | { "method": "host.return_url" } | { "method": "challenge.present", "params": { 
/**
 * A start page on the checkout's own origin.
 */
url: string, 
/**
 * How large. Without a size it is hidden: the bank looks at the browser, and the payer has nothing to do.
 */
size?: WindowSize, } } | { "method": "challenge.dismiss" } | { "method": "payment.started", "params": { 
/**
 * The frame's id of the attempt.
 */
attempt_id: string, } } | { "method": "payment.challenge", "params": { 
/**
 * The frame's id of the attempt.
 */
attempt_id: string, } } | { "method": "payment.completed", "params": { 
/**
 * `ps_…`
 */
session_id: string, 
/**
 * `pay_…`
 */
payment_id: string, } } | { "method": "payment.failed", "params": Problem } | { "method": "payment.canceled", "params": { 
/**
 * `ps_…`
 */
session_id: string, } } | { "method": "payment.pending", "params": { 
/**
 * `ps_…`
 */
session_id: string, 
/**
 * `pay_…`
 */
payment_id: string, } } | { "method": "session.error", "params": Problem };

export type Snapshot = { 
/**
 * What is going on.
 */
phase: PhaseName, 
/**
 * Whether there is a card to pay with: every field is filled in and right, or a saved card is chosen.
 */
complete: boolean, 
/**
 * Whether every field is empty and no saved card is chosen.
 */
empty: boolean, 
/**
 * The brand of the number typed, once it is certain.
 */
brand: Brand | null, 
/**
 * Fields that show a mistake.
 */
errors: Array<FieldProblem>, };

export type PhaseName = "loading" | "ready" | "submitting" | "challenging" | "processing" | "succeeded" | "expired" | "unknown" | "broken";

export type FieldProblem = { 
/**
 * Which field.
 */
field: Field, 
/**
 * What is wrong with it.
 */
problem: FieldMistake, };

export type Field = "number" | "expiry" | "security_code" | "name" | "email";

export type FieldMistake = "empty" | "incomplete" | "invalid" | "past";

export type Problem = { 
/**
 * What happened, by its stable name.
 */
code: ErrorCode, 
/**
 * Who has to act.
 */
type: ErrorType, 
/**
 * What happened and what to do, for developers.
 */
message: string, 
/**
 * Whether the checkout cannot go on without the page's help.
 */
fatal: boolean, 
/**
 * Where it is documented.
 */
doc_url: string, 
/**
 * The id of the request that failed, when one did.
 */
trace_id: string | null, };

export type Attached = { 
/**
 * Where it stands.
 */
state: Snapshot, } | Problem;

export type Canceled = { 
/**
 * Whether it is being cancelled; `false` when the acquirer already has the card.
 */
accepted: boolean, };

export type NewSecret = { 
/**
 * `pcs_…`
 */
client_secret: string, };

export type Navigating = { 
/**
 * Whether the page is going there.
 */
accepted: boolean, };

export type ReturnUrl = { 
/**
 * The page's URL without its fragment.
 */
url: string, };

export type Presented = { 
/**
 * Whether the page shows it.
 */
shown: boolean, };

export type WindowSize = "01" | "02" | "03" | "04" | "05";

export type OptionsApplied = { 
/**
 * Names of the options that were set.
 */
applied: Array<string>, 
/**
 * What was not taken as it was said, why, and what to do; for developers.
 */
warnings: Array<string>, };

export type Appearance = { 
/**
 * Button, focus, chosen card: `#rgb` or `#rrggbb`.
 */
accent?: `#${string}`, 
/**
 * The ground of the form. It decides between the light and the dark theme.
 */
background?: `#${string}`, 
/**
 * What is written.
 */
text?: `#${string}`, 
/**
 * The lines around fields.
 */
border?: `#${string}`, 
/**
 * Mistakes and refusals.
 */
danger?: `#${string}`, 
/**
 * Corners of fields and buttons: 0 to 24 CSS pixels.
 */
radius?: number, 
/**
 * Between the fields: 8 to 24 CSS pixels.
 */
spacing?: number, 
/**
 * Of the text, where the payer's browser has 16: 14 to 20 CSS pixels.
 */
fontSize?: number, 
/**
 * Fonts that payers have: nothing is loaded.
 */
font?: Font, };

export type Font = "system" | "sans" | "serif" | "rounded" | "mono";

export type Theme = "light" | "dark" | "auto";

export type SurfaceKind = "popup" | "redirect" | "inline";

export type SessionStatus = "open" | "complete" | "expired";

export type Brand = "visa" | "mastercard" | "amex" | "diners" | "discover" | "jcb" | "unionpay" | "maestro";

export type ErrorType = "invalid_request_error" | "authentication_error" | "permission_error" | "rate_limit_error" | "api_error" | "card_error";

export type ErrorCode = "missing_api_key" | "invalid_api_key" | "invalid_client_secret" | "publishable_key_not_allowed" | "secret_key_in_browser" | "live_mode_not_enabled" | "insufficient_permissions" | "origin_not_allowed" | "missing_origin" | "missing_redirect_urls" | "redirect_url_not_allowed" | "invalid_json" | "unknown_parameter" | "missing_parameter" | "invalid_parameter" | "invalid_amount" | "unsupported_currency" | "bank_invoice_not_enabled" | "accounting_link_required" | "provider_no_bank_invoice" | "invalid_kennitala" | "kennitala_locked" | "customer_email_locked" | "invalid_idempotency_key" | "idempotency_key_reused" | "idempotency_key_in_use" | "resource_not_found" | "route_not_found" | "method_not_allowed" | "payload_too_large" | "unsupported_media_type" | "payment_not_refundable" | "refund_exceeds_capture" | "payment_method_not_usable" | "card_payment_session_failed" | "poll_disabled" | "session_not_found" | "session_not_open" | "session_expired" | "attempt_in_progress" | "too_many_attempts" | "too_late" | "challenge_not_found" | "challenge_moved" | "invalid_resume_token" | "invalid_card_data" | "invalid_signature" | "rate_limited" | "try_again" | "internal_error" | "card_declined" | "insufficient_funds" | "lost_card" | "stolen_card" | "expired_card" | "incorrect_cvc" | "incorrect_number" | "card_not_supported" | "velocity_exceeded" | "issuer_unavailable" | "processing_error" | "authentication_required" | "authentication_failed" | "authentication_rejected" | "authentication_unavailable" | "authentication_cancelled" | "challenge_abandoned" | "testmode_use_test_card" | "frame_refused" | "frame_timeout" | "wasm_failed" | "encryption_failed" | "network_error";

/** Type and text of the errors of which nobody else can tell the page. */
export const PAGE_ERRORS = {
  frame_refused: ["invalid_request_error", "The browser refused the frame. Check the session's origin and the page's policy."],
  frame_timeout: ["api_error", "The checkout did not answer in time. Check the network and the page's policy."],
  network_error: ["api_error", "The checkout did not reach the server."],
} as const;
