// Bundles the other provider's forms as a merchant would: from npm, minified, with only the component that is used.

import { join } from "node:path";
import { build } from "esbuild";

const CONFIGURATION = JSON.stringify({
  environment: "test",
  clientKey: "test_ABCDEFGHIJKLMNOPQRSTUVWXYZ123456",
  countryCode: "GB",
  locale: "en-US",
  amount: { value: 1000, currency: "GBP" },
  paymentMethodsResponse: { paymentMethods: [{ type: "scheme", name: "Cards", brands: ["visa", "mc", "amex"] }] },
});
const CARD = "{ hasHolderName: true, holderNameRequired: true }";
const CHECKOUT = `await AdyenCheckout({ ...${CONFIGURATION}, onSubmit() {}, onAdditionalDetails() {} })`;
const STYLES = 'import "@adyen/adyen-web/styles/adyen.css";';

const PEERS = [
  {
    name: "adyen-card",
    about: "Adyen Web 6.45.2, Card",
    source:
      `import { AdyenCheckout, Card } from "@adyen/adyen-web"; ${STYLES} ` +
      `new Card(${CHECKOUT}, ${CARD}).mount("#card");`,
  },
  {
    name: "adyen-drop-in",
    about: "Adyen Web 6.45.2, Drop-in",
    source:
      `import { AdyenCheckout, Dropin } from "@adyen/adyen-web/auto"; ${STYLES} ` +
      `new Dropin(${CHECKOUT}, { openFirstPaymentMethod: true, paymentMethodsConfiguration: { card: ${CARD} } }).mount("#card");`,
  },
];

/** Bundles them into `folder`. */
export async function bundlePeers(folder) {
  return Promise.all(
    PEERS.map(async ({ name, about, source }) => {
      const dir = join(folder, name);
      await build({
        stdin: { contents: source, resolveDir: import.meta.dirname },
        outfile: join(dir, "app.js"),
        bundle: true,
        minify: true,
        format: "esm",
        target: "es2022",
        logLevel: "error",
      });
      return { name, about, dir };
    }),
  );
}
