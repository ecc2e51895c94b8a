// Buttons that copy the text of a field, such as a company's link.
"use strict";

async function copy(button) {
  const source = document.querySelector(button.dataset.copy);
  source.select();
  // The clipboard API needs HTTPS, which a fair's local network may not have.
  if (navigator.clipboard) await navigator.clipboard.writeText(source.value);
  else document.execCommand("copy");
  const label = button.querySelector("span");
  button.dataset.label ??= label.textContent;
  label.textContent = button.dataset.copied;
  setTimeout(() => (label.textContent = button.dataset.label), 2_000);
}

document.addEventListener("click", ({ target }) => {
  const copyButton = target.closest("[data-copy]");
  if (copyButton) copy(copyButton);
});
