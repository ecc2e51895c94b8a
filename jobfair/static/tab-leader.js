// Of the tabs that a student, an organiser or a stand has open in one browser one is the leader: it
// has the stream, also in the background, and forwards its events to the others. Over HTTP/1.1 a
// browser opens only six connections to a site, so with a stream in each tab the seventh page would
// not load.
//
// A tab that becomes visible takes over, as the browser may have suspended the hidden leader. It
// resumes from the leader's last event. Without Web Locks, which need HTTPS, each tab has its own
// stream.
"use strict";

const LOOK_MS = 5_000; // after that, a visible tab takes over from a suspended leader
const HINTED_MS = 100; // one change comes as several messages
const TOLD_MS = 300; // a leader that is awake has sent its last event id by then

if (live && navigator.locks && window.BroadcastChannel) {
  const name = `jobfair-lead-${document.currentScript.dataset.viewer}`;
  const tabs = new BroadcastChannel(name);

  let giveBack = null; // releases the lock; set in the leader only
  let line = null;
  let listening = false; // has a stream, or is opening one
  let alone = true;

  // ---- Who leads ----------------------------------------------------------------------------

  // Leads until the lock is released or stolen. Returns whether it was stolen.
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
      if (reason.name !== "AbortError") listen(); // locks do not work on this page
      if (release && release === giveBack) fallBehind();
      return release !== null;
    }
  }

  async function standInLine() {
    line = new AbortController();
    if (await lead({ signal: line.signal })) standInLine();
  }

  async function takeOver() {
    const { held } = await navigator.locks.query(); // by then, a single tab has the lock
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

  let told = null; // called once that id is known
  const toasted = new Set();

  function listen() {
    listening = true;
    htmx.trigger(live, "lead");
  }

  function letGo() {
    listening = false;
    endStream(live);
  }

  // Whether this tab has to show a message: a toast may come from the stream and from a tab.
  function isNews({ event, id, data }) {
    noteEvent({ event, id });
    if (event || !data.startsWith(TOAST)) return true;
    if (toasted.has(id)) return false;
    toasted.add(id);
    return true;
  }

  live.addEventListener("htmx:config:request", (event) => {
    if (!listening) return event.preventDefault();
    const { request } = event.detail.ctx;
    if (!alone) request.action = including("others", request.action);
  });
  live.addEventListener("htmx:sse:before:connection", (event) => listening || event.preventDefault());
  live.addEventListener("htmx:sse:after:connection", () => listening || letGo());
  live.addEventListener("htmx:sse:before:message", (event) => {
    const { event: kind, id, data } = event.detail.message;
    tabs.postMessage({ event: kind, id, data: data.startsWith(TOAST) ? data : "" });
    if (!isNews({ event: kind, id, data })) event.preventDefault();
  });
  // As no stream comes through, this tab asks for all of them.
  live.addEventListener("asked", ({ detail: { text, id } }) => {
    const toastsAt = text.indexOf(TOAST);
    tabs.postMessage({ event: "", id, data: toastsAt < 0 ? "" : text.slice(toastsAt) });
  });
  // A tab may lead again before its old stream has ended.
  live.addEventListener("htmx:sse:close", () => {
    if (listening) setTimeout(listen);
    else inTouch();
  });
  live.addEventListener("htmx:finally:request", ({ detail }) => {
    if (listening && detail.ctx.request.signal.aborted) setTimeout(listen);
  });

  // ---- Without a stream: loads its regions after each event and when it becomes visible ------

  let asking = false;
  let askAgain = false;
  let hinted = null;

  // A flashing title has to stop when the turn ends.
  const isLookedAt = () => !document.hidden || flashing;

  async function look() {
    hinted = null;
    askAgain = asking;
    if (asking || listening || !isLookedAt()) return;
    asking = true;
    if (await askForPage()) heard();
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
