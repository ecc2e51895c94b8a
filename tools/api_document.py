"""Print the OpenAPI document, for a linter or a generator: `python -m tools.api_document`."""

from __future__ import annotations

import json

from jobfair import create_app
from jobfair.blueprints.api.document.openapi import document


def main() -> None:
    app = create_app({"DATABASE_URL": "sqlite://"})
    with app.test_request_context():
        print(json.dumps(document(), ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
