// The hall's screen: a clock that proves it lives, and pages that turn where not all fits.
"use strict";

const TURN_MS = 15_000;
const hallMain = document.getElementById("main");
const hallClock = document.getElementById("hall-clock");
const hallPage = document.getElementById("hall-page");
const still = matchMedia("(prefers-reduced-motion: reduce)");

let turnedAt = Date.now();
let callsShown = new Set();

// Where each page begins: at the first row that the one before does not show whole.
function pageTops() {
  const origin = hallMain.getBoundingClientRect().top - hallMain.scrollTop;
  const tops = [0];
  for (const card of hallMain.querySelectorAll(".hall-card")) {
    const { top, bottom } = card.getBoundingClientRect();
    if (bottom - origin > tops.at(-1) + hallMain.clientHeight + 1 && top - origin > tops.at(-1)) {
      tops.push(top - origin);
    }
  }
  return tops;
}

function pageNow(tops) {
  const last = hallMain.scrollTop + hallMain.clientHeight >= hallMain.scrollHeight - 1;
  return last ? tops.length - 1 : Math.max(0, tops.findLastIndex((top) => top <= hallMain.scrollTop + 2));
}

function turnTo(page, tops) {
  turnedAt = Date.now();
  hallMain.scrollTo({ top: tops[page], behavior: still.matches ? "auto" : "smooth" });
  hallPage.textContent = tops.length > 1 ? `${page + 1} / ${tops.length}` : "";
}

function turnWhenDue() {
  if (Date.now() - turnedAt < TURN_MS) return;
  const tops = pageTops();
  turnTo(tops.length > 1 ? (pageNow(tops) + 1) % tops.length : 0, tops);
}

// A new call is on the first page: it is shown at once, whichever page was open.
function showNewCalls() {
  const calls = [...hallMain.querySelectorAll(".hall-call b")].map(
    (name) => `${name.closest(".hall-card").id} ${name.textContent}`,
  );
  if (calls.some((call) => !callsShown.has(call))) turnTo(0, pageTops());
  callsShown = new Set(calls);
}

function showClock() {
  hallClock.textContent = new Date().toLocaleTimeString(document.documentElement.lang);
}

document.addEventListener("htmx:after:swap", showNewCalls);
setInterval(() => {
  showClock();
  turnWhenDue();
}, 1_000);
showClock();
showNewCalls();
turnTo(0, pageTops());
