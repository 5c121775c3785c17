// A throw-away key and certificate for every host name, made on first use. Browsers are told to trust exactly this key.

import { execFileSync } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Reads the key and certificate in `folder`, or makes them; `pin` is what `--ignore-certificate-errors-spki-list` takes. */
export function certificate(folder) {
  const [keyFile, certFile] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  if (!existsSync(certFile)) {
    mkdirSync(folder, { recursive: true });
    const subject = ["-subj", "/CN=page-speed.test", "-days", "30", "-nodes"];
    const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"];
    execFileSync("openssl", ["req", ...kind, ...subject, "-keyout", keyFile, "-out", certFile], { stdio: "ignore" });
  }
  const [key, cert] = [readFileSync(keyFile), readFileSync(certFile)];
  const { publicKey } = new X509Certificate(cert);
  const pin = createHash("sha256").update(publicKey.export({ type: "spki", format: "der" })).digest("base64");
  return { key, cert, pin };
}
