/** The package's own, as in `package.json`. */
export const VERSION = "0.1.0";
