// Moves the plates on a hall's map: by a mouse or a finger, or by the arrow keys on the plate that
// has the focus. The form beneath, which they are stored by, does the same without this file.
"use strict";

const STEP = 0.5; // in percent of the map's sides
const LEAP = 5;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const board = document.querySelector("[data-hall-map]");
const form = document.getElementById("place");
const said = document.querySelector("[data-map-said]");
let carried = null;

const placeOf = (plate) => ["x", "y"].map((side) => Number.parseFloat(plate.getAttribute(side)));

function put(plate, ...place) {
  const [x, y] = place.map((each) => Math.min(100, Math.max(0, each)).toFixed(2));
  plate.setAttribute("x", `${x}%`);
  plate.setAttribute("y", `${y}%`);
  plate.setAttribute("aria-label", `${plate.dataset.name} : ${x} % / ${y} %`);
}

async function store(plate) {
  const [x, y] = placeOf(plate);
  form.elements.company.value = plate.dataset.plate;
  form.elements.x.value = x;
  form.elements.y.value = y;
  const sent = fetch(form.action, { method: "POST", body: new FormData(form) });
  const answer = await sent.catch(() => null);
  // What was refused, or lost its way, is said by the page itself.
  if (!answer?.ok) return form.submit();
  delete plate.dataset.loose;
  said.textContent = `${plate.getAttribute("aria-label")} : ${board.dataset.stored}`;
}

function pickUp(event) {
  const plate = event.target.closest("[data-plate]");
  if (!plate || event.button !== 0) return;
  event.preventDefault();
  plate.focus();
  carried = { plate, before: placeOf(plate) };
  plate.setPointerCapture(event.pointerId);
}

function carry({ clientX, clientY }) {
  if (!carried) return;
  const { left, top, width, height } = board.getBoundingClientRect();
  put(carried.plate, ((clientX - left) / width) * 100, ((clientY - top) / height) * 100);
}

function putDown() {
  if (!carried) return;
  const { plate, before } = carried;
  carried = null;
  if (String(placeOf(plate)) !== String(before)) store(plate);
}

function letGo() {
  if (!carried) return;
  put(carried.plate, ...carried.before);
  carried = null;
}

function press(event) {
  const plate = event.target.closest("[data-plate]");
  if (event.key === "Escape") letGo();
  if (!plate || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Enter") store(plate);
  const arrow = ARROWS[event.key];
  if (!arrow) return;
  event.preventDefault();
  const [x, y] = placeOf(plate);
  const far = event.shiftKey ? LEAP : STEP;
  put(plate, x + arrow[0] * far, y + arrow[1] * far);
}

if (board && form) {
  board.querySelector(".map-marks").removeAttribute("aria-hidden");
  document.querySelector("[data-map-hint]").hidden = false;
  for (const plate of board.querySelectorAll("[data-plate]")) {
    plate.setAttribute("tabindex", "0");
    plate.setAttribute("role", "button");
    put(plate, ...placeOf(plate));
  }
  board.addEventListener("pointerdown", pickUp);
  board.addEventListener("pointermove", carry);
  board.addEventListener("pointerup", putDown);
  board.addEventListener("pointercancel", letGo);
  board.addEventListener("keydown", press);
}
