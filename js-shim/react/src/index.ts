"use client";

/**
 * `<BorgaCheckout>`: props become what `<borga-checkout>` understands, its events become callbacks. It decides nothing.
 */

import { loadBorga } from "@borga/js";
import type {
  Appearance,
  BorgaCheckoutElement,
  BorgaErrorDetail,
  BorgaEventDetails,
  FetchClientSecret,
  SurfaceKind,
  Theme,
} from "@borga/js";
import {
  createElement,
  forwardRef,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  type CSSProperties,
  type ForwardRefExoticComponent,
  type ReactNode,
  type RefAttributes,
} from "react";

const EVENTS = {
  /** The session is attached and the payer can type. */
  onReady: "borga-ready",
  /** Something about the form changed; never a digit of the card. */
  onChange: "borga-change",
  /** The form's height changed. */
  onResize: "borga-resize",
  /** The payer pressed Pay. */
  onProcessing: "borga-processing",
  /** The payer is wanted at the bank. */
  onChallenge: "borga-challenge",
  /** An ending: paid. Ask your server before you deliver. */
  onComplete: "borga-complete",
  /** An ending: the payer cancelled. */
  onCancel: "borga-cancel",
  /** An ending that another may follow: ask your server or wait for the webhook. */
  onPending: "borga-pending",
  /** A payment failed and may be tried again, or the checkout itself cannot go on (`fatal`). */
  onError: "borga-error",
} as const satisfies Record<string, keyof BorgaEventDetails>;

type Callback = keyof typeof EVENTS;
const CALLBACKS = Object.keys(EVENTS) as Callback[];

/** Options that stand in the markup, so that a page rendered on a server starts the frame before React runs. */
const ATTRIBUTES = {
  sessionId: "session-id",
  locale: "locale",
  theme: "theme",
  threeDs: "three-ds",
  checkoutOrigin: "checkout-origin",
} as const satisfies { [Name in keyof BorgaCheckoutElement]?: string };

type Handlers = {
  -readonly [Name in keyof typeof EVENTS]?: ((detail: BorgaEventDetails[(typeof EVENTS)[Name]]) => void) | undefined;
};

interface CommonProps extends Handlers {
  /** The session to pay, `ps_…`. */
  sessionId: string;
  /** BCP 47; wins over the session's locale. */
  locale?: string | undefined;
  /** The form's colours. */
  theme?: Theme | undefined;
  /** Where the bank's page is shown. */
  threeDs?: SurfaceKind | undefined;
  /** The form's design. */
  appearance?: Appearance | undefined;
  /** The checkout's origin when it is not the default one. */
  checkoutOrigin?: string | undefined;
  className?: string | undefined;
  id?: string | undefined;
  style?: CSSProperties | undefined;
  /** What is shown before the form is there (`slot="loading"`) and when it cannot come (`slot="error"`). */
  children?: ReactNode;
}

/** One of `clientSecret` and `fetchClientSecret` is needed; with both, the second renews the first. */
export type BorgaCheckoutProps = CommonProps &
  (
    | { clientSecret: string; fetchClientSecret?: FetchClientSecret | undefined }
    | { clientSecret?: undefined; fetchClientSecret: FetchClientSecret }
  );

// React 18 warns about layout effects on a server, where none of them runs.
const useCommitEffect = typeof window === "undefined" ? useEffect : useLayoutEffect;

/** Borga's card checkout. `ref` is the `<borga-checkout>` element with `submit()`, `cancel()`, `focus()` and `state`. */
export const BorgaCheckout: ForwardRefExoticComponent<BorgaCheckoutProps & RefAttributes<BorgaCheckoutElement>> =
  forwardRef<BorgaCheckoutElement, BorgaCheckoutProps>(function BorgaCheckout(props, ref) {
    const element = useRef<BorgaCheckoutElement>(null);
    const latest = useRef(props);
    const given = useRef<Record<string, unknown>>({});
    const listening = useRef<AbortController | undefined>(undefined);
    const { checkoutOrigin, children, className, id, style } = props;
    const heard = CALLBACKS.filter((name) => props[name]);

    useImperativeHandle(ref, () => element.current as BorgaCheckoutElement, []);
    useCommitEffect(() => {
      latest.current = props;
      const { clientSecret, fetchClientSecret, appearance } = props;
      // A callback that is new at every rendering is one callback to the element, and looks that say the same are one look.
      const ask = fetchClientSecret && (() => latest.current.fetchClientSecret?.());
      const properties = [
        ["clientSecret", clientSecret, clientSecret],
        ["fetchClientSecret", ask, ask && true],
        ["appearance", appearance, JSON.stringify(appearance)],
      ] as const;
      for (const [name, value, mark] of properties) {
        // Only what the page changed: the element may have renewed the secret since. React's own list of what an effect
        // depends on forgets that when it hides the component for a while.
        if (given.current[name] !== mark) Object.assign(element.current as BorgaCheckoutElement, { [name]: value });
        given.current[name] = mark;
      }
    });

    useEffect(() => {
      const { current } = element;
      listening.current?.abort();
      const now = (listening.current = new AbortController());
      for (const name of heard) {
        const tell = ({ detail }: CustomEvent) => latest.current[name]?.(detail as never);
        current?.addEventListener(EVENTS[name], tell, now);
      }
      // React also does this when it hides the component for a while: its payment goes on in the page, and may end.
      return () => void (current?.isConnected || now.abort());
    }, [heard.join()]);
    useEffect(() => {
      let isGone = false;
      loadBorga({ checkoutOrigin }).catch((error: BorgaErrorDetail) => isGone || latest.current.onError?.(error));
      return () => {
        isGone = true;
      };
    }, [checkoutOrigin]);

    const attributes = Object.entries(ATTRIBUTES).map(([name, attribute]) => [
      attribute,
      props[name as keyof typeof ATTRIBUTES],
    ]);
    // `class`: React 18 does not know that custom elements have one.
    return createElement(
      "borga-checkout",
      { ...Object.fromEntries(attributes), ref: element, class: className, id, style },
      children,
    );
  });

export type { Appearance, BorgaCheckoutElement, BorgaErrorDetail, BorgaEventDetails, FetchClientSecret } from "@borga/js";
