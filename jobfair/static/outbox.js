// Sends every tap exactly once. Each form has an idempotency key, so that sending it again changes
// nothing. A form that the network did not take waits here until the network is back, and one whose
// session was over until its user is back at that page.
"use strict";

const KEY = "idempotency_key";
const CSRF = "csrf_token";
const UNSENT = "jobfair-unsent";
const TOO_OLD_MS = 10 * 60_000; // after that, the tap is no longer what the user wants
const TRY_AGAIN_MS = 3_000;
const ANSWERED_WITHIN = "20s";
const SESSION_OVER = 401;
const NOT_NOW = [502, 503, 504]; // the server is restarting

// ---- A key for each tap, the same until it is answered -----------------------------------------

let tapped = new WeakMap(); // by form: its content and its key

function newKey() {
  // Not randomUUID, which needs HTTPS.
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

// ---- Unsent forms, stored for as long as the tab is open ----------------------------------------

const unsent = () => JSON.parse(tabStorage.getItem(UNSENT) ?? "[]");
const userHere = () => document.querySelector("[data-user]")?.dataset.user;
const keyOf = (fields) => new URLSearchParams(fields).get(KEY);

let announced = 0; // how many unsent forms the toast has announced

function keepUnsent(waiting) {
  tabStorage.setItem(UNSENT, JSON.stringify(waiting));
  if (waiting.length > announced || !waiting.length) removeToast(toasts.querySelector(".toast-unsent"));
  if (waiting.length > announced) showToast("toast-unsent");
  announced = waiting.length;
}

// `page` is where it may be sent only, as nobody is signed in elsewhere.
function keep({ request }, page) {
  const fields = [...request.body];
  const waiting = unsent();
  if (waiting.some((each) => keyOf(each.fields) === keyOf(fields))) return;
  const user = userHere();
  keepUnsent([...waiting, { action: request.action, fields, at: serverNow(), user, page }]);
}

const isTap = (ctx) => ctx?.sourceElement.matches("form[method=post]");

// The request failed before its answer had arrived completely.
function notTaken(event) {
  const { ctx } = event.detail;
  if (!isTap(ctx) || ctx.text !== undefined) return;
  event.preventDefault(); // the toast is shown instead
  keep(ctx);
}

function answered(event) {
  const { ctx } = event.detail;
  if (!isTap(ctx)) return;
  if (NOT_NOW.includes(ctx.response.status)) {
    event.preventDefault(); // a gateway error has nothing to show
    keep(ctx);
    return;
  }
  if (ctx.response.status === SESSION_OVER) {
    keep(ctx, location.pathname); // forms.js loads the page again, which leads to the sign-in
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

// What waits in this page alone would be lost with it.
addEventListener("beforeunload", (event) => {
  if (tabStorage.isOnlyHere(UNSENT) && unsent().length) event.preventDefault();
});

// Signing out clears the outbox: the next user of this browser must not send it.
document.addEventListener("submit", ({ target }) => {
  if (navigator.onLine && target.matches('[action="/logout"]')) tabStorage.removeItem(UNSENT);
});

// Without network, a form that leads to another page would show the browser's error page.
document.addEventListener("submit", (event) => {
  if (navigator.onLine || event.defaultPrevented || event.target.method !== "post") return;
  event.preventDefault();
  showToast("toast-failed");
});

// ---- Sent in order once the network is back, each as a form --------------------------------------

let resending = null; // the form that is being sent again

function sendUnsent() {
  const waiting = unsent();
  if (resending || !waiting.length) return;
  const fresh = waiting.filter(({ at }) => serverNow() - at < TOO_OLD_MS);
  if (fresh.length < waiting.length) showToast("toast-too-old");
  // The person who signs in next in this tab must not send it.
  const user = userHere();
  const own = fresh.filter((each) => !user || !each.user || each.user === user);
  keepUnsent(own);
  const next = own.find(({ page }) => !page || page === location.pathname);
  if (next && navigator.onLine) send(next);
}

// A new session has another token, which every form of its pages has.
const ownToken = (old) => document.querySelector(`[name=${CSRF}]`)?.value ?? old;

function send({ action, fields }) {
  resending = document.createElement("form");
  resending.method = "post";
  resending.action = action;
  resending.hidden = true;
  resending.setAttribute("hx-post", action);
  resending.setAttribute("hx-swap", "none");
  for (const [name, value] of fields) {
    const field = document.createElement("textarea"); // keeps line breaks as they are
    [field.name, field.value] = [name, name === CSRF ? ownToken(value) : value];
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

if (unsent().some(({ page }) => page && page !== location.pathname)) showToast("toast-session-over");
