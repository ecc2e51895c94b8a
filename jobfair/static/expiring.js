// Hides actions whose time is over. The server refuses them anyway.
"use strict";

function hideWhatIsOver() {
  for (const brief of document.querySelectorAll("[data-until]")) {
    const over = Date.parse(brief.dataset.until) <= serverNow();
    if (brief.hidden !== over) changing(() => (brief.hidden = over));
  }
}

document.addEventListener("htmx:after:swap", hideWhatIsOver);
setInterval(hideWhatIsOver, 1_000);
hideWhatIsOver();
