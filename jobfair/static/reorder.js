// Reorders a queue by dragging rows at their grips, with a mouse or a finger. With the keyboard, or
// without this file, the buttons of each row do the same.
"use strict";

const EDGE = 80; // distance from the window's edge at which the page scrolls, in pixels
const SCROLL = 12;

let dragged = null;
let pointerY = 0;
let orderBefore = ""; // on the server
let orderCarried = ""; // on the screen

const rowsOf = (list) => [...list.children].map((row) => row.dataset.entry).join(",");
const middleOf = (row) => row.getBoundingClientRect().top + row.offsetHeight / 2;

function showGrips() {
  for (const grip of document.querySelectorAll("[data-grip][hidden]")) grip.hidden = false;
}

function pickUp(event) {
  const grip = event.target.closest("[data-grip]");
  if (!grip || event.button !== 0) return;
  event.preventDefault();
  dragged = grip.closest("[data-entry]");
  pointerY = event.clientY;
  orderBefore = orderCarried = rowsOf(dragged.parentElement);
  dragged.classList.add("row-dragged");
}

function carry({ clientY }) {
  if (!dragged) return;
  pointerY = clientY;
  while (makesWay());
  orderCarried = rowsOf(dragged.parentElement);
  if (pointerY < EDGE) scrollBy(0, -SCROLL);
  else if (pointerY > innerHeight - EDGE) scrollBy(0, SCROLL);
}

// Moves the other rows, not the dragged one: a row that is moved would lose its touch events.
function makesWay() {
  const { previousElementSibling: above, nextElementSibling: below } = dragged;
  if (below && pointerY > middleOf(below)) dragged.before(below);
  else if (above && pointerY < middleOf(above)) dragged.after(above);
  else return false;
  return true;
}

function putDown() {
  if (!dragged) return;
  dragged.classList.remove("row-dragged");
  const order = rowsOf(dragged.parentElement);
  dragged = null;
  if (order === orderBefore) return;
  const form = document.getElementById("order");
  form.elements.order.value = order;
  form.requestSubmit();
}

function letGo() {
  if (!dragged) return;
  dragged.classList.remove("row-dragged");
  const list = dragged.parentElement;
  for (const id of orderBefore.split(",")) list?.append(...list.querySelectorAll(`[data-entry="${id}"]`));
  dragged = null;
}

// The server has sent a new list during a drag: the drag goes on in it, even if the pointer does
// not move.
function afterSwap() {
  showGrips();
  if (dragged?.isConnected === false) dragged = null;
  if (!dragged) return;
  dragged.classList.add("row-dragged");
  const order = rowsOf(dragged.parentElement);
  if (order === orderCarried) return;
  orderBefore = order;
  carry({ clientY: pointerY });
}

document.addEventListener("pointerdown", pickUp);
document.addEventListener("pointermove", carry);
document.addEventListener("pointerup", putDown);
document.addEventListener("pointercancel", letGo);
document.addEventListener("keydown", ({ key }) => key === "Escape" && letGo());
document.addEventListener("htmx:after:swap", afterSwap);
showGrips();
