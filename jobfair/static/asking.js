// Where no stream comes through, as behind a gateway that holds it back, the page asks for its
// regions every few seconds, until a stream works. Calls ring as ever.
"use strict";

const FIRST_EVENT_MS = 5_000; // a stream that is silent for so long at its start is held back
const ASK_EVERY_MS = 5_000;
const ASK_SPREAD = 0.3; // pages that lost their streams in one moment do not ask in one moment
const ANSWERED_MS = 10_000;
const TOAST = '<hx-partial hx-target="#toasts"';

let shownTag = ""; // of the last answer, as long as the page shows it; a stream does not begin with it again
let askAt = 0;

const including = (word, address) => `${address}${address.includes("?") ? "&" : "?"}${word}`;
const show = (text) => htmx.swap({ text, sourceElement: live, target: live, swap: "none" });

// Shows the page as it is now, with the toasts since an event, if its id is given. Returns the
// answer, or null if there is none.
async function askForPage(since = "") {
  const address = including("once", live.getAttribute("hx-sse:connect"));
  const headers = shownTag ? { "If-None-Match": shownTag } : {};
  if (since) headers["Last-Event-ID"] = since;
  try {
    const signal = AbortSignal.timeout(ANSWERED_MS);
    const answer = await fetch(address, { headers, signal });
    if (answer.status === 304) return { text: "", id: answer.headers.get("Last-Event-ID") };
    if (!answer.ok) return streamRefused(answer.status);
    const text = await answer.text();
    if (text) await show(text);
    else htmx.trigger(live, "queue_update"); // a list that asks for itself
    shownTag = answer.headers.get("ETag");
    return { text, id: answer.headers.get("Last-Event-ID") };
  } catch {
    return lost();
  }
}

async function askWhileHeldBack() {
  if (!live || silentSince === null || !navigator.onLine) return;
  const now = steadyNow();
  if (now - silentSince < FIRST_EVENT_MS || now < askAt) return;
  askAt = Infinity;
  const answer = await askForPage(heardUntil);
  isAnswered = Boolean(answer);
  askAt = steadyNow() + ASK_EVERY_MS * (1 + ASK_SPREAD * (2 * Math.random() - 1));
  if (!answer || silentSince === null) return;
  heardUntil = answer.id;
  shownByAsking();
  live.dispatchEvent(new CustomEvent("asked", { detail: answer }));
}

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (ctx.sourceElement !== live && !ctx.response?.raw.ok) return;
  shownTag = (!outdated.has(ctx) && ctx.response?.raw.headers.get("ETag")) || "";
});
setInterval(askWhileHeldBack, 1_000);
