// Watches the page's stream: detects silence, loss and refusal, and shows how old the page is.
"use strict";

const live = document.getElementById("live");
const banner = document.getElementById("connection");
const delayed = document.getElementById("delayed");
const replaced = document.getElementById("replaced");

const SILENCE_MS = 35_000; // two heartbeats missed
const GRACE_MS = 4_000; // a shorter interruption is not shown
const ASKED_WITHIN_MS = 8_000; // the longest pause between two questions, see asking.js
const RELOAD_MS = 60_000; // a refused stream reloads its page at most this often
const FULL_SECONDS = 30; // as the server says where it has no room for one more stream
const RELOADED = "jobfair-reloaded";

let connection = null;
let streamRequest = null; // with which hx-sse opens it, the first time and each time after
let heardAt = steadyNow();
let heardUntil = ""; // id of the last event
let silentSince = steadyNow(); // null while the stream speaks
let lostAt = null; // since when nothing comes at all
let rightAt = steadyNow(); // when the page was last up to date
let awayUntil = 0; // before, it opens no stream: it has given way to other pages
let isAnswered = false; // when it asked last, as no stream comes through

function inTouch() {
  heardAt = steadyNow();
  silentSince = null;
  lostAt = null;
  showAbove(null);
}

// Shows one of the lines above the page, or none.
const LINES = [banner, delayed, replaced];

function showAbove(line) {
  if (LINES.every((each) => each.hidden === (each !== line))) return;
  changing(() => LINES.forEach((each) => (each.hidden = each !== line)));
}

function heard() {
  inTouch();
  isAnswered = false;
  rightAt = heardAt;
}

// The page has asked, as no stream comes through, and shows the answer.
function shownByAsking() {
  lostAt = null;
  showAbove(hasGivenWay() ? replaced : delayed);
  rightAt = steadyNow();
}

// Too many streams are open, and this page is to do without one: it asks meanwhile. Where the person
// comes back to it, it need not wait.
const hasGivenWay = () => steadyNow() < awayUntil;

function giveWay(seconds) {
  awayUntil = steadyNow() + seconds * 1000;
  silentSince ??= steadyNow();
  showAbove(replaced);
}

function comeBack() {
  if (document.hidden || !hasGivenWay()) return;
  awayUntil = 0;
  htmx.trigger(live, "lead");
}

function lost() {
  lostAt ??= steadyNow();
  silentSince ??= steadyNow();
}

// An event's toast comes after it: a stream resumed from here has not missed it.
function noteEvent({ event, id }) {
  if (!event || event === "heartbeat" || event === "connection_established") heardUntil = id;
}

function reconnect() {
  heardAt = steadyNow();
  lost();
  cutConnection(connection);
}

// The page shows something else now: its stream goes on with that.
function listenAt(address) {
  live.setAttribute("hx-sse:connect", address);
  if (!streamRequest) return;
  const forOthers = /[?&]others\b/.test(streamRequest.action);
  streamRequest.action = forOthers ? including("others", address) : address;
  // One that waits before its next try takes the new address then.
  if (isReading(connection)) reconnect();
}

function watchStream() {
  if (!live) return;
  if (steadyNow() - heardAt > SILENCE_MS) reconnect();
  const asks = !delayed.hidden || !replaced.hidden;
  const grace = asks ? GRACE_MS + ASKED_WITHIN_MS : GRACE_MS;
  if (lostAt !== null && steadyNow() - lostAt > grace) showAbove(banner);
  if (!banner.hidden) showAge();
}

function showAge() {
  const seconds = Math.floor((steadyNow() - rightAt) / 1000);
  const [amount, unit] = seconds < 60 ? [seconds - (seconds % 10), "second"] : [Math.floor(seconds / 60), "minute"];
  const ages = new Intl.RelativeTimeFormat(document.documentElement.lang, { style: "short" });
  banner.querySelector(".age").hidden = !amount;
  banner.querySelector(".age b").textContent = ages.format(-amount, unit);
}

// The server answers, but has no room for one more stream: it is not asked for one all the time.
function streamNotOpened(status) {
  if (status === 503 && isAnswered) giveWay(FULL_SECONDS * (1 + Math.random() / 2));
  streamRefused(status);
}

// The sign-in has ended or the link was replaced: reloading the page shows why.
function streamRefused(status) {
  lost();
  const reloadedAt = Number(tabStorage.getItem(RELOADED));
  if (![401, 404].includes(status) || serverNow() - reloadedAt < RELOAD_MS) return;
  tabStorage.setItem(RELOADED, serverNow());
  location.reload();
}

if (live) {
  live.addEventListener("htmx:sse:after:connection", ({ detail }) => (connection = detail.connection));
  live.addEventListener("htmx:config:request", (event) => {
    if (hasGivenWay()) return event.preventDefault();
    streamRequest = event.detail.ctx.request;
    streamRequest.action = live.getAttribute("hx-sse:connect");
    if (heardUntil) streamRequest.headers["Last-Event-ID"] = heardUntil;
  });
  live.addEventListener("htmx:sse:before:message", ({ detail }) => {
    noteEvent(detail.message);
    heard();
    if (detail.message.event === "connection_replaced") giveWay(JSON.parse(detail.message.data).retry_seconds);
  });
  live.addEventListener("htmx:sse:before:connection", (event) => {
    if (hasGivenWay()) return event.preventDefault();
    const { connection: next } = event.detail;
    resumeAfter(next, heardUntil); // also after what the page was told by asking
    streamRequest.headers["If-None-Match"] = shownTag;
    if (next.attempt) lost();
  });
  live.addEventListener("htmx:sse:error", ({ detail }) => streamNotOpened(detail.status));
  live.addEventListener("htmx:sse:close", lost);
  live.addEventListener("htmx:response:error", ({ detail }) => streamNotOpened(detail.ctx.response.status));
  document.addEventListener("visibilitychange", comeBack);
  addEventListener("focus", comeBack);
  addEventListener("offline", lost);
  addEventListener("online", reconnect);
  addEventListener("devicewoke", reconnect); // nobody knows how long the line has been silent
}

setInterval(watchStream, 1_000);
