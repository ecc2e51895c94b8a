// A call that has come to its student's eyes: the stand is told, once for each turn and page.
// Without this file the stand learns it from the answer.
"use strict";

const reported = new Set();

async function tellSeen(card) {
  const { turn, seen } = card.dataset;
  if (reported.has(turn)) return;
  reported.add(turn);
  // Any form of the card's has the token. It is not read as a form is that is sent: the key of its
  // next tap would be spent on this.
  const body = new URLSearchParams({ csrf_token: card.querySelector("[name=csrf_token]").value, turn });
  const answer = await fetch(seen, { method: "POST", body }).catch(() => null);
  if (!answer?.ok) reported.delete(turn); // tried again when the page changes, or is looked at
}

function tellWhatIsSeen() {
  if (!document.hidden) document.querySelectorAll("[data-seen]").forEach(tellSeen);
}

document.addEventListener("htmx:after:swap", tellWhatIsSeen);
document.addEventListener("visibilitychange", tellWhatIsSeen);
addEventListener("online", tellWhatIsSeen);
tellWhatIsSeen();
