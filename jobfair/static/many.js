// A list of which many can be ticked: how many are, all of the page at once, and all of the filter seen as such.
// The bar that acts on them is in reach by the style sheet alone.
"use strict";

const boxes = (which) => Array.from(document.querySelectorAll(`input[form="many"][type="checkbox"]${which}`));
const rows = () => boxes(':not([name="all"])');
const every = () => boxes('[name="all"]')[0];

function say() {
  if (!every()) return; // nobody is listed
  const listed = rows();
  if (every().checked) listed.forEach((row) => (row.checked = true));
  const ticked = listed.filter(({ checked }) => checked).length;
  document.querySelector("[data-ticked]").textContent = every().checked ? every().dataset.total : ticked;
  for (const all of document.querySelectorAll("[data-tick-page]")) {
    all.checked = ticked > 0 && ticked === listed.length;
    all.indeterminate = ticked > 0 && ticked < listed.length;
  }
}

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-tick-page]") || target === every()) {
    rows().forEach((row) => (row.checked = target.checked));
    if (!target.checked) every().checked = false;
  }
  if (rows().includes(target) && !target.checked) every().checked = false;
  if (target === every() || target.matches('[data-tick-page], [form="many"]')) say();
});
document.addEventListener("htmx:after:swap", say);
addEventListener("pageshow", say); // a browser that comes back ticks by itself
