// What is under a finger stays there when the page changes: what comes above it scrolls the page by as
// much. What comes under a finger nevertheless does nothing for a moment: a tap that was meant for what
// had been there would act on something else.
"use strict";

const TAPPED_SETTLES_MS = 2_500; // what has come where somebody has just tapped: a slow second tap is not meant for it
const NEAR_PX = 8;
const CONTROLS = "button, summary, a[href]";
const LONG = ".company-list > li";

const settling = new Map(); // by control: the timer after which it acts

// What a control does. Two rows have the same words, and two toasts the same cross; what is pressed
// takes back. A control that counts does the same whatever its number.
function meaningOf(control) {
  const words = control.dataset.does ?? (control.textContent.trim() || control.parentElement.textContent);
  const leads = control.form?.getAttribute("action") ?? control.getAttribute("href");
  return `${leads} ${words} ${control.ariaPressed}`;
}

const isInWindow = ({ top, bottom }) => bottom > 0 && top < innerHeight;

// What a finger can reach, and where it is. A row of a long list that is out of sight is not laid out
// (content-visibility) unless something in it is measured. All is measured before anything is changed:
// a change between two measures would have the page laid out again.
function controlsInSight() {
  const rows = Array.from(document.querySelectorAll(LONG), (row) => [row, isInWindow(row.getBoundingClientRect())]);
  const isRowInSight = new Map(rows);
  const near = Array.from(document.querySelectorAll(CONTROLS)).filter((control) => isRowInSight.get(control.closest(LONG)) ?? true);
  const placed = near.map((control) => ({ control, box: control.getBoundingClientRect() }));
  return placed.filter(({ box }) => isInWindow(box));
}

// Where they are, by what they do.
function placesInSight() {
  const places = new Map();
  for (const { control, box } of controlsInSight()) {
    const meaning = meaningOf(control);
    places.set(meaning, [...(places.get(meaning) ?? []), box]);
  }
  return places;
}

const isWithin = (box, { left, top, right, bottom }) =>
  box.left >= left - NEAR_PX && box.top >= top - NEAR_PX &&
  box.right <= right + NEAR_PX && box.bottom <= bottom + NEAR_PX;

const isApart = (box, { left, top, right, bottom }) =>
  box.right <= left || box.left >= right || box.bottom <= top || box.top >= bottom;

const isAt = ({ left, top, right, bottom }, { x, y }) => x >= left && x <= right && y >= top && y <= bottom;

function rest(control, long = SETTLES_MS) {
  clearTimeout(settling.get(control));
  control.dataset.settling = ""; // see components.css
  const act = () => {
    delete control.dataset.settling;
    settling.delete(control);
  };
  settling.set(control, setTimeout(act, long));
}

function restWhatCame(before, tap) {
  const came = controlsInSight().filter(({ control, box }) => {
    const places = before.get(meaningOf(control)) ?? [];
    return !places.some((place) => isWithin(box, place));
  });
  for (const { control, box } of came) rest(control, tap && isAt(box, tap) ? TAPPED_SETTLES_MS : SETTLES_MS);
}

// ---- What is under the finger stays there ---------------------------------------------------------

const RESTS_MS = 10_000; // a finger that has touched the page is still near, and about to tap

let finger = null; // where the pointer is, or has last touched the page
let tap = null; // where it has last tapped, and how long another tap may be meant for what was there

function noteFinger({ clientX: x, clientY: y, pointerType }) {
  finger = { x, y, until: pointerType === "touch" ? steadyNow() + RESTS_MS : Infinity };
}

addEventListener("pointerup", ({ clientX: x, clientY: y }) => {
  tap = { x, y, until: steadyNow() + TAPPED_SETTLES_MS };
}, { passive: true });
for (const seen of ["pointerdown", "pointermove", "pointerup"]) addEventListener(seen, noteFinger, { passive: true });
document.documentElement.addEventListener("pointerleave", ({ pointerType }) => {
  if (pointerType !== "touch") finger = null;
});

// What is under the finger, a control or else its row, and how high on the screen it is. What has just been
// pressed is not kept there: a second tap would do it again.
function underFinger() {
  if (!finger || finger.until < steadyNow()) return null;
  const element = document.elementFromPoint(finger.x, finger.y);
  const kept = element?.closest(CONTROLS) ?? element?.closest("li, article");
  return kept && !kept.closest("#toasts, dialog, .htmx-request") ? { kept, top: kept.getBoundingClientRect().top } : null;
}

function keepUnderFinger(before) {
  if (!before?.kept.isConnected) return;
  const moved = before.kept.getBoundingClientRect().top - before.top;
  if (Math.abs(moved) >= 1) scrollBy({ top: moved, behavior: "instant" });
}

// ---- The page changes ---------------------------------------------------------------------------

const asItIs = (isAnswer = false) => ({
  places: placesInSight(),
  finger: isAnswer ? null : underFinger(),
  tap: steadyNow() < tap?.until ? tap : null,
});

function settle(before) {
  keepUnderFinger(before.finger);
  restWhatCame(before.places, before.tap);
}

// Carries out a change of the page that moves or shows something.
function changing(change) {
  const before = asItIs();
  change();
  settle(before);
}

// Takes away something that covers others, such as a toast.
function uncovering(cover, box) {
  cover.remove();
  bared(box);
}

function bared(box) {
  const uncovered = controlsInSight().filter(({ box: own }) => !isApart(own, box));
  uncovered.forEach(({ control }) => rest(control));
}

// ---- The server changes the page ----------------------------------------------------------------

const pagesBefore = new WeakMap(); // by swap

document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
  pagesBefore.set(ctx, asItIs(ctx.sourceElement.matches("form, a")));
});

// After all that scripts do to the new content.
document.addEventListener("htmx:finally:swap", ({ detail: { ctx } }) => {
  if (pagesBefore.has(ctx)) settle(pagesBefore.get(ctx));
});

// ---- A tap leads to another page, see arriving.js -------------------------------------------------

let leads = false;

// Not the answer to a question, which only closes it.
addEventListener("submit", ({ target, defaultPrevented }) => (leads = !defaultPrevented && target.method !== "dialog"));
addEventListener("click", ({ target, defaultPrevented }) => {
  if (target.closest("a[href]")) leads = !defaultPrevented;
});
addEventListener("pagehide", () => leads && tabStorage.setItem(LED_HERE, "yes"));
