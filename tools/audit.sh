#!/bin/sh
# Looks the locked versions up among the known vulnerabilities, where those can be reached.
set -eu

python=.venv/bin/python
"$python" -m pip install -q --disable-pip-version-check pip-audit==2.10.1
said=$(mktemp)
trap 'rm -f "$said"' EXIT
if "$python" -m pip_audit --disable-pip --require-hashes -r requirements.lock >"$said" 2>&1; then
    # A package that the list does not know is skipped, and success reported all the same.
    skipped=$(grep -c 'could not be audited' "$said" || true)
    if [ "$skipped" -gt 0 ]; then
        echo "Not audited: nothing is known here of $skipped packages. Ask a registry that has advisories." >&2
        exit 2
    fi
    cat "$said"
elif grep -qE 'ConnectionError|ServiceError|Max retries|timed out|Name or service' "$said"; then
    echo "Not audited: the list of known vulnerabilities cannot be reached from here." >&2
    exit 2
else
    cat "$said" >&2
    exit 1
fi
