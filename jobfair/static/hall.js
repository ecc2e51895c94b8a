// The hall's screen: a clock that shows it is alive, and pages that turn if not everything fits.
"use strict";

const TURN_MS = 15_000;
const hallMain = document.getElementById("main");
const hallClock = document.getElementById("hall-clock");
const hallPage = document.getElementById("hall-page");
const still = matchMedia("(prefers-reduced-motion: reduce)");

let turnedAt = steadyNow();
let callsShown = new Set();

// The top of each page: the first row that the page before does not show completely.
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
  return Math.max(0, tops.findLastIndex((top) => top <= hallMain.scrollTop + 2));
}

// Shows whole rows only. The last page is scrolled to its top, even if blank space follows.
function openPage(page, tops) {
  const several = tops.length > 1;
  const room = hallMain.clientHeight;
  hallMain.style.setProperty("--tail", several ? `${room}px` : "0px");
  const next = tops[page + 1];
  hallMain.style.clipPath = next ? `inset(0 0 ${room - (next - tops[page]) + 4}px 0)` : "";
  hallMain.scrollTo({ top: tops[page], behavior: still.matches ? "auto" : "smooth" });
  hallPage.textContent = several ? `${page + 1} / ${tops.length}` : "";
}

function turnWhenDue() {
  if (steadyNow() - turnedAt < TURN_MS) return;
  turnedAt = steadyNow();
  const tops = pageTops();
  openPage((pageNow(tops) + 1) % tops.length, tops);
}

// A new call is on the first page, which is then shown at once.
function showNewCalls() {
  const calls = [...hallMain.querySelectorAll(".hall-call b")].map(
    (name) => `${name.closest(".hall-card").id} ${name.textContent}`,
  );
  const fresh = calls.some((call) => !callsShown.has(call));
  callsShown = new Set(calls);
  if (fresh) turnedAt = steadyNow();
  const tops = pageTops();
  openPage(fresh ? 0 : Math.min(pageNow(tops), tops.length - 1), tops);
}

// In the fair's time zone: the computer behind the projector may be set to another.
const clockTime = new Intl.DateTimeFormat(document.documentElement.lang, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
  timeZone: hallClock.dataset.zone,
});

function showClock() {
  hallClock.textContent = clockTime.format(serverNow());
}

document.addEventListener("htmx:after:swap", showNewCalls);
addEventListener("resize", showNewCalls);
setInterval(() => {
  showClock();
  turnWhenDue();
}, 1_000);
showClock();
showNewCalls();
