// Watches the page's stream: detects silence, loss and refusal, and shows how old the page is.
"use strict";

const live = document.getElementById("live");
const banner = document.getElementById("connection");

const SILENCE_MS = 35_000; // two heartbeats missed
const GRACE_MS = 4_000; // a shorter interruption is not shown
const RELOAD_MS = 60_000; // a refused stream reloads its page at most this often
const RELOADED = "jobfair-reloaded";

let connection = null;
let heardAt = Date.now();
let lostAt = Date.now();
let rightAt = Date.now(); // when the page was last up to date

function inTouch() {
  heardAt = Date.now();
  lostAt = null;
  showBanner(false);
}

function showBanner(shown) {
  if (banner.hidden === shown) changing(() => (banner.hidden = !shown));
}

function heard() {
  inTouch();
  rightAt = heardAt;
}

function lost() {
  lostAt ??= Date.now();
}

function reconnect() {
  heardAt = Date.now();
  lost();
  cutConnection(connection);
}

function watchStream() {
  if (!live) return;
  if (Date.now() - heardAt > SILENCE_MS) reconnect();
  if (lostAt && Date.now() - lostAt > GRACE_MS) showBanner(true);
  if (!banner.hidden) showAge();
}

function showAge() {
  const seconds = Math.floor((Date.now() - rightAt) / 1000);
  const [amount, unit] = seconds < 60 ? [seconds - (seconds % 10), "second"] : [Math.floor(seconds / 60), "minute"];
  const ages = new Intl.RelativeTimeFormat(document.documentElement.lang, { style: "short" });
  banner.querySelector(".age").hidden = !amount;
  banner.querySelector(".age b").textContent = ages.format(-amount, unit);
}

// The sign-in has ended or the link was replaced: reloading the page shows why.
function streamRefused(status) {
  lost();
  const reloadedAt = Number(sessionStorage.getItem(RELOADED));
  if (![401, 404].includes(status) || Date.now() - reloadedAt < RELOAD_MS) return;
  sessionStorage.setItem(RELOADED, Date.now());
  location.reload();
}

if (live) {
  live.addEventListener("htmx:sse:after:connection", ({ detail }) => (connection = detail.connection));
  live.addEventListener("htmx:sse:before:message", heard);
  live.addEventListener("htmx:sse:before:connection", ({ detail }) => detail.connection.attempt && lost());
  live.addEventListener("htmx:sse:error", ({ detail }) => streamRefused(detail.status));
  live.addEventListener("htmx:sse:close", lost);
  live.addEventListener("htmx:response:error", ({ detail }) => streamRefused(detail.ctx.response.status));
  addEventListener("offline", lost);
  addEventListener("online", reconnect);
}

setInterval(watchStream, 1_000);
