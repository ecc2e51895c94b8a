// What is tapped is sent, and counts once. Every form carries a key of its own, so that sending it
// again does nothing twice; what the network did not take waits here until it is back.
"use strict";

const KEY = "idempotency_key";
const UNSENT = "jobfair-unsent";
const TOO_OLD_MS = 10 * 60_000; // nobody means any more what they tapped so long ago
const TRY_AGAIN_MS = 3_000;
const ANSWERED_WITHIN = "20s";
const NOT_NOW = [502, 503, 504]; // a server that is being started anew

// ---- A key for each tap, the same until it is answered -----------------------------------------

let tapped = new WeakMap(); // a form: what it said, and the key it was given

function newKey() {
  // Not randomUUID, which is for secure pages: a fair's network may have none.
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function giveKey({ target: form, formData }) {
  if (form.method !== "post" || formData.has(KEY)) return;
  const content = `${form.action} ${new URLSearchParams(formData)}`;
  if (tapped.get(form)?.content !== content) tapped.set(form, { content, key: newKey() });
  formData.set(KEY, tapped.get(form).key);
}

document.addEventListener("formdata", giveKey);
addEventListener("pageshow", () => (tapped = new WeakMap()));

// ---- What has not been taken: kept for as long as the tab is there -------------------------------

const unsent = () => JSON.parse(sessionStorage.getItem(UNSENT) ?? "[]");
const keyOf = (fields) => new URLSearchParams(fields).get(KEY);

let announced = 0; // how many of them the reader knows of

function keepUnsent(waiting) {
  sessionStorage.setItem(UNSENT, JSON.stringify(waiting));
  if (waiting.length > announced || !waiting.length) toasts.querySelector(".toast-unsent")?.remove();
  if (waiting.length > announced) showToast("toast-unsent");
  announced = waiting.length;
}

function keep({ request }) {
  const fields = [...request.body];
  const waiting = unsent();
  if (waiting.some((each) => keyOf(each.fields) === keyOf(fields))) return;
  keepUnsent([...waiting, { action: request.action, fields, at: Date.now() }]);
}

const isTap = (ctx) => ctx?.sourceElement.matches("form[method=post]");

// The request broke off, before its answer was here as a whole.
function notTaken(event) {
  const { ctx } = event.detail;
  if (!isTap(ctx) || ctx.text !== undefined) return;
  event.preventDefault(); // said already
  keep(ctx);
}

function answered(event) {
  const { ctx } = event.detail;
  if (!isTap(ctx)) return;
  if (NOT_NOW.includes(ctx.response.status)) {
    event.preventDefault(); // nothing to be shown
    keep(ctx);
    return;
  }
  tapped.delete(ctx.sourceElement);
  const key = ctx.request.body.get(KEY);
  if (unsent().length) keepUnsent(unsent().filter((each) => keyOf(each.fields) !== key));
}

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  if (isTap(ctx)) ctx.request.timeout = ANSWERED_WITHIN;
});
document.addEventListener("htmx:error", notTaken);
document.addEventListener("htmx:after:request", answered);

// Whoever signs out leaves nothing of theirs to the next one at this screen.
document.addEventListener("submit", ({ target }) => {
  if (navigator.onLine && target.matches('[action="/logout"]')) sessionStorage.removeItem(UNSENT);
});

// A form that leads to another page would leave for the browser's own «no network».
document.addEventListener("submit", (event) => {
  if (navigator.onLine || event.defaultPrevented || event.target.method !== "post") return;
  event.preventDefault();
  showToast("toast-failed");
});

// ---- Sent once the network is back, in order, each as the form it was ----------------------------

let resending = null; // the form that is being sent again

function sendUnsent() {
  const waiting = unsent();
  if (resending || !waiting.length) return;
  const fresh = waiting.filter(({ at }) => Date.now() - at < TOO_OLD_MS);
  if (fresh.length < waiting.length) showToast("toast-too-old");
  keepUnsent(fresh);
  if (fresh.length && navigator.onLine) send(fresh[0]);
}

function send({ action, fields }) {
  resending = document.createElement("form");
  resending.method = "post";
  resending.action = action;
  resending.hidden = true;
  resending.setAttribute("hx-post", action);
  resending.setAttribute("hx-swap", "none");
  for (const [name, value] of fields) {
    const field = document.createElement("textarea"); // keeps line breaks as they are
    [field.name, field.value] = [name, value];
    resending.append(field);
  }
  document.body.append(resending);
  htmx.process(resending);
  resending.requestSubmit();
}

function sent({ target }) {
  if (target !== resending) return;
  const key = resending.elements[KEY].value;
  resending.remove();
  resending = null;
  const taken = !unsent().some((each) => keyOf(each.fields) === key);
  if (taken) sendUnsent();
}

document.addEventListener("htmx:finally:request", sent);
addEventListener("online", sendUnsent);
setInterval(sendUnsent, TRY_AGAIN_MS);
