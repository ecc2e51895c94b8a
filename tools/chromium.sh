#!/bin/sh
# Succeeds when the browser tests have a Chromium, installing it where that needs no password.
# Otherwise says in one line what is left out, and fails.
set -u

have_chromium() {
    for name in chromium-headless-shell chromium chromium-browser; do
        command -v "$name" >/dev/null && return
    done
    return 1
}

missing=
command -v chromium-headless-shell >/dev/null || missing="chromium-headless-shell"
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing="$missing chromium"
[ -z "$missing" ] && exit 0

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
    for package in $missing; do
        $as_root apt-get install -qq -y --no-install-recommends "$package" >/dev/null 2>&1 </dev/null
    done
    why="none of the packages chromium-headless-shell and chromium could be installed"
else
    why="Chromium is not installed, and installing it needs an administrator"
fi
have_chromium && exit 0
echo "LEFT OUT: the browser tests (tests/browser), because $why."
exit 1
