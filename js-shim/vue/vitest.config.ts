export { default } from "../js/vitest.config.js";
