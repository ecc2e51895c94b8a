// Of a student's tabs in one browser, one leads: it holds the stream, in the background too, and
// tells the others to look again. Over HTTP/1.1 a browser opens six connections to a site, and a
// stream for each tab would leave none for the seventh page.
//
// Whoever comes into sight takes the lead, as a tab out of sight may have been put to sleep. A tab
// that does not lead asks for its regions when told, every five seconds while somebody looks at
// it, and not at all otherwise. Where there are no Web Locks, every tab has a stream of its own.
"use strict";

const viewer = live?.dataset.viewer;

if (viewer && navigator.locks && window.BroadcastChannel) {
  const name = `jobfair-lead-${viewer}`;
  const others = new BroadcastChannel(name);
  const look = () => htmx.trigger(live, "look");
  let leading = false;
  let asking = false;
  let missed = false;
  let inLine = null;

  function follow() {
    leading = false;
    connection?.reader?.cancel().catch(() => {});
  }

  // Holds the lock until the page closes or another tab takes it; then stands in line again.
  async function lead(steal) {
    inLine?.abort();
    inLine = steal ? null : new AbortController();
    const options = steal ? { steal } : { signal: inLine.signal };
    try {
      await navigator.locks.request(name, options, () => {
        inLine = null;
        leading = true;
        delete live.dataset.rests;
        look();
        return new Promise(() => {});
      });
    } catch ({ name: reason }) {
      if (reason !== "AbortError" || options.signal?.aborted) return; // out of line: it takes the lead
      follow();
      lead(false);
    }
  }

  function comeIntoSight() {
    if (document.hidden) {
      if (!leading) live.dataset.rests = "yes";
    } else {
      delete live.dataset.rests;
      if (!leading) lead(true);
    }
  }

  // What #live sends: the leader a stream, the others a question, those out of sight nothing.
  live.addEventListener("htmx:config:request", (event) => {
    if (leading) return;
    if (document.hidden) return event.preventDefault();
    asking = true;
    event.detail.ctx.request.action += `${event.detail.ctx.request.action.includes("?") ? "&" : "?"}once`;
  });
  live.addEventListener("htmx:finally:request", ({ detail }) => {
    if (!asking) return;
    asking = false;
    if (detail.ctx.response?.status === 200) heard();
    if (missed || leading) look();
    missed = false;
  });
  live.addEventListener("htmx:sse:before:message", ({ detail }) => {
    if (!leading) follow(); // was about to connect when it lost the lead
    else if (detail.message.event !== "heartbeat") others.postMessage(toastsOf(detail.message.data));
  });
  live.addEventListener("htmx:sse:before:connection", (event) => leading || event.preventDefault());
  live.addEventListener("htmx:sse:close", () => {
    if (leading) return;
    heard(); // given up, not lost
    look();
  });
  others.addEventListener("message", ({ data }) => {
    if (data) htmx.swap({ text: data, sourceElement: live, target: live, swap: "none" });
    if (asking) missed = true;
    else if (!leading) look();
  });

  document.addEventListener("visibilitychange", comeIntoSight);
  addEventListener("pageshow", ({ persisted }) => persisted && comeIntoSight());
  if (document.hidden) lead(false);
  comeIntoSight();
}

// A message that stands in no region: every tab has to be given it.
function toastsOf(html) {
  return [...html.matchAll(/<hx-partial hx-target="#toasts"[^]*?<\/hx-partial>/g)].map(([toast]) => toast).join("");
}
