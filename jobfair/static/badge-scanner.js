// Reads badges with the camera where the browser can read QR codes; elsewhere their code is typed.
"use strict";

const LOOK_EVERY = 200; // milliseconds
const BADGE = /\/admin\/desk\/badge\/[A-Za-z]{2}\d{2}$/;

const scan = document.getElementById("scan");
const scanner = document.getElementById("scanner");
const camera = document.getElementById("camera");
const scanState = document.getElementById("scan-state");

async function canScan() {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return false;
  return (await BarcodeDetector.getSupportedFormats()).includes("qr_code");
}

function say(what) {
  // Set only when it differs: a screen reader would read it out again and again.
  if (scanState.textContent !== scanState.dataset[what]) scanState.textContent = scanState.dataset[what];
}

function stop() {
  for (const track of camera.srcObject?.getTracks() ?? []) track.stop();
  camera.srcObject = null;
  scanner.hidden = true;
  scan.setAttribute("aria-expanded", "false");
}

async function start() {
  scanner.hidden = false;
  scan.setAttribute("aria-expanded", "true");
  say("looking");
  try {
    camera.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    await camera.play();
    look(new BarcodeDetector({ formats: ["qr_code"] }));
  } catch {
    say("denied");
  }
}

async function look(detector) {
  if (!camera.srcObject) return;
  // A picture that cannot be read yet is looked at again.
  for (const { rawValue } of await detector.detect(camera).catch(() => [])) {
    const badge = BADGE.exec(rawValue)?.[0];
    if (badge) {
      stop();
      // Its path alone, so that no code leads away from here.
      location.assign(badge);
      return;
    }
    say("other");
  }
  setTimeout(look, LOOK_EVERY, detector);
}

scan.addEventListener("click", () => (scanner.hidden ? start() : stop()));
addEventListener("pagehide", stop);
canScan().then((can) => (scan.hidden = !can));
