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
const TOAST_ERROR_SECONDS = 16;
const toastAges = new WeakMap();

const isInSight = (card) => {
  const { top, bottom } = card.querySelector(".turn-where").getBoundingClientRect();
  return top >= 0 && bottom <= toasts.getBoundingClientRect().bottom;
};

// The toast about unsent forms stays until they are sent, and a call until its card is in sight.
const isNeeded = (toast) => toast.matches(".toast-unsent, .toast-turn");

function ageToasts() {
  for (const toast of toasts.querySelectorAll(".toast")) {
    const card = document.querySelector(`[data-turn="${toast.dataset.forTurn}"]`);
    if (card && !document.hidden && isInSight(card)) removeToast(toast);
    const read = document.hidden || toast.matches(":hover, :focus-within") || isNeeded(toast);
    const age = read ? 0 : (toastAges.get(toast) ?? 0) + 1;
    toastAges.set(toast, age);
    const limit = toast.matches(".toast-error") ? TOAST_ERROR_SECONDS : TOAST_SECONDS;
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
