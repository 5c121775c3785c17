// Builds and packs what merchants install, and installs it into a folder as a merchant's package manager would.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The workspace's root. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Builds a package; `checkout-element` is built with `js-shim/js`. */
export function build(folder) {
  npm("run", "build", "-w", folder);
}

/** Packs a package and unpacks it into `place/node_modules`; answers with the tarball's bytes and the package's home. */
export function install(folder, place) {
  const { name } = JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8"));
  const [{ filename }] = JSON.parse(npm("pack", "--json", "--pack-destination", place, "-w", folder));
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
