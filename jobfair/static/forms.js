// Answers to forms. A failure is always shown, an old answer never replaces newer content, and the
// focus stays near the button that was pressed, never on one that does something else.
"use strict";

let pressedRegion = null;

function unanswered({ detail: { ctx } }) {
  const answered = ctx.sourceElement === live || ctx.text.includes("<hx-partial");
  if (answered || ctx.swap !== "none") return;
  const { status, redirected, url } = ctx.response.raw;
  if (redirected) location.assign(url);
  else if (status === 401) location.reload();
  else if (status >= 400) showToast("toast-failed");
}

// On a slow network an answer may arrive after a newer push: then it is ignored.
const shownAsOf = new Map();
const outdated = new WeakSet(); // answers of which something was ignored

// A new connection starts with the whole page. After a restore its journal numbers may be smaller.
live?.addEventListener("htmx:sse:after:connection", () => shownAsOf.clear());

function dropStale({ detail: { ctx, tasks } }) {
  const asOf = Number(/data-as-of="(\d+)"/.exec(ctx.text ?? "")?.[1] ?? NaN);
  for (let at = tasks.length - 1; asOf >= 0 && at >= 0; at--) {
    const { target, swapSpec } = tasks[at];
    // The page differs from what the stream assumes: reconnect, and get the whole page.
    if (!target && swapSpec.style !== "delete") {
      shownTag = "";
      reconnect();
    }
    const region = target?.closest?.("section[id]")?.id;
    if (!region) continue;
    if (asOf >= (shownAsOf.get(region) ?? 0)) {
      shownAsOf.set(region, asOf);
      continue;
    }
    tasks.splice(at, 1);
    outdated.add(ctx);
  }
}

let focused = null; // what had the focus before the page changed

function rememberFocus() {
  const { activeElement: element } = document;
  const meaning = element.matches(CONTROLS) && meaningOf(element);
  focused = { element, meaning, region: element.closest("section[id]")?.id };
}

// What has the focus acts on Enter. Where it is gone, or now does something else, the region has
// the focus, which says what was done.
function keepFocus() {
  const { element, meaning, region } = focused;
  const changed = meaning && element.matches(":focus") && meaningOf(element) !== meaning;
  const shown = region ?? pressedRegion;
  if (!shown || !(changed || document.activeElement === document.body)) return;
  const place = document.getElementById(shown);
  const next = place?.childElementCount ? place : document.getElementById("running") ?? place;
  if (changed) element.blur();
  next?.focus({ preventScroll: true });
  pressedRegion = null;
}

// What is unfolded to do one thing folds once that is done; the focus stays with what unfolds it.
function foldAway({ detail: { ctx } }) {
  const unfolded = ctx.sourceElement.closest("details[data-folds]");
  if (!unfolded || ctx.response.raw.status >= 400) return;
  const hadFocus = unfolded.matches(":focus-within");
  ctx.sourceElement.reset();
  unfolded.open = false;
  if (hadFocus) unfolded.querySelector("summary").focus({ preventScroll: true });
}

// Where it holds a field to be typed in, that has the focus once it is unfolded.
function beginTyping({ target }) {
  if (target.open && target.dataset.folds) document.getElementById(target.dataset.folds).focus();
}

document.addEventListener("toggle", beginTyping, true);
document.addEventListener("htmx:before:request", ({ target }) => {
  pressedRegion = target.closest("form") && target.closest("section[id]")?.id;
});
document.addEventListener("htmx:before:swap", rememberFocus);
document.addEventListener("htmx:before:swap", unanswered);
document.addEventListener("htmx:before:swap", dropStale);
document.addEventListener("htmx:error", ({ detail: { ctx }, defaultPrevented }) => {
  if (ctx?.sourceElement === live) lost();
  else if (ctx && !defaultPrevented) showToast("toast-failed");
});

document.addEventListener("htmx:after:swap", foldAway);
document.addEventListener("htmx:after:swap", keepFocus);
