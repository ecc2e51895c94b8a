// The filters of a list lie over it: they close once one has chosen by finger, and say how many are chosen.
"use strict";

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
