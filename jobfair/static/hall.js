// The hall's screen: a clock that shows it is alive, and pages that turn if not everything fits.
"use strict";

const TURN_MS = 12_000;
const hallMain = document.getElementById("main");
const hallClock = document.getElementById("hall-clock");
const hallPage = document.getElementById("hall-page");
const still = matchMedia("(prefers-reduced-motion: reduce)");

let turnedAt = steadyNow();
let callsShown = new Set();

// Each card with where it begins and ends on the whole board.
function placesOfCards() {
  const origin = hallMain.getBoundingClientRect().top - hallMain.scrollTop;
  return [...hallMain.querySelectorAll(".hall-card")].map((card) => {
    const { top, bottom } = card.getBoundingClientRect();
    return { card, top: top - origin, bottom: bottom - origin };
  });
}

const gap = () => parseFloat(getComputedStyle(hallMain).paddingTop);

// The top of each page: the first row that the page before does not show completely.
function pageTops() {
  const tops = [0];
  for (const { top, bottom } of placesOfCards()) {
    const start = top - gap();
    if (bottom > tops.at(-1) + hallMain.clientHeight + 1 && start > tops.at(-1)) tops.push(start);
  }
  return tops;
}

// Whole rows rarely fill a page: what is left over is given to them. All is measured before anything is changed:
// a change between two measures would have the board laid out again for each page.
function fillPages() {
  const places = placesOfCards();
  for (const { card } of places) card.style.minHeight = "";
  const tops = pageTops();
  if (tops.length === 1) return;
  const room = hallMain.clientHeight - gap();
  const ofPage = Object.groupBy(placesOfCards(), ({ top }) => tops.findLastIndex((start) => start <= top));
  for (const [page, cards] of Object.entries(ofPage)) {
    const rows = new Set(cards.map(({ top }) => Math.round(top))).size;
    const end = Math.max(...cards.map(({ bottom }) => bottom));
    const spare = (room - (end - tops[page])) / rows;
    for (const { card, top, bottom } of cards) card.style.minHeight = `${bottom - top + Math.min(spare, (bottom - top) / 2)}px`;
  }
}

function pageNow(tops) {
  return Math.max(0, tops.findLastIndex((top) => top <= hallMain.scrollTop + 2));
}

function pageOf(card, tops) {
  const { top } = placesOfCards().find((each) => each.card === card);
  return tops.findLastIndex((start) => start <= top);
}

// Shows whole rows only. The last page is scrolled to its top, even if blank space follows.
function openPage(page, tops) {
  const several = tops.length > 1;
  const room = hallMain.clientHeight;
  hallMain.style.setProperty("--tail", several ? `${room}px` : "0px");
  const next = tops[page + 1];
  hallMain.style.clipPath = next ? `inset(0 0 ${room - (next - tops[page])}px 0)` : "";
  hallMain.scrollTo({ top: tops[page], behavior: still.matches ? "auto" : "smooth" });
  hallPage.textContent = several ? `${page + 1} / ${tops.length}` : "";
}

function turnWhenDue() {
  if (steadyNow() - turnedAt < TURN_MS) return;
  turnedAt = steadyNow();
  const tops = pageTops();
  openPage((pageNow(tops) + 1) % tops.length, tops);
}

// Of calls that are new the last is shown at once, on whichever page it is.
function showNewCalls() {
  const calls = new Map();
  for (const name of hallMain.querySelectorAll(".hall-call b")) {
    const card = name.closest(".hall-card");
    calls.set(`${card.id} ${name.textContent}`, card);
  }
  const fresh = [...calls.keys()].findLast((call) => !callsShown.has(call));
  callsShown = new Set(calls.keys());
  if (fresh) turnedAt = steadyNow();
  fillPages();
  const tops = pageTops();
  openPage(fresh ? pageOf(calls.get(fresh), tops) : Math.min(pageNow(tops), tops.length - 1), tops);
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
