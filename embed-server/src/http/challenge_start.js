// `claim` is the URL that gives the way to the bank, to the opening that the frame announced last.
const $ = (id) => document.getElementById(id);
// Out of the address, but kept for a reload: the way to the bank is given again to the same opening.
const nonce = new URLSearchParams(location.search).get("n") ?? history.state?.nonce ?? "";
history.replaceState({ nonce }, "", location.pathname);

const show = (...shown) => {
  for (const id of ["going", "moved", "failed", "again"]) $(id).hidden = !shown.includes(id);
};

// Laid over the merchant's page, whose policy knows no bank: the bank's page gets a frame in here.
const bank = () => {
  const frame = document.createElement("iframe");
  frame.name = "bank";
  frame.title = document.title;
  frame.allow = "payment *; publickey-credentials-get *";
  document.body.replaceChildren(frame);
  return frame;
};

const visit = ({ method, url, fields }) => {
  const frame = parent === window ? null : bank();
  if (method === "GET") {
    if (frame) frame.src = url;
    else location.replace(url);
    return;
  }
  const form = document.createElement("form");
  form.method = "post";
  form.action = url;
  form.target = frame ? frame.name : "_self";
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

const go = async () => {
  show("going");
  try {
    const answer = await fetch(claim, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ nonce }),
    });
    if (answer.ok) visit(await answer.json());
    else if (answer.status < 500) show("moved");
    else show("failed", "again");
  } catch {
    show("failed", "again");
  }
};

$("again").addEventListener("click", go);
go();
