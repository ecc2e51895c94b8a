// A page that says that something failed asks again by itself, for the page that was wanted:
// after as many seconds as it says, and at once when the network is back.
"use strict";

const { retry } = document.body.dataset;
if (retry) {
  setTimeout(() => location.reload(), retry * 1000);
  addEventListener("online", () => location.reload());
}
