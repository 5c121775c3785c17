// Runs inside every page and frame before its own scripts, and reports the first moment at which an element that fits a
// selector is enabled, visible, and inside the viewport. The viewport is the top page's: a frame that its parent hides
// or keeps at no height is not usable yet.

/** The name of the function through which the probe reports. */
export const REPORT = "__pageSpeedReport";

/** The probe's source; `selectors` by the name of the moment. */
export function probe(selectors) {
  return `(${watch})(${JSON.stringify(selectors)}, ${JSON.stringify(REPORT)})`;
}

/* global window, document, performance, location, MutationObserver, IntersectionObserver */
function watch(selectors, report) {
  if (window[`${report}Runs`]) return;
  window[`${report}Runs`] = true;
  for (const [moment, selector] of Object.entries(selectors)) {
    let found = null;
    let isDone = false;
    const seen = new IntersectionObserver((entries) => entries.forEach(look), { threshold: [0, 0.01, 0.25, 0.5, 1] });
    const find = () => {
      const element = document.querySelector(selector);
      if (!element || element === found) return;
      seen.disconnect();
      found = element;
      seen.observe(element);
    };
    const look = ({ isIntersecting, intersectionRect: { width, height } }) => {
      const isUsable =
        isIntersecting &&
        width > 4 &&
        height > 4 &&
        found.isConnected &&
        !found.disabled &&
        found.checkVisibility({ opacityProperty: true, visibilityProperty: true });
      if (!isUsable || isDone) return;
      isDone = true;
      const at = performance.timeOrigin + performance.now();
      window[report]?.(JSON.stringify({ moment, at, url: location.href }));
      changes.disconnect();
      clearInterval(again);
      seen.disconnect();
    };
    const changes = new MutationObserver(find);
    changes.observe(document, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ["disabled", "style", "class", "hidden", "data-phase"],
    });
    // An observer tells a change of intersection only; becoming visible or enabled may be none.
    const again = setInterval(() => {
      if (found && !isDone) {
        seen.unobserve(found);
        seen.observe(found);
      }
      find();
    }, 16);
    find();
  }
}
