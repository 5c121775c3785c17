// Writes custom-elements.json (what editors and wrappers read) and docs/element.md (what people read) from the element's
// own comments and types. A test compares both with the sources: `npm run generate -w checkout-element` mends it.

import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { create, ts } from "@custom-elements-manifest/analyzer";

const at = (path) => new URL(path, import.meta.url);
const read = (path) => readFile(at(path), "utf8");
const CLASS = "src/borga-checkout.ts";
/** Members that are the browser's, not the page's. */
const NOT_FOR_PAGES = ["control", "connectedMoveCallback"];

/** The manifest, as the custom-elements schema has it. */
export async function manifest() {
  const source = ts.createSourceFile(CLASS, await read(CLASS), ts.ScriptTarget.ES2020, true);
  const { modules } = create({ modules: [source], context: { dev: false } });
  const found = modules[0].declarations.find(({ customElement }) => customElement);
  const property = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
  const attributes = found.attributes.map((it) => ({ ...it, fieldName: property(it.name) }));
  const members = found.members
    .filter(({ name }) => !NOT_FOR_PAGES.includes(name))
    .map((it) => {
      const attribute = attributes.find(({ fieldName }) => fieldName === it.name)?.name;
      return attribute ? { ...it, attribute, reflects: it.name !== "clientSecret" } : it;
    });
  const element = { ...found, attributes, members, superclass: { name: "HTMLElement" } };
  const declaration = { name: element.name, module: "dist/index.js" };
  return {
    schemaVersion: "1.0.0",
    readme: "README.md",
    modules: [
      {
        kind: "javascript-module",
        path: "dist/index.js",
        declarations: [element],
        exports: [{ kind: "js", name: element.name, declaration }],
      },
      {
        kind: "javascript-module",
        path: "dist/register.js",
        declarations: [],
        exports: [{ kind: "custom-element-definition", name: element.tagName, declaration }],
      },
    ],
  };
}

/** The reference page. */
export async function reference() {
  const { modules } = await manifest();
  const { attributes, members, events, slots, cssParts } = modules[0].declarations[0];
  const fields = members.filter(({ kind }) => kind === "field");
  const methods = members.filter(({ kind }) => kind === "method");
  const cell = (text) => text.replaceAll("|", "\\|");
  const code = (text) => `\`${cell(text)}\``;
  const table = (heads, rows) =>
    [heads, heads.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
  const named = (list) => list.map(({ name, description }) => [code(name), cell(description)]);
  const parts = {
    attributes: table(
      ["attribute", "value", ""],
      attributes.map(({ name, type, description }) => [code(name), code(type.text), cell(description)]),
    ),
    properties: table(
      ["property", "type", ""],
      fields.map(({ name, type, description, readonly }) => [
        code(name),
        code(type.text),
        `${cell(description)}${readonly ? " Read only." : ""}`,
      ]),
    ),
    methods: table(
      ["method", "answers with", ""],
      methods.map((it) => [code(`${it.name}()`), code(it.return.type.text), cell(it.description)]),
    ),
    events: table(["event", ""], named(events)),
    details: await eventDetails(),
    slots: table(["slot", ""], named(slots)),
    parts: table(["part", ""], named(cssParts)),
  };
  const page = await read("element.template.md");
  return page.replace(/\{\{(\w+)\}\}/g, (_, name) => parts[name]);
}

/** The type of what each event carries, as it stands in the source. */
async function eventDetails() {
  const source = await read("src/events.ts");
  const text = /export interface BorgaEventDetails \{[^]*?\n\}/.exec(source)[0];
  return text.replace(/^ *\/\*\*.*\*\/\n/gm, "").replace("export ", "");
}

/** What the sources say now, by file. */
export const FILES = {
  "custom-elements.json": async () => `${JSON.stringify(await manifest(), null, 2)}\n`,
  "../docs/element.md": reference,
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of Object.entries(FILES)) await writeFile(at(path), await text());
}
