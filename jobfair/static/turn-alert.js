// «C'est votre tour»: rings once for each turn and browser, and only while the turn lasts.
"use strict";

const urgent = document.getElementById("urgent");

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
  const rung = JSON.parse(browserStorage.getItem(RUNG) ?? "[]");
  const fresh = turns.filter((turn) => !rung.includes(turn));
  browserStorage.setItem(RUNG, JSON.stringify([...rung, ...fresh].slice(-RUNG_KEPT)));
  return fresh;
}

function ring(turn) {
  const card = document.querySelector(`[data-turn="${turn}"]`);
  if (!card) return;
  urgent.textContent = card.dataset.announce;
  removeToast(toasts.querySelector(".toast-turn")); // one at a time: the cards say the rest
  if (!isCallInSight()) showToast("toast-turn", card.dataset.announce).dataset.forTurn = turn;
  chime();
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.([250, 120, 250, 120, 500]);
  flashTitle();
}

function ringTurns() {
  const turns = [...document.querySelectorAll("[data-turn]")].map((card) => card.dataset.turn);
  for (const toast of toasts.querySelectorAll("[data-for-turn]")) {
    if (!turns.includes(toast.dataset.forTurn)) removeToast(toast);
  }
  if (!turns.length) {
    urgent.textContent = "";
    stopFlash();
    return;
  }
  const ringFresh = () => rememberRung(turns).forEach(ring);
  // If two tabs wake up together, only one may ring.
  if (navigator.locks) navigator.locks.request(RUNG, ringFresh);
  else ringFresh();
}

document.addEventListener("pointerdown", unlockAudio);
// Not while somebody types: it takes a slow phone several frames.
document.addEventListener("keydown", ({ target }) => target.matches("input, textarea") || unlockAudio());
document.addEventListener("visibilitychange", () => document.hidden || stopFlash());
addEventListener("focus", stopFlash);
document.addEventListener("htmx:after:swap", ringTurns);
ringTurns();
