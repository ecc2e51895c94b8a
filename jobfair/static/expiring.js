// Hides actions whose time is over. The server refuses them anyway.
"use strict";

function hideWhatIsOver() {
  for (const brief of document.querySelectorAll("[data-until]")) {
    brief.hidden = Date.parse(brief.dataset.until) <= Date.now();
  }
}

document.addEventListener("htmx:after:swap", hideWhatIsOver);
setInterval(hideWhatIsOver, 1_000);
hideWhatIsOver();
