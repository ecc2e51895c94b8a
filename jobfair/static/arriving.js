// A second tap meets the page that the first one led to: for a moment its controls do not act. The page is seen
// before its other scripts have come, so that this one comes first.
"use strict";

const SETTLES_MS = 800;
const LED_HERE = "jobfair-led-here"; // written by settling.js

if (tabStorage.getItem(LED_HERE)) {
  const { dataset } = document.documentElement;
  dataset.settling = ""; // see components.css
  // From when it is seen: a page is not drawn before its style sheets have come.
  requestAnimationFrame(() => setTimeout(() => delete dataset.settling, SETTLES_MS));
}
tabStorage.removeItem(LED_HERE);
