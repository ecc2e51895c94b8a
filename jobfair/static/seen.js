// A call that has come to its student's eyes: the stand is told, once for each turn and page.
// Without this file the stand learns it from the answer.
"use strict";

const toldSeen = new Set();

async function tellSeen(card) {
  const { turn, seen } = card.dataset;
  if (toldSeen.has(turn)) return;
  toldSeen.add(turn);
  // Any form of the card's has the token.
  const body = new URLSearchParams(new FormData(card.querySelector("form")));
  body.set("turn", turn);
  const answer = await fetch(seen, { method: "POST", body }).catch(() => null);
  if (!answer?.ok) toldSeen.delete(turn); // tried again when the page changes, or is looked at
}

function tellWhatIsSeen() {
  if (!document.hidden) document.querySelectorAll("[data-seen]").forEach(tellSeen);
}

document.addEventListener("htmx:after:swap", tellWhatIsSeen);
document.addEventListener("visibilitychange", tellWhatIsSeen);
addEventListener("online", tellWhatIsSeen);
tellWhatIsSeen();
