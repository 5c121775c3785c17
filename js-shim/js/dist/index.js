// src/load.ts
var loading;
var failures = 0;
function loadBorga(options = {}) {
  if (typeof window === "undefined") return Promise.resolve(null);
  loading ?? (loading = load(options).catch((error) => {
    loading = void 0;
    failures += 1;
    throw error;
  }));
  return loading;
}
async function load({ checkoutOrigin = "https://checkout.borga.is" }) {
  if (!window.Borga) {
    const address = `${checkoutOrigin}/v1/borga.js${failures ? `?retry=${failures}` : ""}`;
    await import(
      /* @vite-ignore */
      /* webpackIgnore: true */
      address
    );
  }
  if (!window.Borga) throw new Error(`${checkoutOrigin}/v1/borga.js did not set window.Borga`);
  return window.Borga;
}
export {
  loadBorga
};
