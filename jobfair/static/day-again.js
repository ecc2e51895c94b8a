// The day again is walked through with a slider, by a finger or the arrow keys; the form beside it does the same
// without this file. The buttons then step from minute to minute without loading the page.
"use strict";

{
  const again = document.getElementById("day-again");
  const minute = document.getElementById("minute");
  const time = again.elements.at;

  const pad = (number) => String(number).padStart(2, "0");
  const hourOf = (minutes) => `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;

  function sayMinute() {
    minute.setAttribute("aria-valuetext", hourOf(minute.valueAsNumber));
  }

  // The minutes that can be looked at are those of the day that is shown.
  function reach() {
    const { first, last } = document.getElementById("then").dataset;
    Object.assign(minute, { min: first, max: last });
    follow();
  }

  function follow() {
    const [hours, minutes] = (time.value.split("T")[1] ?? "").split(":").map(Number);
    if (!Number.isNaN(hours)) minute.value = hours * 60 + minutes;
    sayMinute();
  }

  function show() {
    time.value = `${time.value.split("T")[0]}T${hourOf(minute.valueAsNumber)}`;
    sayMinute();
  }

  minute.addEventListener("input", show);
  time.addEventListener("input", follow);
  again.addEventListener("click", (event) => {
    const button = event.target.closest("[name=step]");
    if (!button || !time.value) return;
    event.preventDefault();
    minute.value = minute.valueAsNumber + Number(button.value);
    minute.dispatchEvent(new Event("input", { bubbles: true }));
  });
  document.addEventListener("htmx:after:swap", reach);
  minute.parentElement.hidden = false;
  sayMinute();
}
