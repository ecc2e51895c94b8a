#!/bin/sh
# Writes the locks: every package that is installed, with the hashes of its files. Versions that
# are locked already stay, unless requirements*.txt ask for others.
set -eu

python=.venv/bin/python
"$python" -m pip install -q --disable-pip-version-check pip-tools==7.6.2

lock() {
    written=$1
    shift
    "$python" -m piptools compile -q --generate-hashes --strip-extras --allow-unsafe --no-annotate \
        --no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
        -o "$written" "$@"
    asked=${written%.lock}.txt
    new=$(printf '# Written by `make lock` from %s; change that, and run it again.\n' "$asked"
        grep -v '^#' "$written" | sed '/^$/d')
    printf '%s\n' "$new" > "$written"
}

lock tools/uv.lock tools/uv.txt
lock requirements.lock requirements.txt
lock requirements-dev.lock -c requirements.lock requirements-dev.txt
