// The time on the server, and counters of elapsed time.
"use strict";

// A phone's clock may be wrong by an hour. The page has the server's time when it was sent, which
// is about when its first byte arrived.
const sentAt = Date.parse(document.querySelector("meta[name=server-time]").content);
const cameAfter = performance.getEntriesByType("navigation")[0]?.responseStart ?? performance.now();
const aheadOfServer = Date.now() - performance.now() + cameAfter - sentAt;

function showElapsed() {
  const now = Date.now() - aheadOfServer;
  for (const time of document.querySelectorAll("time[data-since]")) {
    const seconds = Math.max(0, Math.floor((now - Date.parse(time.dataset.since)) / 1000));
    const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    const two = (number) => String(number).padStart(2, "0");
    const text = h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
    if (time.textContent !== text) time.textContent = text;
  }
}

document.addEventListener("htmx:after:swap", showElapsed);
setInterval(showElapsed, 1_000);
showElapsed();
