// `here` is the challenge's path. The way to the bank is given to the opening that the frame announced last.
const $ = (id) => document.getElementById(id);
// Out of the address, but kept for a reload: the way is given again to the same opening.
const nonce = new URLSearchParams(location.search).get("n") ?? history.state?.nonce ?? "";
history.replaceState({ nonce }, "", location.pathname);

const show = (...shown) => {
  for (const id of ["going", "moved", "failed", "again"]) $(id).hidden = !shown.includes(id);
};

// A connection that hangs is given up, and the payer has a button: the server may wait for the frame, or for the acquirer.
const CLAIM_MS = 30_000;
const TELL_MS = 150_000;

const post = (path, patience) =>
  fetch(`${here}/${path}`, {
    method: "POST",
    signal: AbortSignal.timeout(patience),
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ nonce }),
  });

// In a window or a page of its own; or in the frame of the bank's page, which has come back as this one because the bank asks
// once more.
const isAlone = parent === self || name === "bank";

// Laid over the merchant's page, whose policy knows no bank: the bank's page gets a frame in here.
const inFrame = () => {
  const frame = document.createElement("iframe");
  frame.name = "bank";
  frame.title = document.title;
  frame.allow = "payment *; publickey-credentials-get *";
  document.body.replaceChildren(frame);
  return frame;
};

const form = ({ url, fields }, target) => {
  const form = document.createElement("form");
  form.method = "post";
  form.action = url;
  if (target) form.target = target;
  form.hidden = true;
  for (const [name, value] of fields) {
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = name;
    input.value = value;
    form.append(input);
  }
  document.body.append(form);
  form.submit();
};

const visit = (way) => {
  const frame = isAlone ? null : inFrame();
  if (way.method === "POST") form(way, frame?.name);
  else if (frame) frame.src = way.url;
  else location.replace(way.url);
};

// The bank looks at the browser in a hidden frame, which comes back to us; whether it did in time.
const look = (way) =>
  new Promise((ended) => {
    const frame = document.createElement("iframe");
    frame.name = "look";
    frame.hidden = true;
    frame.sandbox.add("allow-forms", "allow-scripts", "allow-same-origin");
    addEventListener("message", ({ source, origin, data }) => {
      if (source === frame.contentWindow && origin === location.origin && data?.borga === "looked") ended(true);
    });
    setTimeout(ended, way.limit_ms, false);
    document.body.append(frame);
    form(way, frame.name);
  });

let looked = false;
/** Whether the server knows what the look came to. */
let told = false;

const go = async () => {
  show("going");
  try {
    const answer = await post("claim", CLAIM_MS);
    // After the look the payment may be over, without the payer.
    if (looked && answer.status === 409) return location.replace(`${here}/return`);
    if (!answer.ok) return answer.status < 500 ? show("moved") : show("failed", "again");
    const way = await answer.json();
    if (way.kind !== "fingerprint") return visit(way);
    if (told) return show("failed", "again");
    const isDone = !looked && (await look(way));
    looked = true;
    if (!isDone && !(await post("fingerprint", TELL_MS)).ok) return show("failed", "again");
    told = true;
    // In the element's hidden frame there is nothing more to do: the card's frame hears the rest.
    if (isAlone) await go();
  } catch {
    show("failed", "again");
  }
};

$("again").addEventListener("click", () => {
  told = false;
  go();
});
go();
