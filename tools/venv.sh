#!/bin/sh
# Makes .venv with the first interpreter that is new enough and can make one.
set -eu

lacks_venv=
for python in python3.11 python3; do
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
    if "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        exec "$python" -m venv .venv
    fi
    lacks_venv=$python
done

if [ -n "$lacks_venv" ]; then
    echo "$lacks_venv cannot make virtual environments: install the package $lacks_venv-venv." >&2
else
    echo "JobFair needs Python 3.11 or newer, found as python3.11 or python3." >&2
fi
exit 1
