// Writes down what the page hears from the checkout, which its events tell all the way up.

import { writeDownEvents } from "./payment-events.js";

writeDownEvents(document.getElementById("payment"));
