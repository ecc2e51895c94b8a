// The filters of a list lie over it until one has chosen: the list behind them follows each choice. They say how
// many are chosen. A link that takes a choice back does so in the form, which then asks for the list as always; so
// does the kind of offer that is chosen, when it is tapped again.
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

// Of those that are out of sight while the filters are closed: chips say it themselves.
function sayHowMany() {
  const chosen = choices().filter((each) => each.value && !isChoosable(each)).length;
  document.getElementById("filters-chosen").textContent = chosen ? ` (${chosen})` : "";
}

const chosenOffer = () => search.querySelector("[name=looking_for]:checked");
let offer = chosenOffer(); // as it was before a tap

function clear(control) {
  if (isChoosable(control)) control.checked = false;
  else control.value = "";
}

// Those of one name, or all of them where none is named.
function takeBack(name) {
  const cleared = name === "q" ? [search.elements.q] : choices().filter((each) => !name || each.name === name);
  cleared.forEach(clear);
  offer = chosenOffer();
  sayHowMany();
  search.dispatchEvent(new Event("input", { bubbles: true }));
}

// A chip that would leave nothing says so, and cannot be chosen.
function sayWhatLeavesNothing() {
  const none = document.getElementById("choices").dataset.none.split(" ");
  for (const each of choices().filter(isChoosable)) {
    each.disabled = !each.checked && none.includes(each.type === "radio" ? each.value : each.name);
  }
}

document.addEventListener("htmx:after:swap", sayWhatLeavesNothing);
filters.addEventListener("keydown", ({ key }) => {
  if (key === "Escape" && filters.open) closeFilters(filters.querySelector("summary"));
});
search.addEventListener("change", sayHowMany);
search.addEventListener("click", ({ target }) => {
  if (offer && target === offer) takeBack(offer.name);
  offer = chosenOffer();
});
document.addEventListener("click", (event) => {
  const { target } = event;
  const link = target.closest("a[data-clears]");
  if (link || target.closest("#filters-done")) event.preventDefault();
  if (link) takeBack(link.dataset.clears);
  // What was tapped goes with its choice: the focus stays near.
  if (link ? !filters.contains(link) : event.defaultPrevented) closeFilters(document.getElementById("companies"));
});
// A tap on the list behind puts them away, and does nothing else: what lies under it was not meant.
document.addEventListener("click", (event) => {
  if (!filters.open || !event.target.closest("#companies")) return;
  event.preventDefault();
  event.stopPropagation();
  closeFilters(filters.querySelector("summary"));
}, true);
search.addEventListener("focusout", ({ relatedTarget }) => {
  if (filters.open && relatedTarget && !search.contains(relatedTarget)) changing(() => (filters.open = false));
});
addEventListener("pageshow", () => {
  offer = chosenOffer(); // a browser that comes back fills the form in by itself
  sayHowMany();
  sayWhatLeavesNothing();
});
