#!/bin/sh
# Succeeds when the browser tests have a Chromium, installing it where that needs no password.
# Otherwise says in one line what is left out, and fails.
set -u

have_chromium() {
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null
}

have_chromium && exit 0

if [ "$(id -u)" = 0 ]; then
    as_root=
elif sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    as_root=no
fi

if command -v apt-get >/dev/null && [ "$as_root" != no ]; then
    echo "Installing Chromium for the browser tests (once)…"
    export DEBIAN_FRONTEND=noninteractive
    $as_root apt-get update -qq >/dev/null 2>&1 </dev/null
    $as_root apt-get install -qq -y --no-install-recommends chromium >/dev/null 2>&1 </dev/null
    have_chromium && exit 0
    why="the package chromium could not be installed"
else
    why="Chromium is not installed, and installing it needs an administrator"
fi
echo "LEFT OUT: the browser tests (tests/browser), because $why."
exit 1
