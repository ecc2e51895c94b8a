// A list of which one chooses what it shows: its stream follows what is chosen.
"use strict";

const shownNow = () => document.querySelector("[data-live]").dataset.live;
let followed = shownNow();

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  const shown = shownNow();
  if (shown === followed) return;
  // A stream that was just being opened may still send what was chosen before.
  if (ctx.sourceElement === live) reconnect();
  else listenAt((followed = shown));
});
