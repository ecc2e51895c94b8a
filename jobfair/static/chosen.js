// A list of which one chooses what it shows: its stream follows what is chosen.
"use strict";

const shownNow = () => document.querySelector("[data-live]").dataset.live;
let followed = shownNow();

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  const shown = shownNow();
  if (shown === followed) return;
  // A stream that was just being opened may still send what was chosen before.
  if (ctx.sourceElement === live) reconnect();
  else listenAt((followed = shown));
});

// ---- The filters lie over the list ------------------------------------------------------------------

const filters = document.getElementById("filters");
const choices = Array.from(filters.querySelectorAll("select"));
let byFinger = false; // how the last list was opened; by keyboard each arrow chooses already

function closeFilters() {
  changing(() => (filters.open = false));
  filters.querySelector("summary").focus();
}

function sayHowMany() {
  const chosen = choices.filter(({ name, value }) => name !== "sort" && value).length;
  document.getElementById("filters-chosen").textContent = chosen ? ` (${chosen})` : "";
}

filters.addEventListener("pointerdown", () => (byFinger = true));
filters.addEventListener("keydown", ({ key }) => {
  byFinger = false;
  if (key === "Escape" && filters.open) closeFilters();
});
filters.addEventListener("change", () => {
  sayHowMany();
  if (byFinger) closeFilters();
});
addEventListener("pointerdown", ({ target }) => {
  if (filters.open && !filters.contains(target)) changing(() => (filters.open = false));
});
addEventListener("pageshow", sayHowMany); // a browser that comes back fills the form in by itself
