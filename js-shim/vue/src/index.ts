/**
 * `<BorgaCheckout>`: props become what `<borga-checkout>` understands, its events are emitted. It decides nothing.
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
  computed,
  defineComponent,
  h,
  onMounted,
  shallowRef,
  watchPostEffect,
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
    // A callback that is new at every rendering is one callback to the element.
    const ask = () => props.fetchClientSecret?.();
    // All of them, always: Vue does not say when a handler comes or goes, and `emit` knows who wants to hear.
    const listeners = Object.fromEntries(
      EMITS.map((name) => [`onBorga-${name}`, ({ detail }: CustomEvent) => emit(name, detail as never)]),
    );
    expose({ element });

    // Each by itself, and only when the page changed it: the element may have renewed the secret since.
    const give = (name: keyof BorgaCheckoutElement, value: () => unknown) => {
      const now = computed(value);
      watchPostEffect(() => void (element.value && Object.assign(element.value, { [name]: now.value })));
    };
    give("clientSecret", () => props.clientSecret);
    give("fetchClientSecret", () => props.fetchClientSecret && ask);
    // Looks that say the same are one look.
    const look = computed(() => JSON.stringify(props.appearance));
    give("appearance", () => look.value && JSON.parse(look.value));
    onMounted(() => {
      const { checkoutOrigin } = props;
      // Vue lets nobody hear of it who has left.
      loadBorga({ checkoutOrigin }).catch((error: BorgaErrorDetail) => emit("error", error));
    });

    return () =>
      h(
        "borga-checkout",
        {
          ref: element,
          "session-id": props.sessionId,
          locale: props.locale,
          theme: props.theme,
          "three-ds": props.threeDs,
          "checkout-origin": props.checkoutOrigin,
          ...listeners,
        },
        slots["default"]?.(),
      );
  },
  { name: "BorgaCheckout", props: PROPS, emits: EMITS },
) as unknown as BorgaCheckoutComponent;

export type { Appearance, BorgaCheckoutElement, BorgaErrorDetail, BorgaEventDetails, FetchClientSecret } from "@borga/js";
