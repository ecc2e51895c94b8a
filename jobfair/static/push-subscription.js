// «Me prévenir»: asks once, after the first queue, whether to send calls to this browser while the
// page is closed. Keeps the push subscription on the server up to date.
"use strict";

const panels = document.querySelectorAll("[data-notify]");
const CHOICE = `jobfair-notify-${panels[0]?.dataset.student}`; // a browser may have several students
const SENT = "jobfair-notify-told";
const ON = "on";
const OFF = "off";

const canBeReached = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
const registered = canBeReached && navigator.serviceWorker.register("/service-worker.js");
const isApple = /iPhone|iPad|iPod/.test(navigator.userAgent) || (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1);
const isInstalled = navigator.standalone || matchMedia("(display-mode: standalone)").matches;

// The state that a panel shows: unsupported, install, blocked, on or off.
function notifyState() {
  if (!canBeReached) return isApple && !isInstalled ? "install" : "unsupported";
  if (Notification.permission === "denied") return "blocked";
  return Notification.permission === "granted" && browserStorage.getItem(CHOICE) === ON ? ON : OFF;
}

function showPanels() {
  const state = notifyState();
  for (const panel of panels) {
    for (const part of panel.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(state);
    const isCard = panel.dataset.notify === "card";
    const isAsked = browserStorage.getItem(CHOICE) === null && ["off", "install"].includes(state);
    panel.hidden = isCard && !(isAsked && document.querySelector("#queues .queue"));
  }
}

// ---- Subscribing --------------------------------------------------------------------------

const sameKey = (subscription, key) => {
  const bytes = new Uint8Array(subscription.options.applicationServerKey ?? []);
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "") === key;
};

async function active() {
  await registered; // `ready` never resolves if the registration failed
  return navigator.serviceWorker.ready;
}

async function post(path, fields) {
  const answer = await fetch(path, { method: "POST", body: new URLSearchParams(fields) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
}

async function given() {
  const answer = await fetch("/push-subscriptions/key");
  if (!answer.ok) throw new Error(`/push-subscriptions/key: ${answer.status}`);
  return answer.json();
}

async function subscribe() {
  const registration = await active();
  const { key, csrf_token } = await given();
  let subscription = await registration.pushManager.getSubscription();
  if (subscription && !sameKey(subscription, key)) {
    await subscription.unsubscribe(); // made with a key that the fair no longer has
    subscription = null;
  }
  subscription ??= await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { endpoint, keys } = subscription.toJSON();
  const sent = [csrf_token, document.documentElement.lang, endpoint].join(" ");
  if (tabStorage.getItem(SENT) === sent) return;
  await post("/push-subscriptions/", { csrf_token, endpoint, ...keys });
  tabStorage.setItem(SENT, sent);
}

async function unsubscribe() {
  const registration = await active();
  const subscription = await registration.pushManager.getSubscription();
  tabStorage.removeItem(SENT);
  if (!subscription) return;
  const { csrf_token } = await given();
  await post("/push-subscriptions/remove", { csrf_token, endpoint: subscription.endpoint });
  await subscription.unsubscribe();
}

async function choose(choice) {
  if (choice === ON && (await Notification.requestPermission()) !== "granted") choice = OFF;
  if (choice === ON) await subscribe();
  else if (canBeReached && Notification.permission === "granted") await unsubscribe();
  browserStorage.setItem(CHOICE, choice); // after that, only the switch in the profile asks
}

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-choose]");
  if (!button) return;
  const failed = button.closest("[data-notify]").querySelector("[data-failed]");
  button.disabled = true;
  failed.hidden = true;
  try {
    await choose(button.dataset.choose);
  } catch {
    failed.hidden = false;
  }
  button.disabled = false;
  if (failed.hidden) changing(showPanels);
});

// ---- Notifications and the open page ------------------------------------------------------

// Closes notifications of turns that are over, or that a visible page shows.
async function closeOver() {
  if (document.hidden) return;
  const turns = [...document.querySelectorAll("[data-turn]")].map((card) => Number(card.dataset.turn));
  const registration = await navigator.serviceWorker.getRegistration();
  for (const shown of (await registration?.getNotifications()) ?? []) {
    if (!shown.data?.urgent || !turns.includes(shown.data.turn)) shown.close();
  }
}

if (canBeReached) {
  registered.catch(() => {}); // reported when the user turns calls on
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data.rung) rememberRung([String(data.turn)]); // the notification has rung, so the page does not
    if (data.look) document.getElementById("turns")?.scrollIntoView();
  });
  if (notifyState() === ON) subscribe().catch(() => {}); // else with the next page
  document.addEventListener("htmx:after:swap", closeOver);
  document.addEventListener("visibilitychange", closeOver);
  closeOver();
}
document.addEventListener("htmx:after:swap", showPanels);
showPanels();
