// The page whose session the shop's server made: the element is there already, only its events matter.

import { borgaScript, showProblem, watchPayment } from "./payment-events.js";

const page = document.getElementById("checkout");

watchPayment(page.querySelector("borga-checkout"));
borgaScript().catch(() => showProblem(page.dataset.textScriptMissing));
