// Toasts: removed after a while, unless they are being read, urgent or a message.
"use strict";

const toasts = document.getElementById("toasts");

function showToast(templateId, text) {
  const toast = document.getElementById(templateId).content.firstElementChild.cloneNode(true);
  if (text) toast.querySelector("[data-text]").textContent = text;
  toasts.append(toast);
  return toast;
}

const TOAST_SECONDS = 8;
const TOAST_ERROR_SECONDS = 16;
const toastAges = new WeakMap();

// A call stays until its card is visible, a message of the organisers until it is closed, and the
// toast about unsent forms until they are sent.
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

document.addEventListener("click", ({ target }) => target.closest("[data-dismiss]")?.closest(".toast").remove());
setInterval(ageToasts, 1_000);
