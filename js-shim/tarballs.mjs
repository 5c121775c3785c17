// Builds what is published and packs it into a folder: `node js-shim/tarballs.mjs FOLDER`.

import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { build, BUILT_ALONE, pack, PACKAGES } from "./pack.mjs";

const [folder] = process.argv.slice(2);
if (!folder) throw new Error("say which folder the packages go into");
const place = resolve(folder);
mkdirSync(place, { recursive: true });
BUILT_ALONE.forEach(build);
for (const it of PACKAGES) console.log(pack(it, place));
