// Runs while no page is open: shows pushed calls, and an offline page when there is no network. It
// caches nothing else: a cached queue would be out of date.
"use strict";

const KEPT = "jobfair-offline-2";
const OFFLINE = "/offline";

// ---- Without network ----------------------------------------------------------------------

async function keepOffline() {
  const page = await fetch(OFFLINE, { cache: "reload" });
  const linked = /(?:href|src)="(\/static\/[^"]+)"/g;
  const files = [...(await page.clone().text()).matchAll(linked)].map((found) => found[1]);
  const cache = await caches.open(KEPT);
  await Promise.all([cache.put(OFFLINE, page), cache.addAll(files)]);
}

async function forgetOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name)));
  await self.registration.navigationPreload?.enable();
}

async function fromNetwork(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return (await caches.match(OFFLINE)) ?? Response.error();
  }
}

// The files of the offline page, from the cache if the network is down.
async function fileOrKept(event) {
  try {
    return await fetch(event.request);
  } catch {
    return (await caches.match(event.request)) ?? Response.error();
  }
}

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil(keepOffline());
});
addEventListener("activate", (event) => event.waitUntil(forgetOthers()));
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(fromNetwork(event));
  else if (["style", "script"].includes(request.destination)) event.respondWith(fileOrKept(event));
});

// ---- A call -------------------------------------------------------------------------------

const VIBRATION = [250, 120, 250, 120, 500];

// A push that arrives twice replaces itself without ringing again. So does one for a visible page,
// which has rung already. Each push must show something, or browsers withdraw the permission.
async function show({ title, body, tag, turn, urgent, language }) {
  const pages = await clients.matchAll({ type: "window" });
  const shown = await registration.getNotifications({ tag });
  const known = shown.some(({ data }) => data?.turn === turn && data?.urgent === urgent);
  const rings = urgent && !known && !pages.some(({ visibilityState }) => visibilityState === "visible");
  await registration.showNotification(title, {
    body,
    tag,
    lang: language,
    data: { turn, urgent },
    icon: "/static/icons/icon-192.png",
    badge: "/static/icons/badge-96.png",
    requireInteraction: urgent,
    ...(rings ? { renotify: true, vibrate: VIBRATION } : { silent: true }),
  });
  for (const page of pages) page.postMessage({ turn, rung: rings });
}

async function open() {
  const pages = await clients.matchAll({ type: "window" });
  const own = pages.filter(({ url }) => !/^\/(company|admin)\//.test(new URL(url).pathname));
  const page = own.find(({ focused }) => focused) ?? own[0];
  if (!page) return clients.openWindow("/dashboard");
  await page.focus();
  return page.postMessage({ look: true });
}

addEventListener("push", (event) => event.waitUntil(show(event.data.json())));
addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open());
});

// ---- The push service has changed the endpoint --------------------------------------------

async function subscribeAgain() {
  const answer = await fetch("/push-subscriptions/key");
  if (!answer.ok) return; // signed out: the next sign-in subscribes again
  const { key, csrf_token } = await answer.json();
  const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { endpoint, keys } = subscription.toJSON();
  await fetch("/push-subscriptions/", { method: "POST", body: new URLSearchParams({ csrf_token, endpoint, ...keys }) });
}

addEventListener("pushsubscriptionchange", (event) => event.waitUntil(subscribeAgain()));
