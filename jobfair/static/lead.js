// Of a student's tabs in one browser, one leads: it holds the stream, in the background too, and
// passes on what it hears. Over HTTP/1.1 a browser opens six connections to a site, and a stream
// for each tab would leave none for the seventh page.
//
// Whoever comes into sight takes the lead, as a tab out of sight may have been put to sleep. Who
// led before goes on listening until the new leader does. Where there are no Web Locks, as on
// pages that are not secure, every tab has a stream of its own.
"use strict";

const LOOK_MS = 5_000; // in sight and not leading: should the leader be asleep
const HINTED_MS = 100; // one change comes as several messages
const LINGER_MS = 1_000; // for what the new leader was too late to hear, and a slow process to tell
const ANSWERED_MS = 10_000;
const TOAST = '<hx-partial hx-target="#toasts"';

if (live && navigator.locks && window.BroadcastChannel) {
  const name = `jobfair-lead-${document.currentScript.dataset.viewer}`;
  const tabs = new BroadcastChannel(name);

  let giveBack = null; // the lead, in the tab that has it
  let line = null;
  let listening = false; // has a stream, or is opening one
  let alone = true;
  let lingering = null;

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
      if (release && release === giveBack) giveBack = null;
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
    lead({ steal: true });
  }

  function come() {
    standInLine();
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
  let caughtUp = false; // its stream has told what this tab had missed, and how things are
  const toasted = new Set();

  function listen() {
    listening = true;
    htmx.trigger(live, "lead");
  }

  function letGo() {
    listening = caughtUp = false;
    htmx.trigger(live, "htmx:abort");
    live._htmx?.sse?.abortController.abort();
  }

  // A new tab knows nothing of what came before it: that, the one before has to hear and pass on.
  function rest() {
    lingering = giveBack || caughtUp ? null : setTimeout(rest, LINGER_MS);
    if (giveBack || !caughtUp) return;
    letGo();
    look();
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
  live.addEventListener("htmx:sse:before:connection", (event) => {
    caughtUp = false;
    if (!listening) event.preventDefault();
  });
  live.addEventListener("htmx:sse:after:connection", () => listening || letGo());
  live.addEventListener("htmx:sse:before:message", (event) => {
    const { event: kind, id, data } = event.detail.message;
    const toast = data.startsWith(TOAST) ? data : "";
    if (!kind && !toast) caughtUp = true;
    tabs.postMessage({ event: kind, id, data: toast, leads: giveBack !== null });
    if (!isNews({ event: kind, id, data })) event.preventDefault();
  });
  live.addEventListener("htmx:sse:close", () => {
    if (listening) setTimeout(listen); // leads again already
    else inTouch();
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
    if (isNews(message) && message.data) show(message.data);
    if (listening && !giveBack && message.leads) lingering ??= setTimeout(rest, LINGER_MS);
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
