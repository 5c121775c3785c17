/**
 * `<BorgaCheckout>`: props become what `<borga-checkout>` understands, its events are emitted. It decides nothing.
 */

import { loadBorga } from "@borga/js";
import type {
  BorgaCheckoutElement,
  BorgaErrorDetail,
  BorgaEventDetails,
  FetchClientSecret,
  SurfaceKind,
  Theme,
} from "@borga/js";
import {
  defineComponent,
  getCurrentInstance,
  h,
  onMounted,
  shallowRef,
  watchEffect,
  type DefineSetupFnComponent,
  type SlotsType,
  type VNode,
} from "vue";

type Name = "ready" | "change" | "resize" | "processing" | "challenge" | "complete" | "cancel" | "pending" | "error";

/** What the component emits: the element's events without their prefix, with what they carry in `detail`. */
export type BorgaCheckoutEmits = { [Event in Name]: (detail: BorgaEventDetails[`borga-${Event}`]) => true };

const EMITS: (keyof BorgaCheckoutEmits)[] = [
  "ready",
  "change",
  "resize",
  "processing",
  "challenge",
  "complete",
  "cancel",
  "pending",
  "error",
];

/** The element's own type for it; an element that knows no looks takes none. */
type Appearance = BorgaCheckoutElement extends { appearance: infer Look } ? NonNullable<Look> : never;

interface CommonProps {
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
}

/** One of `clientSecret` and `fetchClientSecret` is needed; with both, the second renews the first. */
export type BorgaCheckoutProps = CommonProps &
  (
    | { clientSecret: string; fetchClientSecret?: FetchClientSecret | undefined }
    | { clientSecret?: undefined; fetchClientSecret: FetchClientSecret }
  );

const PROPS: (keyof BorgaCheckoutProps)[] = [
  "sessionId",
  "locale",
  "theme",
  "threeDs",
  "appearance",
  "checkoutOrigin",
  "clientSecret",
  "fetchClientSecret",
];

/** What a template reference to the component has. */
export interface BorgaCheckoutInstance {
  /** The `<borga-checkout>` element with `submit()`, `cancel()`, `focus()` and `state`. */
  readonly element: BorgaCheckoutElement;
}

/** The component's type. */
export type BorgaCheckoutComponent = DefineSetupFnComponent<
  BorgaCheckoutProps,
  BorgaCheckoutEmits,
  SlotsType<{ default?: () => VNode[] }>
>;

/** Borga's card checkout. */
export const BorgaCheckout = defineComponent(
  (props: BorgaCheckoutProps, { emit, slots, expose }) => {
    const element = shallowRef<BorgaCheckoutElement>();
    const instance = getCurrentInstance();
    // A callback that is new at every rendering is one callback to the element.
    const ask = () => props.fetchClientSecret?.();
    expose({ element });

    watchEffect(
      () => {
        const { clientSecret, fetchClientSecret, appearance } = props;
        if (!element.value) return;
        Object.assign(element.value, { clientSecret, fetchClientSecret: fetchClientSecret && ask, appearance });
      },
      { flush: "post" },
    );
    onMounted(() => {
      const { checkoutOrigin } = props;
      // Vue lets nobody hear of it who has left.
      loadBorga({ checkoutOrigin }).catch((error: BorgaErrorDetail) => emit("error", error));
    });

    return () => {
      const attributes: Record<string, unknown> = {
        ref: element,
        "session-id": props.sessionId,
        locale: props.locale,
        theme: props.theme,
        "three-ds": props.threeDs,
        "checkout-origin": props.checkoutOrigin,
      };
      for (const name of EMITS) {
        const prop = `on${name.charAt(0).toUpperCase()}${name.slice(1)}`;
        // Nobody listens where nobody wants to hear.
        if (!instance?.vnode.props?.[prop]) continue;
        attributes[`onBorga-${name}`] = ({ detail }: CustomEvent) => emit(name, detail as never);
      }
      return h("borga-checkout", attributes, slots["default"]?.());
    };
  },
  { name: "BorgaCheckout", props: PROPS, emits: EMITS },
) as unknown as BorgaCheckoutComponent;

export type { BorgaCheckoutElement, BorgaErrorDetail, BorgaEventDetails, FetchClientSecret } from "@borga/js";
