// Tells the stand that its call has been seen, once for each turn and page. Without this file the
// stand learns it when the student answers.
"use strict";

const reported = new Set();

async function tellSeen(card) {
  const { turn, seen } = card.dataset;
  if (reported.has(turn)) return;
  reported.add(turn);
  // Any form of the card has the CSRF token. It is read directly, not with FormData, which would use
  // up the idempotency key of the form's next tap.
  const body = new URLSearchParams({ csrf_token: card.querySelector("[name=csrf_token]").value, turn });
  const answer = await fetch(seen, { method: "POST", body }).catch(() => null);
  if (!answer?.ok) reported.delete(turn); // tried again when the page changes or comes into view
}

function tellWhatIsSeen() {
  if (!document.hidden) document.querySelectorAll("[data-seen]").forEach(tellSeen);
}

document.addEventListener("htmx:after:swap", tellWhatIsSeen);
document.addEventListener("visibilitychange", tellWhatIsSeen);
addEventListener("online", tellWhatIsSeen);
tellWhatIsSeen();
