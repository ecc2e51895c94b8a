// Of a student's tabs in one browser, one leads: it holds the stream, in the background too, and
// passes on what it hears. Over HTTP/1.1 a browser opens six connections to a site, and a stream
// for each tab would leave none for the seventh page.
//
// Whoever comes into sight takes the lead, as a tab out of sight may have been put to sleep, and
// goes on from where the one before had come to. Where there are no Web Locks, as on pages that
// are not secure, every tab has a stream of its own.
"use strict";

const LOOK_MS = 5_000; // in sight and not leading: should the leader be asleep
const HINTED_MS = 100; // one change comes as several messages
const TOLD_MS = 300; // a leader that is awake says by then where it has come to
const ANSWERED_MS = 10_000;
const TOAST = '<hx-partial hx-target="#toasts"';

if (live && navigator.locks && window.BroadcastChannel) {
  const name = `jobfair-lead-${document.currentScript.dataset.viewer}`;
  const tabs = new BroadcastChannel(name);

  let giveBack = null; // the lead, in the tab that has it
  let line = null;
  let listening = false; // has a stream, or is opening one
  let alone = true;

  // ---- Who leads ----------------------------------------------------------------------------

  // Until the lead is given back, or taken. Says whether it was taken.
  async function lead(options) {
    let release = null;
    const hold = () => new Promise((resolve) => {
      giveBack = release = resolve;
      listen();
    });
    try {
      await navigator.locks.request(name, options, hold);
      return false;
    } catch (reason) {
      if (reason.name !== "AbortError") listen(); // no locks for this page after all
      if (release && release === giveBack) fallBehind();
      return release !== null;
    }
  }

  async function standInLine() {
    line = new AbortController();
    if (await lead({ signal: line.signal })) standInLine();
  }

  async function takeOver() {
    const { held } = await navigator.locks.query(); // by then a tab that is alone leads
    if (giveBack || !held.some((lock) => lock.name === name)) return;
    alone = false;
    if (!heardUntil) await new Promise((resolve) => setTimeout((told = resolve), TOLD_MS));
    if (!giveBack) lead({ steal: true });
  }

  function fallBehind() {
    giveBack = null;
    letGo();
    look();
  }

  function come() {
    standInLine();
    tabs.postMessage({ asks: true });
    if (document.hidden) inTouch();
    else takeOver();
  }

  function leave() {
    line.abort();
    giveBack?.();
    giveBack = null;
    letGo();
  }

  // ---- The stream ---------------------------------------------------------------------------

  let heardUntil = ""; // by this tab, itself or through another
  let told = null; // to be called once that is known
  const toasted = new Set();

  function listen() {
    listening = true;
    htmx.trigger(live, "lead");
  }

  function letGo() {
    listening = false;
    endStream(live);
  }

  // Whether a message is for this tab to show: a toast may come by two ways.
  function isNews({ event, id, data }) {
    // An event's toast comes after it: whoever goes on from here has not missed it.
    if (!event || event === "heartbeat" || event === "connection_established") heardUntil = id;
    if (event || !data.startsWith(TOAST)) return true;
    if (toasted.has(id)) return false;
    toasted.add(id);
    return true;
  }

  live.addEventListener("htmx:config:request", (event) => {
    if (!listening) return event.preventDefault();
    const { request } = event.detail.ctx;
    if (!alone) request.action += "?others";
    if (heardUntil) request.headers["Last-Event-ID"] = heardUntil;
  });
  live.addEventListener("htmx:sse:before:connection", (event) => listening || event.preventDefault());
  live.addEventListener("htmx:sse:after:connection", () => listening || letGo());
  live.addEventListener("htmx:sse:before:message", (event) => {
    const { event: kind, id, data } = event.detail.message;
    tabs.postMessage({ event: kind, id, data: data.startsWith(TOAST) ? data : "" });
    if (!isNews({ event: kind, id, data })) event.preventDefault();
  });
  // A tab may lead again before what it let go of has ended.
  live.addEventListener("htmx:sse:close", () => {
    if (listening) setTimeout(listen);
    else inTouch();
  });
  live.addEventListener("htmx:finally:request", ({ detail }) => {
    if (listening && detail.ctx.request.signal.aborted) setTimeout(listen);
  });

  // ---- Without a stream: asks, when told and when looked at --------------------------------

  let asking = false;
  let askAgain = false;
  let hinted = null;

  const show = (text) => htmx.swap({ text, sourceElement: live, target: live, swap: "none" });
  // A title that flashes has to stop with its turn.
  const isLookedAt = () => !document.hidden || flashing;

  async function ask() {
    const address = `${live.getAttribute("hx-sse:connect")}?once`;
    try {
      const answer = await fetch(address, { signal: AbortSignal.timeout(ANSWERED_MS) });
      if (!answer.ok) return streamRefused(answer.status);
      const text = await answer.text();
      heard();
      await show(text);
    } catch {
      lost();
    }
  }

  async function look() {
    hinted = null;
    askAgain = asking;
    if (asking || listening || !isLookedAt()) return;
    asking = true;
    await ask();
    asking = false;
    if (askAgain) look();
  }

  tabs.addEventListener("message", ({ data: message }) => {
    alone = false;
    if (message.asks) {
      if (giveBack && heardUntil) tabs.postMessage({ event: "heartbeat", id: heardUntil, data: "" });
      return;
    }
    if (isNews(message) && message.data) show(message.data);
    if (heardUntil) told?.();
    if (listening) return;
    if (isLookedAt()) hinted ??= setTimeout(look, HINTED_MS);
    else inTouch();
  });

  addEventListener("online", look);
  document.addEventListener("visibilitychange", () => document.hidden || takeOver());
  addEventListener("pagehide", leave);
  addEventListener("pageshow", ({ persisted }) => persisted && come());
  setInterval(look, LOOK_MS);
  come();
}
