// Builds and packs what merchants install, and installs it into a folder as a merchant's package manager would.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The workspace's root. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** What is published, in the order in which it is built: each uses those before it. */
export const PACKAGES = ["checkout-element", "js-shim/js", "js-shim/react", "js-shim/vue", "js-shim/node"];
/** The first is built with the second. */
export const BUILT_ALONE = PACKAGES.slice(1);

/** Builds a package; `checkout-element` is built with `js-shim/js`. */
export function build(folder) {
  npm("run", "build", "-w", folder);
}

/** Packs a package into a folder; answers with the tarball's name. The same files always give the same bytes. */
export function pack(folder, place) {
  const [{ filename }] = JSON.parse(npm("pack", "--json", "--pack-destination", place, "-w", folder));
  return filename;
}

/** Packs a package and unpacks it into `place/node_modules`; answers with the tarball's bytes and the package's home. */
export function install(folder, place) {
  const { name } = JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8"));
  const filename = pack(folder, place);
  const home = join(place, "node_modules", name);
  mkdirSync(home, { recursive: true });
  execFileSync("tar", ["-xzf", join(place, filename), "--strip-components=1", "-C", home]);
  return { tarball: readFileSync(join(place, filename)), home };
}

/** Makes packages of other people that are in the workspace known in `place`. */
export function lend(names, place) {
  for (const name of names) symlinkSync(join(ROOT, "node_modules", name), join(place, "node_modules", name));
}

function npm(...words) {
  return execFileSync("npm", ["--silent", ...words], { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
}
