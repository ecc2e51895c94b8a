// Shows what was typed into a password field, until it is sent.
"use strict";

function showSecret(button, shown) {
  const input = document.getElementById(button.dataset.shows);
  button.setAttribute("aria-pressed", shown);
  input.type = shown ? "text" : "password";
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-shows]");
  if (button) showSecret(button, button.ariaPressed !== "true");
});

// A browser offers to keep what a password field held.
document.addEventListener("submit", ({ target }) => {
  for (const button of target.querySelectorAll("[data-shows]")) showSecret(button, false);
});
