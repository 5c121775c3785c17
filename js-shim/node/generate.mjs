// Writes src/generated/api.ts from the API's own description.

import { readFile, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

const TARGET = new URL("src/generated/api.ts", import.meta.url);
const DOCUMENT = new URL("../../docs/openapi.json", import.meta.url);

const HEADER = `// Written from docs/openapi.json. Do not edit: change the API and run \`npm run generate -w @borga/node\`.

`;

/** What a client's types need: errors are classes here, and headers are read by no merchant. */
function essentials(document) {
  for (const path of Object.values(document.paths)) {
    for (const operation of Object.values(path)) {
      const good = Object.entries(operation.responses).filter(([status]) => status.startsWith("2"));
      operation.responses = Object.fromEntries(good.map(([status, { headers, links, ...rest }]) => [status, rest]));
      operation.parameters = operation.parameters?.filter((parameter) => parameter.in !== "header");
    }
  }
  delete document.components.responses;
  return document;
}

/** What the file has to say. */
export async function generated() {
  return HEADER + astToString(await openapiTS(essentials(JSON.parse(await readFile(DOCUMENT, "utf8")))));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await writeFile(TARGET, await generated());
}
