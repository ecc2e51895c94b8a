// Hides actions whose time is over, which the server refuses anyway, and shows what is said from some
// moment on.
"use strict";

const isPast = (moment) => Date.parse(moment) <= serverNow();

function showInTime() {
  for (const timed of document.querySelectorAll("[data-until], [data-from]")) {
    const { until, from } = timed.dataset;
    const hidden = until ? isPast(until) : !isPast(from);
    if (timed.hidden !== hidden) changing(() => (timed.hidden = hidden));
  }
}

document.addEventListener("htmx:after:swap", showInTime);
setInterval(showInTime, 1_000);
showInTime();
