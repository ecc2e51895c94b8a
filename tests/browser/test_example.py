"""The example of the documentation plays its fair, on a server as it is served."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from urllib.request import Request, urlopen

from tests.browser.conftest import ADMIN, PROJECT, Server


def ask(server: Server, path: str, body: dict[str, object], **headers: str) -> dict[str, str]:
    asked = Request(
        f"{server.url}{path}",
        json.dumps(body).encode(),
        {"Content-Type": "application/json", **headers},
    )
    with urlopen(asked) as answer:
        found: dict[str, str] = json.load(answer)
    return found


def test_the_example_is_read_in_a_minute() -> None:
    assert len((PROJECT / "docs/example.py").read_text().splitlines()) <= 60


def test_the_example_plays_a_fair(server: Server) -> None:
    access = ask(server, "/api/auth/login/", {"email": ADMIN[0], "password": ADMIN[1]})["access"]
    wanted = {"name": "example", "scopes": ["read", "write"]}
    key = ask(server, "/api/admin/keys/", wanted, Authorization=f"Bearer {access}")["key"]
    played = subprocess.run(
        [sys.executable, "docs/example.py", server.url],
        cwd=PROJECT,
        env={**os.environ, "JOBFAIR_KEY": key},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert played.returncode == 0, played.stderr
    assert re.search(r"^Acme has met 3$", played.stdout, re.MULTILINE)
    assert re.search(r"^Globex has met 3$", played.stdout, re.MULTILINE)
    heard = re.findall(r"^heard (\w+)$", played.stdout, re.MULTILINE)
    assert {"interview_started", "interview_completed", "queue_update"} <= set(heard)
