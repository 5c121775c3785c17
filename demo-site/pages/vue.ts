import { createApp } from "vue";
import Payment from "./Payment.vue";

const place = document.getElementById("app")!;
createApp(Payment, { shop: { ...place.dataset } }).mount(place);
