// The list of companies: its stream follows what is chosen.
"use strict";

const shownNow = () => document.getElementById("companies").dataset.live;
let followed = shownNow();

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  const shown = shownNow();
  if (shown === followed) return;
  // A stream that was just being opened may still send what was chosen before.
  if (ctx.sourceElement === live) reconnect();
  else listenAt((followed = shown));
});
