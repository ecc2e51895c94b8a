#!/bin/sh
# Installs what a lock names into .venv: by uv, which takes a fifth of pip's time. By pip where uv
# cannot, as it does not read pip's settings, in which a mirror may be named.
set -eu

python=.venv/bin/python
# A lock names all that is needed: nothing is left to find out. What is imported is compiled then.
by_pip() {
    "$python" -m pip install -qq --disable-pip-version-check --no-deps --no-compile --require-hashes -r "$1"
}
by_uv() {
    by_pip tools/uv.lock && "$python" -m uv pip install -q --no-deps --link-mode copy --require-hashes -r "$1"
}

by_uv "$1" 2>/dev/null || by_pip "$1"
