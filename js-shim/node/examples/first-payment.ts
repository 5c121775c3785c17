import { createServer } from "node:http";
import { Borga } from "@borga/node";

const borga = new Borga({ apiKey: process.env.BORGA_SECRET_KEY!, baseUrl: process.env.BORGA_API });

const checkout = process.env.BORGA_CHECKOUT ?? "https://checkout.borga.is";

export const shop = createServer(async (request, response) => {
  if (request.url !== "/") return void response.writeHead(404).end();
  const session = await borga.paymentSessions.create({
    mode: "embedded",
    amount: 1990, // whole krónur
    currency: "ISK",
    origin: "http://localhost:3000", // this page
  });
  response.setHeader("Content-Type", "text/html; charset=utf-8");
  response.end(`<!doctype html>
    <script type="module" src="${checkout}/v1/borga.js"></script>
    <borga-checkout session-id="${session.id}" client-secret="${session.client_secret}"></borga-checkout>`);
});

shop.listen(process.env.PORT ?? 3000);
