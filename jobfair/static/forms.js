// Answers to forms: none fails in silence, none is put over what is newer, and the focus stays near
// what was pressed.
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

// A slow network may bring an answer after a push that is newer: it is not put over it.
const shownAsOf = new Map();

// A connection begins with the page as it is now, also where a lost journal counts on from a smaller number.
live?.addEventListener("htmx:sse:after:connection", () => shownAsOf.clear());

function dropStale({ detail: { ctx, tasks } }) {
  const asOf = Number(/data-as-of="(\d+)"/.exec(ctx.text ?? "")?.[1] ?? NaN);
  for (let at = tasks.length - 1; asOf >= 0 && at >= 0; at--) {
    const { target, swapSpec } = tasks[at];
    // The page is not what its stream takes it for: it is sent anew, whole.
    if (!target && swapSpec.style !== "delete") reconnect();
    const region = target?.closest?.("section[id]")?.id;
    if (!region) continue;
    if (asOf < (shownAsOf.get(region) ?? 0)) tasks.splice(at, 1);
    else shownAsOf.set(region, asOf);
  }
}

function keepFocus() {
  if (!pressedRegion || document.activeElement !== document.body) return;
  const region = document.getElementById(pressedRegion);
  const next = region?.childElementCount ? region : document.getElementById("running") ?? region;
  next?.focus({ preventScroll: true });
  pressedRegion = null;
}

document.addEventListener("htmx:before:request", ({ target }) => {
  pressedRegion = target.closest("form") && target.closest("section[id]")?.id;
});
document.addEventListener("htmx:before:swap", unanswered);
document.addEventListener("htmx:before:swap", dropStale);
document.addEventListener("htmx:error", ({ detail: { ctx }, defaultPrevented }) => {
  if (ctx?.sourceElement === live) lost();
  else if (ctx && !defaultPrevented) showToast("toast-failed");
});

document.addEventListener("htmx:after:swap", keepFocus);
