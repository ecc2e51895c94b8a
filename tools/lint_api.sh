#!/bin/sh
# Hold the OpenAPI document against Redocly's rules. Needs node; without it the tests of
# tests/blueprints/api/document/test_document.py still check what matters most.
set -eu
if ! command -v npx >/dev/null; then
  echo "Redocly needs node, which is not here." >&2
  exit 1
fi
document=$(mktemp -d)/openapi.json
trap 'rm -r "$(dirname "$document")"' EXIT
.venv/bin/python -m tools.api_document > "$document"
npx --yes @redocly/cli@2.77.0 lint --config tools/redocly.yaml --format stylish "$document"
