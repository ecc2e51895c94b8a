#!/bin/sh
# Succeeds when the tests behind a proxy have an nginx, installing it where that needs no password.
# Otherwise says in one line what is left out, and fails.
set -u

have_nginx() {
    PATH="$PATH:/usr/sbin" command -v nginx >/dev/null
}

have_nginx && exit 0

if [ "$(id -u)" = 0 ]; then
    as_root=
elif sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    as_root=no
fi

# The package starts a service of its own, unless there is a policy against that.
policy=/usr/sbin/policy-rc.d
install_nginx() {
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' | $as_root tee "$policy" >/dev/null
        $as_root chmod 755 "$policy"
        trap '$as_root rm -f "$policy"' EXIT
    fi
    $as_root apt-get update -qq >/dev/null 2>&1 </dev/null
    $as_root apt-get install -qq -y --no-install-recommends nginx-light >/dev/null 2>&1 </dev/null
}

if command -v apt-get >/dev/null && [ "$as_root" != no ]; then
    echo "Installing nginx for the tests behind a proxy (once)…"
    export DEBIAN_FRONTEND=noninteractive
    install_nginx
    have_nginx && exit 0
    why="the package nginx-light could not be installed"
else
    why="nginx is not installed, and installing it needs an administrator"
fi
echo "LEFT OUT: the tests behind a proxy (tests/system/test_behind_nginx.py, test_careless_proxies.py), because $why."
exit 1
