// The only file that asks what time it is. A device's clock may be wrong by an hour, and may be set
// while the page is open: nothing else counts by it.
"use strict";

// For how long something takes, in milliseconds since some moment: a clock that nobody sets.
const steadyNow = () => performance.now();

// For when something is: the server's time, in milliseconds since the epoch. The page has the
// server's time when it was sent, which is about when its first byte arrived.
const sentAt = Date.parse(document.querySelector("meta[name=server-time]").content);
let serverAhead = sentAt - (performance.getEntriesByType("navigation")[0]?.responseStart ?? steadyNow());

const serverNow = () => steadyNow() + serverAhead;

// ---- The device slept, or its clock was set ------------------------------------------------------

// While a device sleeps, its steady clock may stand still. Its other clock shows that, but may have
// been set as well. So the server is asked for the time again.

const APART_MS = 2_000;
const ROUNDED_DOWN_MS = 500; // the answer's date has no fractions

let deviceAhead = Date.now() - steadyNow();
let isUnsure = false;
let isAsking = false;

async function askServerForTime() {
  const askedAt = steadyNow();
  const { href } = document.querySelector("link[rel=icon]");
  const answer = await fetch(href, { method: "HEAD", cache: "no-store" });
  serverAhead = Date.parse(answer.headers.get("Date")) + ROUNDED_DOWN_MS - (askedAt + steadyNow()) / 2;
  isUnsure = false;
}

async function watchClocks() {
  const ahead = Date.now() - steadyNow();
  if (Math.abs(ahead - deviceAhead) > APART_MS) {
    deviceAhead = ahead;
    isUnsure = true;
    dispatchEvent(new Event("devicewoke"));
  }
  if (!isUnsure || isAsking) return;
  isAsking = true;
  await askServerForTime().catch(() => {}); // tried again in a second
  isAsking = false;
}

setInterval(watchClocks, 1_000);
