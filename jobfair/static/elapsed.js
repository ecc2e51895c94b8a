// Counters of elapsed time, and of time left.
"use strict";

function showSeconds(place, milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (number) => String(number).padStart(2, "0");
  const text = h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
  if (place.textContent !== text) place.textContent = text;
}

function showElapsed() {
  const now = serverNow();
  for (const time of document.querySelectorAll("time[data-since]")) showSeconds(time, now - Date.parse(time.dataset.since));
  for (const left of document.querySelectorAll("[data-left]")) showSeconds(left, Date.parse(left.dataset.left) - now);
}

document.addEventListener("htmx:after:swap", showElapsed);
setInterval(showElapsed, 1_000);
showElapsed();
