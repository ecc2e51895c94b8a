// Toasts: removed after a while, unless they are being read or urgent.
"use strict";

const toasts = document.getElementById("toasts");

function showToast(templateId, text) {
  const toast = document.getElementById(templateId).content.firstElementChild.cloneNode(true);
  if (text) toast.querySelector("[data-text]").textContent = text;
  toasts.append(toast);
  keepLast();
  return toast;
}

// A second tap on its cross must not reach what it covered.
const removeToast = (toast) => toast && uncovering(toast, toasts.getBoundingClientRect());

const TOAST_SECONDS = 8;
const TOAST_LONG_SECONDS = 16; // what went wrong, and what can be taken back
const toastAges = new WeakMap();

// Whether where to go is on the screen and covered by nothing but a toast.
function isInSight(card) {
  const { left, top, bottom } = card.querySelector(".turn-where").getBoundingClientRect();
  const isOnTop = (y) => card.contains(document.elementsFromPoint(left + 1, y).find((each) => !toasts.contains(each)));
  return [top + 1, bottom - 1].every(isOnTop);
}

// The first card says how many calls there are.
const isCallInSight = () => [...document.querySelectorAll("[data-turn]")].some(isInSight);

// The toast about unsent forms stays until they are sent, and a call until a card is in sight.
const isNeeded = (toast) => toast.matches(".toast-unsent, .toast-turn");

function ageToasts() {
  for (const toast of toasts.querySelectorAll(".toast")) {
    if (toast.matches(".toast-turn") && !document.hidden && isCallInSight()) removeToast(toast);
    const read = document.hidden || toast.matches(":hover, :focus-within") || isNeeded(toast);
    const age = read ? 0 : (toastAges.get(toast) ?? 0) + 1;
    toastAges.set(toast, age);
    const limit = toast.matches(".toast-error, :has(form)") ? TOAST_LONG_SECONDS : TOAST_SECONDS;
    if (age > limit) removeToast(toast);
  }
}

// Of what came of a tap the last counts, and of what has happened meanwhile: a page full of toasts
// hides what they are about, and an older one may say the contrary.
const SHORT = [".toast-success, .toast-error", ".toast-info"];

function keepLast() {
  for (const kind of SHORT) [...toasts.querySelectorAll(kind)].slice(0, -1).forEach(removeToast);
}

document.addEventListener("click", ({ target }) => removeToast(target.closest("[data-dismiss]")?.closest(".toast")));
setInterval(ageToasts, 1_000);
document.addEventListener("htmx:after:swap", keepLast);
