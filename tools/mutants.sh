#!/bin/sh
# Makes mistakes in the code, one at a time, and prints those that no test notices; see mutants.py.
set -eu

python=.venv/bin/python
"$python" -m pip install -q --disable-pip-version-check mutmut==3.8.1
exec "$python" -m tools.mutants "$@"
