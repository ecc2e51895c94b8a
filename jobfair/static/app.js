// What the pages cannot do by themselves: count seconds, notice a lost stream, ring when it is
// somebody's turn. Without this file every page and every form still works.
"use strict";

const live = document.getElementById("live");
const toasts = document.getElementById("toasts");
const banner = document.getElementById("connection");
const urgent = document.getElementById("urgent");

function showToast(templateId, text) {
  const toast = document.getElementById(templateId).content.firstElementChild.cloneNode(true);
  if (text) toast.querySelector("[data-text]").textContent = text;
  toasts.append(toast);
  return toast;
}

// ---- Time run since a moment -------------------------------------------------------------

// A phone's clock may be an hour off. The page says what time it was on the server when it was
// sent, which was about when its first byte came here.
const sentAt = Date.parse(document.querySelector("meta[name=server-time]").content);
const cameAfter = performance.getEntriesByType("navigation")[0]?.responseStart ?? performance.now();
const aheadOfServer = Date.now() - performance.now() + cameAfter - sentAt;

function showElapsed() {
  const now = Date.now() - aheadOfServer;
  for (const time of document.querySelectorAll("time[data-since]")) {
    const seconds = Math.max(0, Math.floor((now - Date.parse(time.dataset.since)) / 1000));
    const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    const two = (number) => String(number).padStart(2, "0");
    const text = h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
    if (time.textContent !== text) time.textContent = text;
  }
}

// ---- Toasts: gone after a while, unless read, urgent or somebody's message ----------------

const TOAST_SECONDS = 8;
const TOAST_ERROR_SECONDS = 16;
const toastAges = new WeakMap();

// A call stays until its card is in sight, a message of the organisers until it is closed, and
// what is not sent yet until it is.
function isNeeded(toast) {
  if (toast.matches(".toast-message, .toast-unsent")) return true;
  if (!toast.matches(".toast-turn")) return false;
  const card = document.querySelector(`[data-turn="${toast.dataset.forTurn}"]`);
  const { top, bottom } = card?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
  const inSight = card && top >= 0 && bottom <= innerHeight;
  return !inSight;
}

function ageToasts() {
  for (const toast of toasts.querySelectorAll(".toast")) {
    const read = document.hidden || toast.matches(":hover, :focus-within") || isNeeded(toast);
    const age = read ? 0 : (toastAges.get(toast) ?? 0) + 1;
    toastAges.set(toast, age);
    const limit = toast.matches(".toast-error") ? TOAST_ERROR_SECONDS : TOAST_SECONDS;
    if (age > limit) toast.remove();
  }
}

// ---- The stream: heard, silent, lost ------------------------------------------------------

const SILENCE_MS = 35_000; // two heartbeats missed
const GRACE_MS = 4_000; // a reconnection shorter than this is nobody's business
const RELOAD_MS = 60_000; // a refused stream reloads its page at most this often
const RELOADED = "jobfair-reloaded";

let connection = null;
let heardAt = Date.now();
let lostAt = Date.now();
let rightAt = Date.now(); // when the page last was as things were

function inTouch() {
  heardAt = Date.now();
  lostAt = null;
  banner.hidden = true;
}

function heard() {
  inTouch();
  rightAt = heardAt;
}

function lost() {
  lostAt ??= Date.now();
}

function reconnect() {
  heardAt = Date.now();
  lost();
  connection?.delayCanceller?.(); // was waiting before its next try
  connection?.reader?.cancel().catch(() => {}); // was reading from a line gone dead
}

function watchStream() {
  if (!live) return;
  if (Date.now() - heardAt > SILENCE_MS) reconnect();
  if (lostAt && Date.now() - lostAt > GRACE_MS) banner.hidden = false;
  if (!banner.hidden) showAge();
}

function showAge() {
  const seconds = Math.floor((Date.now() - rightAt) / 1000);
  const [amount, unit] = seconds < 60 ? [seconds - (seconds % 10), "second"] : [Math.floor(seconds / 60), "minute"];
  const ages = new Intl.RelativeTimeFormat(document.documentElement.lang, { style: "short" });
  banner.querySelector(".age").hidden = !amount;
  banner.querySelector(".age b").textContent = ages.format(-amount, unit);
}

// A session that is over, or a link that was replaced: the page itself says so best.
function streamRefused(status) {
  lost();
  const reloadedAt = Number(sessionStorage.getItem(RELOADED));
  if (![401, 404].includes(status) || Date.now() - reloadedAt < RELOAD_MS) return;
  sessionStorage.setItem(RELOADED, Date.now());
  location.reload();
}

if (live) {
  live.addEventListener("htmx:sse:after:connection", ({ detail }) => (connection = detail.connection));
  live.addEventListener("htmx:sse:before:message", heard);
  live.addEventListener("htmx:sse:before:connection", ({ detail }) => detail.connection.attempt && lost());
  live.addEventListener("htmx:sse:error", ({ detail }) => streamRefused(detail.status));
  live.addEventListener("htmx:sse:close", lost);
  live.addEventListener("htmx:response:error", ({ detail }) => streamRefused(detail.ctx.response.status));
  addEventListener("offline", lost);
  addEventListener("online", reconnect);
}

// ---- «C'est votre tour»: once per turn and device, only while the turn lasts --------------

const RUNG = "jobfair-rung";
const RUNG_KEPT = 50;
const FLASH_MS = 1_000;

let audio = null;
let flashing = null;
const pageTitle = document.title;

function unlockAudio() {
  audio ??= window.AudioContext && new AudioContext();
  audio?.resume();
}

function chime() {
  if (audio?.state !== "running") return;
  [659, 880, 659, 880].forEach((pitch, step) => {
    const start = audio.currentTime + step * 0.22;
    const tone = new OscillatorNode(audio, { type: "triangle", frequency: pitch });
    const volume = new GainNode(audio, { gain: 0 });
    volume.gain.setValueAtTime(0.5, start);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 0.21);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 0.22);
  });
}

function stopFlash() {
  clearInterval(flashing);
  flashing = null;
  document.title = pageTitle;
}

function flashTitle() {
  if (flashing || (!document.hidden && document.hasFocus())) return;
  const words = `● ${urgent.dataset.title}`;
  document.title = words;
  flashing = setInterval(() => (document.title = document.title === words ? pageTitle : words), FLASH_MS);
}

function rememberRung(turns) {
  const rung = JSON.parse(localStorage.getItem(RUNG) ?? "[]");
  const fresh = turns.filter((turn) => !rung.includes(turn));
  localStorage.setItem(RUNG, JSON.stringify([...rung, ...fresh].slice(-RUNG_KEPT)));
  return fresh;
}

function ring(turn) {
  const card = document.querySelector(`[data-turn="${turn}"]`);
  if (!card) return;
  urgent.textContent = card.dataset.announce;
  toasts.querySelector(".toast-turn")?.remove(); // one at a time: the cards say the rest
  showToast("toast-turn", card.dataset.announce).dataset.forTurn = turn;
  chime();
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.([250, 120, 250, 120, 500]);
  flashTitle();
}

function ringTurns() {
  const turns = [...document.querySelectorAll("[data-turn]")].map((card) => card.dataset.turn);
  for (const toast of toasts.querySelectorAll("[data-for-turn]")) {
    if (!turns.includes(toast.dataset.forTurn)) toast.remove();
  }
  if (!turns.length) {
    urgent.textContent = "";
    stopFlash();
    return;
  }
  const ringFresh = () => rememberRung(turns).forEach(ring);
  // Two tabs wake at the same moment: only one may find the turn not yet rung.
  if (navigator.locks) navigator.locks.request(RUNG, ringFresh);
  else ringFresh();
}

// ---- Forms: nothing fails in silence, focus stays near what was pressed -------------------

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

// ---- Buttons of the page ------------------------------------------------------------------

async function copy(button) {
  const source = document.querySelector(button.dataset.copy);
  source.select();
  // The clipboard of the browser exists on secure pages only; a fair's network may have none.
  if (navigator.clipboard) await navigator.clipboard.writeText(source.value);
  else document.execCommand("copy");
  const label = button.querySelector("span");
  button.dataset.label ??= label.textContent;
  label.textContent = button.dataset.copied;
  setTimeout(() => (label.textContent = button.dataset.label), 2_000);
}

document.addEventListener("click", ({ target }) => {
  target.closest("[data-dismiss]")?.closest(".toast").remove();
  const copyButton = target.closest("[data-copy]");
  if (copyButton) copy(copyButton);
});

document.addEventListener("pointerdown", unlockAudio);
document.addEventListener("keydown", unlockAudio);
document.addEventListener("visibilitychange", () => document.hidden || stopFlash());
addEventListener("focus", stopFlash);

document.addEventListener("htmx:after:swap", () => {
  showElapsed();
  ringTurns();
  keepFocus();
});

setInterval(() => {
  showElapsed();
  ageToasts();
  watchStream();
}, 1_000);
showElapsed();
ringTurns();
