// An error page that loads the wanted page again: after the seconds it names, and as soon as the
// network is back.
"use strict";

const { retry } = document.body.dataset;
if (retry) {
  setTimeout(() => location.reload(), retry * 1000);
  addEventListener("online", () => location.reload());
}
