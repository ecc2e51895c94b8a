// The filters of a list lie over it until one has chosen: the list behind them follows each choice. They say how
// many are chosen. A link that takes a choice back does so in the form, which then asks for the list as always.
"use strict";

const search = document.getElementById("search");
const filters = document.getElementById("filters");

// What narrows the list: all but the words that are searched for and the order.
const choices = () => Array.from(search.elements).filter(({ name }) => name && !["q", "sort"].includes(name));
const isChoosable = ({ type }) => type === "checkbox" || type === "radio";

function closeFilters(then) {
  changing(() => (filters.open = false));
  then.focus();
}

function sayHowMany() {
  const chosen = choices().filter((each) => each.value && (!isChoosable(each) || each.checked)).length;
  document.getElementById("filters-chosen").textContent = chosen ? ` (${chosen})` : "";
}

function clear(control) {
  if (isChoosable(control)) control.checked = control.type === "radio" && !control.value;
  else control.value = "";
}

// Those of one name, or all of them where none is named.
function takeBack(name) {
  const cleared = name === "q" ? [search.elements.q] : choices().filter((each) => !name || each.name === name);
  cleared.forEach(clear);
  sayHowMany();
  search.dispatchEvent(new Event("input", { bubbles: true }));
}

filters.addEventListener("keydown", ({ key }) => {
  if (key === "Escape" && filters.open) closeFilters(filters.querySelector("summary"));
});
search.addEventListener("change", sayHowMany);
document.addEventListener("click", (event) => {
  const { target } = event;
  const link = target.closest("a[data-clears]");
  if (link || target.closest("#filters-done")) event.preventDefault();
  if (link) takeBack(link.dataset.clears);
  // What was tapped goes with its choice: the focus stays near.
  if (link ? !filters.contains(link) : event.defaultPrevented) closeFilters(document.getElementById("companies"));
});
addEventListener("pointerdown", ({ target }) => {
  if (filters.open && !search.contains(target)) changing(() => (filters.open = false));
});
addEventListener("pageshow", sayHowMany); // a browser that comes back fills the form in by itself
