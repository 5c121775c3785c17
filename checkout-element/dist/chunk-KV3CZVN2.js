// src/generated/protocol.ts
var VERSION = 1;
var PAGE_ERRORS = {
  invalid_client_secret: ["authentication_error", "This client secret does not open this payment session. Use the `client_secret` that came with the session."],
  origin_not_allowed: ["permission_error", "The page's origin is not in the publishable key's allowed_origins. Add it to the key."],
  missing_parameter: ["invalid_request_error", "A required parameter is missing."],
  session_not_found: ["invalid_request_error", "There is no such payment session."],
  session_expired: ["invalid_request_error", "The payment session has expired. Create a new one."],
  frame_refused: ["invalid_request_error", "The browser refused to show the checkout in this page: the page's origin is not the session's."],
  frame_timeout: ["api_error", "The checkout did not load in time. Check the network and the page's Content-Security-Policy."],
  network_error: ["api_error", "The checkout could not reach the server."]
};

// src/hello.ts
function readHello(event, expected) {
  if (event.origin !== expected.origin || event.source === null || event.source !== expected.source) return null;
  const hello = event.data;
  return hello?.borga === "hello" && hello.instance === expected.instance && typeof hello.nonce === "string" && Array.isArray(hello.versions) && hello.versions.includes(VERSION) ? hello : null;
}
function randomId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// src/origin.ts
var DEFAULT_CHECKOUT_ORIGIN = "https://checkout.borga.is";
function parseUrl(text) {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
function isSecure(url) {
  return url.protocol === "https:" || url.protocol === "http:" && /^(([^.]+\.)*localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
}
function exactOrigin(text) {
  const url = parseUrl(text);
  return url && isSecure(url) && url.href === `${url.origin}/` ? url.origin : null;
}

// src/problem.ts
var BorgaError = class extends Error {
  constructor(detail, param = null) {
    super(detail.message);
    this.name = "BorgaError";
    this.code = detail.code;
    this.type = detail.type;
    this.fatal = detail.fatal;
    this.docUrl = detail.docUrl;
    this.traceId = detail.traceId;
    this.param = param;
  }
};
function docUrl(code) {
  return `https://docs.borga.is/errors/${code}`;
}
function noticed(code, message) {
  const [type, text] = Object.hasOwn(PAGE_ERRORS, code) ? PAGE_ERRORS[code] : ["invalid_request_error", `The checkout cannot be used: ${code}.`];
  return { code, type, message: message ?? text, fatal: true, docUrl: docUrl(code), traceId: null };
}
function fromFrame(problem) {
  return {
    code: problem.code,
    type: problem.type,
    message: problem.message,
    fatal: problem.fatal,
    docUrl: problem.doc_url,
    traceId: problem.trace_id
  };
}
function removed() {
  return new DOMException("The <borga-checkout> is not in the page.", "AbortError");
}

// src/text.ts
var ICELANDIC = {
  title: "\xD6rugg kortagrei\xF0sla",
  unavailable: "Ekki t\xF3kst a\xF0 opna kortagrei\xF0sluna. Endurhladdu s\xED\xF0una e\xF0a haf\xF0u samband vi\xF0 verslunina.",
  close: "Loka"
};
var ENGLISH = {
  title: "Secure card payment",
  unavailable: "The card payment could not be opened. Reload the page or contact the shop.",
  close: "Close"
};
function words(locale) {
  return /^is(-|$)/i.test(locale || navigator.language) ? ICELANDIC : ENGLISH;
}

// src/attributes.ts
var ATTRIBUTES = [
  "session-id",
  "client-secret",
  "locale",
  "theme",
  "three-ds",
  "checkout-origin"
];
function readTheme(text) {
  return text === "light" || text === "dark" || text === "auto" ? text : null;
}
function readSurface(text) {
  return text === "popup" || text === "redirect" ? text : null;
}
function readOptions(attribute) {
  const locale = attribute("locale");
  const theme = readTheme(attribute("theme"));
  const surface = readSurface(attribute("three-ds"));
  return { ...locale && { locale }, ...theme && { theme }, ...surface && { three_ds: surface } };
}
function changedOptions(before, now) {
  const changed = {};
  const theme = now.theme ?? "auto";
  const surface = now.three_ds ?? "popup";
  if (now.locale && now.locale !== before.locale) changed.locale = now.locale;
  if (theme !== (before.theme ?? "auto")) changed.theme = theme;
  if (surface !== (before.three_ds ?? "popup")) changed.three_ds = surface;
  return Object.keys(changed).length > 0 ? changed : null;
}
function frameUrl(checkoutOrigin, sessionId, instance, options) {
  const url = new URL(`/embed/${encodeURIComponent(sessionId)}`, checkoutOrigin);
  if (options.locale) url.searchParams.set("locale", options.locale);
  if (options.theme) url.searchParams.set("theme", options.theme);
  url.hash = instance;
  return url.href;
}

// src/deferred.ts
function deferred() {
  let resolve;
  let reject;
  let settled = false;
  const promise = quiet(new Promise((...ends) => [resolve, reject] = ends));
  return {
    promise,
    get settled() {
      return settled;
    },
    resolve(value) {
      settled = true;
      resolve(value);
    },
    reject(error) {
      settled = true;
      reject(error);
    }
  };
}
function quiet(promise) {
  promise.catch(() => {
  });
  return promise;
}
function within(promise, ms, late) {
  return quiet(
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(late()), ms);
      promise.then(resolve, reject).finally(() => clearTimeout(timer));
    })
  );
}

// src/diagnosis.ts
var DIAGNOSIS_WITHIN_MS = 3e3;
async function diagnose(checkoutOrigin, sessionId, life) {
  const request = new AbortController();
  const stop = () => request.abort();
  const timer = setTimeout(stop, DIAGNOSIS_WITHIN_MS);
  life.addEventListener("abort", stop);
  try {
    const url = `${checkoutOrigin}/public/diagnose?session=${encodeURIComponent(sessionId)}`;
    const response = await fetch(url, { credentials: "omit", signal: request.signal });
    const { code } = await response.json();
    return typeof code === "string" && Object.hasOwn(PAGE_ERRORS, code) ? code : null;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
    life.removeEventListener("abort", stop);
  }
}

// src/load-watch.ts
var HELLO_WITHIN_MS = 1e3;
var LOAD_WITHIN_MS = 1e4;
var LoadWatch = class {
  constructor(failed) {
    this.failed = failed;
    this.loadedFirst = false;
    this.greetedFirst = false;
    this.wait(LOAD_WITHIN_MS, "frame_timeout");
  }
  /** The frame fired `load`. */
  loaded() {
    if (this.greetedFirst) {
      this.greetedFirst = false;
      return;
    }
    this.loadedFirst = true;
    this.wait(HELLO_WITHIN_MS, "frame_refused");
  }
  /** The frame said `hello`. */
  greeted() {
    clearTimeout(this.timer);
    this.greetedFirst = !this.loadedFirst;
    this.loadedFirst = false;
  }
  /** Never calls back again. */
  stop() {
    clearTimeout(this.timer);
  }
  wait(ms, why) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.failed(why), ms);
  }
};

// src/frame.ts
var Frame = class {
  constructor(place, settings) {
    this.settings = settings;
    this.instance = randomId();
    this.loaded = () => this.watch.loaded();
    this.hear = (event) => {
      const target = this.element.contentWindow;
      const { checkoutOrigin } = this.settings;
      const hello = readHello(event, { origin: checkoutOrigin, source: target, instance: this.instance });
      if (!hello || !target || hello.nonce === this.nonce) return;
      this.nonce = hello.nonce;
      this.watch.greeted();
      const { port1, port2 } = new MessageChannel();
      const connect = { borga: "connect", instance: hello.instance, nonce: hello.nonce, version: VERSION };
      this.settings.connected(port1);
      target.postMessage(connect, checkoutOrigin, [port2]);
    };
    window.addEventListener("message", this.hear);
    this.watch = new LoadWatch((why) => settings.failed(why));
    this.element = document.createElement("iframe");
    this.element.addEventListener("load", this.loaded);
    this.element.title = settings.title;
    this.element.referrerPolicy = "strict-origin";
    this.element.allow = permissions(window, document);
    this.element.src = frameUrl(settings.checkoutOrigin, settings.sessionId, this.instance, settings.options);
    place.appendChild(this.element);
  }
  /** As high as the frame says, from now on without the reserved minimum. */
  resize(height) {
    this.element.style.minHeight = "0";
    this.element.style.height = `${height}px`;
  }
  /** Takes the frame away and stops listening. */
  end() {
    window.removeEventListener("message", this.hear);
    this.watch.stop();
    this.element.removeEventListener("load", this.loaded);
    this.element.remove();
  }
};
function permissions(scope, page) {
  const features = page.featurePolicy?.features() ?? [];
  return [
    "PaymentRequest" in scope && "payment *",
    "PublicKeyCredential" in scope && "publickey-credentials-get *",
    features.includes("autofill") && "autofill *"
  ].filter(Boolean).join("; ");
}

// src/navigation.ts
function isStartPage(url, checkoutOrigin) {
  const target = typeof url === "string" ? parseUrl(url) : null;
  return target !== null && isSecure(target) && target.origin === checkoutOrigin && target.pathname.startsWith("/3ds/") && target.username + target.password === "";
}

// src/port.ts
var ANSWER_WITHIN_MS = 3e4;
var Port = class {
  constructor(port, handlers) {
    this.port = port;
    this.handlers = handlers;
    this.waiting = /* @__PURE__ */ new Map();
    this.lastId = 0;
    this.closed = false;
    port.onmessage = ({ data }) => {
      if (!this.closed && typeof data === "object" && data !== null) void this.receive(data);
    };
  }
  /** Asks the frame; rejects after a deadline, on a transport error, or when the port is closed. */
  call(method, params) {
    if (this.closed) return quiet(Promise.reject(removed()));
    const id = ++this.lastId;
    const answer = new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
    this.send({ id, method, params });
    return within(answer, ANSWER_WITHIN_MS, () => {
      this.waiting.delete(id);
      return new BorgaError(noticed("frame_timeout", `The checkout did not answer ${method} in time.`));
    });
  }
  /** Tells the frame something that needs no answer. */
  notify(method, params) {
    this.send({ method, params });
  }
  /** Ends the channel and every call that still waits. */
  close() {
    this.closed = true;
    this.port.close();
    for (const { reject } of this.waiting.values()) reject(removed());
    this.waiting.clear();
  }
  send(message) {
    if (!this.closed) this.port.postMessage({ jsonrpc: "2.0", ...message });
  }
  async receive(message) {
    const { id, method } = message;
    if (method === void 0) {
      this.settle(message);
      return;
    }
    const isRequest = id !== void 0 && id !== null;
    if (!Object.hasOwn(this.handlers, method)) {
      if (isRequest) this.send({ id, error: { code: -32601, message: "Method not found" } });
      return;
    }
    try {
      const handle = this.handlers[method];
      const result = await handle(message.params ?? {});
      if (isRequest) this.send({ id, result: result ?? null });
    } catch (error) {
      const text = error instanceof BorgaError ? error.message : "The page could not answer";
      if (isRequest) this.send({ id, error: { code: -32e3, message: text } });
    }
  }
  settle({ id, result, error }) {
    const call = this.waiting.get(id);
    this.waiting.delete(id);
    if (error) call?.reject(new BorgaError(noticed("frame_timeout", `The checkout could not answer: ${error.message}`)));
    else call?.resolve(result);
  }
};

// src/mounted-checkout.ts
var NOT_LOADED = Object.freeze({
  phase: "loading",
  complete: false,
  empty: true,
  brand: null,
  errors: []
});
var RENEWABLE = ["invalid_client_secret", "session_expired"];
function asDetail(error) {
  return error instanceof BorgaError ? error : noticed("frame_timeout");
}
var MountedCheckout = class {
  constructor(host, checkoutOrigin, sessionId) {
    this.host = host;
    this.checkoutOrigin = checkoutOrigin;
    this.sessionId = sessionId;
    /** The last state that the frame told. */
    this.state = NOT_LOADED;
    this.attached = deferred();
    this.life = new AbortController();
    this.frameOptions = {};
    this.sentOptions = {};
    this.sentSecret = null;
    this.hasReloaded = false;
    this.isReady = false;
    this.hasTried = false;
    this.isLive = false;
    this.testMode = false;
    this.attempt = 0;
    this.isAttaching = false;
    const { signal } = this.life;
    document.addEventListener("visibilitychange", () => this.tellVisibility(false), { signal });
    window.addEventListener("pageshow", ({ persisted }) => persisted && this.tellVisibility(true), { signal });
    this.openFrame();
  }
  /** Takes over what changed on the element: options, or the secret. */
  refresh() {
    if (this.frame) this.frame.element.title = words(this.host.options().locale).title;
    if (this.isLive) this.sendOptions();
    const { current, isSet } = this.host.secrets;
    const isNews = current ? current !== this.sentSecret : !this.hasTried;
    if (this.isReady && isSet && isNews) void this.attach();
  }
  /** Calls the frame once the session is attached. Ends in every case: answer, error, deadline, removal. */
  call(method) {
    return within(this.attached.promise, ANSWER_WITHIN_MS, () => new BorgaError(noticed("frame_timeout"))).then((port) => {
      if (method === "field.focus") this.frame?.element.focus();
      return port.call(method);
    });
  }
  /** Frees everything. Never throws and may be called at any time. */
  end() {
    this.life.abort();
    this.disconnect();
    this.frame?.end();
    this.attached.reject(removed());
  }
  openFrame() {
    this.frame?.end();
    this.frameOptions = this.host.options();
    this.frame = new Frame(this.host.root, {
      checkoutOrigin: this.checkoutOrigin,
      sessionId: this.sessionId,
      options: this.frameOptions,
      title: words(this.frameOptions.locale).title,
      connected: (port) => this.connect(port),
      failed: (why) => void this.frameFailed(why)
    });
  }
  connect(port) {
    this.disconnect();
    this.hasReloaded = false;
    const { locale, theme } = this.frameOptions;
    this.sentOptions = { ...locale && { locale }, ...theme && { theme } };
    this.port = new Port(port, this.handlers());
  }
  disconnect() {
    this.attempt += 1;
    this.isReady = this.isLive = this.isAttaching = this.hasTried = false;
    this.port?.close();
    this.port = void 0;
    if (this.attached.settled) this.attached = deferred();
  }
  async frameFailed(why) {
    this.disconnect();
    if (!this.hasReloaded) {
      this.hasReloaded = true;
      this.openFrame();
      return;
    }
    this.frame?.end();
    const reason = await diagnose(this.checkoutOrigin, this.sessionId, this.life.signal);
    if (this.life.signal.aborted) return;
    this.fail(noticed(reason ?? why), true);
    console.error(
      `<borga-checkout>: the page at ${location.origin} shows no checkout of ${this.checkoutOrigin}. The session must be created with this page's origin, and the page's Content-Security-Policy must allow the checkout's origin in frame-src.`
    );
  }
  /** The one place where this side's errors go out: event, console, waiting calls, and the payer. */
  fail(detail, showsPayer) {
    this.attached.reject(new BorgaError(detail));
    console.error(`<borga-checkout>: ${detail.code}: ${detail.message} ${detail.docUrl}`);
    if (showsPayer) this.host.showFailure(detail.code);
    this.host.emit("borga-error", detail);
  }
  async attach() {
    const { port, host } = this;
    if (!port) return;
    const attempt = ++this.attempt;
    const isOld = () => attempt !== this.attempt;
    if (this.attached.settled) this.attached = deferred();
    this.isLive = false;
    this.hasTried = this.isAttaching = true;
    this.refusal = void 0;
    host.showFailure(null);
    try {
      const answer = await this.offerSecrets(port, isOld);
      if (isOld()) return;
      this.isAttaching = false;
      if ("code" in answer) {
        this.refusal = answer.code;
        this.fail(this.held ?? noticed(answer.code), false);
        return;
      }
      this.isLive = true;
      this.state = Object.freeze(answer.state);
      this.sendOptions();
      this.attached.resolve(port);
      host.emit("borga-ready", { testMode: this.testMode });
    } catch (error) {
      if (isOld()) return;
      this.isAttaching = false;
      this.fail(this.held ?? asDetail(error), true);
    }
  }
  /** The frame's last word on the secret at hand, and on a new one where that can help. */
  async offerSecrets(port, isOld) {
    const { secrets } = this.host;
    const offer = (secret) => {
      if (isOld()) throw removed();
      this.held = void 0;
      this.sentSecret = secret;
      return port.call("session.attach", { client_secret: secret });
    };
    const answer = await offer(secrets.current ?? await secrets.renew());
    if (isOld() || !("code" in answer) || !RENEWABLE.includes(answer.code) || !secrets.fetch) return answer;
    this.held = void 0;
    return offer(await secrets.renew());
  }
  async requestedSecret() {
    const { attempt } = this;
    try {
      const secret = await this.host.secrets.renew();
      this.sentSecret = secret;
      return { client_secret: secret };
    } catch (error) {
      if (attempt === this.attempt) this.fail(asDetail(error), false);
      throw error;
    }
  }
  sendOptions() {
    const now = this.host.options();
    const changed = changedOptions(this.sentOptions, now);
    if (!changed) return;
    this.sentOptions = now;
    void this.port?.call("options.update", changed);
  }
  tellVisibility(persisted) {
    this.port?.notify("host.visibility", { hidden: document.hidden, persisted });
  }
  handlers() {
    const { emit, secrets } = this.host;
    return {
      "frame.ready": ({ test_mode }) => {
        this.isReady = true;
        this.testMode = test_mode;
        if (secrets.isSet) void this.attach();
      },
      "state.change": (state) => {
        this.state = Object.freeze(state);
        emit("borga-change", state);
      },
      "layout.resize": ({ height }) => {
        if (!(height > 0 && Number.isFinite(height))) return;
        this.frame?.resize(height);
        emit("borga-resize", { height });
      },
      "secret.request": () => this.requestedSecret(),
      "navigate.request": ({ url }) => {
        const accepted = isStartPage(url, this.checkoutOrigin);
        if (accepted) setTimeout(() => location.assign(url));
        return { accepted };
      },
      "host.return_url": () => ({ url: location.href.split("#", 1)[0] }),
      "payment.started": ({ attempt_id }) => emit("borga-processing", { attemptId: attempt_id }),
      "payment.challenge": ({ attempt_id }) => emit("borga-challenge", { attemptId: attempt_id }),
      "payment.completed": ({ session_id, payment_id }) => emit("borga-complete", { sessionId: session_id, paymentId: payment_id, status: "complete" }),
      "payment.failed": (problem) => emit("borga-error", fromFrame(problem)),
      "payment.canceled": ({ session_id }) => emit("borga-cancel", { sessionId: session_id, status: "canceled" }),
      "payment.pending": ({ session_id, payment_id }) => emit("borga-pending", { sessionId: session_id, paymentId: payment_id, status: "pending" }),
      "session.error": (problem) => {
        const detail = fromFrame(problem);
        if (this.isAttaching) this.held = detail;
        else if (detail.code !== this.refusal) {
          if (detail.fatal) this.attached.reject(new BorgaError(detail));
          emit("borga-error", detail);
        }
      }
    };
  }
};

// src/secret-source.ts
var SecretSource = class {
  constructor() {
    /** The secret at hand. */
    this.current = null;
    /** The page's callback. */
    this.fetch = null;
  }
  /** Whether there is a secret or somebody to ask for one. */
  get isSet() {
    return Boolean(this.current || this.fetch);
  }
  /** A new secret from the page; questions that overlap share one call. */
  renew() {
    this.asking ?? (this.asking = quiet(
      this.ask().finally(() => {
        this.asking = void 0;
      })
    ));
    return this.asking;
  }
  async ask() {
    let secret;
    try {
      secret = await this.fetch?.();
    } catch (error) {
      console.error("<borga-checkout>: fetchClientSecret failed with", error);
      throw new BorgaError(noticed("network_error", "fetchClientSecret failed; the console shows its error."));
    }
    if (typeof secret !== "string" || !secret) {
      throw new BorgaError(
        noticed("invalid_client_secret", "fetchClientSecret must resolve to the session's `client_secret`, a string.")
      );
    }
    this.current = secret;
    return secret;
  }
};

// src/borga-checkout.ts
var STYLE = `
:host { display: block }
:host([hidden]) { display: none }
iframe { display: block; width: 100%; min-height: 420px; border: 0 }
div:not(:empty) { padding: 1em; border: 1px solid; border-radius: 6px; font: 1em/1.5 system-ui, sans-serif }
`;
var PROPERTIES = [
  "sessionId",
  "clientSecret",
  "fetchClientSecret",
  "locale",
  "theme",
  "threeDs",
  "checkoutOrigin"
];
var Base = typeof HTMLElement === "undefined" ? class {
} : HTMLElement;
var BorgaCheckoutElement = class extends Base {
  constructor() {
    super();
    this.failure = document.createElement("div");
    this.secrets = new SecretSource();
    this.isScheduled = false;
    this.emit = (name, detail) => {
      this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
    };
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    this.failure.setAttribute("role", "alert");
    root.append(this.failure);
    this.host = {
      root,
      secrets: this.secrets,
      emit: this.emit,
      options: () => readOptions((name) => this.getAttribute(name)),
      showFailure: (code) => {
        this.failure.textContent = code && `${words(this.locale).unavailable} (${code})`;
      }
    };
  }
  static get observedAttributes() {
    return ATTRIBUTES;
  }
  /** The session to pay, `ps_…`. */
  get sessionId() {
    return this.getAttribute("session-id");
  }
  set sessionId(value) {
    this.reflect("session-id", value);
  }
  /** Its secret, `pcs_…`. A value set here is not written into the attribute. */
  get clientSecret() {
    return this.secrets.current;
  }
  set clientSecret(value) {
    this.secrets.current = value || null;
    this.schedule();
  }
  /** Asked for a secret when none is set or the old one was refused. */
  get fetchClientSecret() {
    return this.secrets.fetch;
  }
  set fetchClientSecret(value) {
    this.secrets.fetch = value ?? null;
    this.schedule();
  }
  /** BCP 47; wins over the session's locale, which wins over the browser's. */
  get locale() {
    return this.getAttribute("locale");
  }
  set locale(value) {
    this.reflect("locale", value);
  }
  /** The form's colours. */
  get theme() {
    return readTheme(this.getAttribute("theme")) ?? "auto";
  }
  set theme(value) {
    this.reflect("theme", value);
  }
  /** Where the bank's page is shown. */
  get threeDs() {
    return readSurface(this.getAttribute("three-ds")) ?? "popup";
  }
  set threeDs(value) {
    this.reflect("three-ds", value);
  }
  /** The checkout's origin: https, or http on this machine. */
  get checkoutOrigin() {
    return this.getAttribute("checkout-origin") || DEFAULT_CHECKOUT_ORIGIN;
  }
  set checkoutOrigin(value) {
    this.reflect("checkout-origin", value);
  }
  /** Where the checkout stands; a snapshot that does not change. */
  get state() {
    return this.mounted?.state ?? NOT_LOADED;
  }
  /** As if the payer had pressed Pay; waits until the session is attached. The outcome comes as an event. */
  submit() {
    return quiet(this.checkout().then((checkout) => checkout.call("payment.submit")));
  }
  /** Cancels what is under way; `false` when it is too late and the outcome follows. */
  cancel() {
    return quiet(
      this.checkout().then((checkout) => checkout.call("payment.cancel")).then(({ accepted }) => accepted)
    );
  }
  /** Puts the focus into the first field that needs the payer. */
  focus() {
    return quiet(
      this.checkout().then((checkout) => checkout.call("field.focus")).then(() => {
      })
    );
  }
  /** The browser calls it when the element enters a page. */
  connectedCallback() {
    this.takeEarlyProperties();
    this.schedule();
  }
  /** The browser calls it when the element leaves a page. */
  disconnectedCallback() {
    this.mounted?.end();
    this.mounted = void 0;
    this.complaint = void 0;
    this.failure.textContent = "";
    queueMicrotask(() => this.isConnected || this.dispatchEvent(new Event("borga-removed")));
  }
  /** Its presence keeps the frame alive when the page moves the element with `moveBefore`. */
  connectedMoveCallback() {
  }
  /** The browser calls it when an observed attribute changes. */
  attributeChangedCallback(name, _before, value) {
    if (name === "client-secret") this.secrets.current = value || null;
    this.schedule();
  }
  reflect(attribute, value) {
    if (value == null) this.removeAttribute(attribute);
    else this.setAttribute(attribute, value);
  }
  /** Properties that a framework set before the element was defined hide the accessors: set them again. */
  takeEarlyProperties() {
    for (const name of PROPERTIES) {
      if (!Object.hasOwn(this, name)) continue;
      const early = { [name]: this[name] };
      delete this[name];
      Object.assign(this, early);
    }
  }
  /** Several changes in one go become one; what is missing is reported only if it does not follow at once. */
  schedule() {
    if (this.isScheduled) return;
    this.isScheduled = true;
    queueMicrotask(() => this.update());
    setTimeout(() => this.complain());
  }
  update() {
    this.isScheduled = false;
    if (!this.isConnected) return;
    const { sessionId } = this;
    const origin = exactOrigin(this.checkoutOrigin);
    if (this.mounted && (this.mounted.sessionId !== sessionId || this.mounted.checkoutOrigin !== origin)) {
      this.mounted.end();
      this.mounted = void 0;
      this.failure.textContent = "";
    }
    if (this.mounted) this.mounted.refresh();
    else if (sessionId && origin) this.mounted = new MountedCheckout(this.host, origin, sessionId);
  }
  async checkout() {
    if (this.isScheduled) this.update();
    if (this.mounted) return this.mounted;
    const problem = this.problem();
    throw this.isConnected && problem ? new BorgaError(problem) : removed();
  }
  complain() {
    const problem = this.problem();
    if (!this.isConnected || this.complaint === problem?.message) return;
    this.complaint = problem?.message;
    if (!problem) return;
    console.error(`<borga-checkout>: ${problem.message} ${problem.docUrl}`);
    this.emit("borga-error", problem);
  }
  problem() {
    if (!exactOrigin(this.checkoutOrigin)) {
      return noticed(
        "invalid_parameter",
        `checkout-origin must be an https origin such as https://host, or http on localhost; it is "${this.checkoutOrigin}".`
      );
    }
    if (!this.sessionId) return noticed("missing_parameter", "session-id is missing: set it to the payment session's `id`.");
    if (!this.secrets.isSet) {
      return noticed(
        "missing_parameter",
        "client-secret is missing: set it to the session's `client_secret`, or set fetchClientSecret."
      );
    }
    return void 0;
  }
};

export {
  randomId,
  DEFAULT_CHECKOUT_ORIGIN,
  exactOrigin,
  BorgaError,
  docUrl,
  noticed,
  words,
  BorgaCheckoutElement
};
