// The page asks whether one is sure, in its own words. Its answers come under the finger: they act a moment
// later, and the focus is on the one that changes nothing.
"use strict";

const question = document.getElementById("question");

function ask(words, button) {
  const yes = question.querySelector("[value=yes]");
  question.querySelector("[data-words]").textContent = words;
  yes.className = button?.classList.contains("button-danger") ? "button button-danger" : "button button-primary";
  const label = button?.querySelector("span")?.firstChild.textContent.trim();
  yes.querySelector("span").textContent = button?.form.dataset.yes || label || yes.dataset.else;
  question.returnValue = "";
  question.showModal();
  question.querySelectorAll("button").forEach((button) => rest(button));
  return new Promise((resolve) => {
    question.addEventListener("close", () => resolve(question.returnValue === "yes"), { once: true });
  });
}

// What it covered is bare before the finger is lifted, and must not be hit by a second tap.
question.addEventListener("submit", () => bared(question.getBoundingClientRect()));

document.addEventListener("htmx:confirm", async (event) => {
  const { ctx, issueRequest, dropRequest } = event.detail;
  if (!ctx.confirm) return;
  event.preventDefault();
  const button = ctx.sourceElement.querySelector("button[type=submit]");
  if (await ask(ctx.confirm, button)) issueRequest();
  else dropRequest();
});
