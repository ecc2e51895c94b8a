"""A push service on this machine: takes what is sent to its browsers, and reads it as they do."""

from __future__ import annotations

import json
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from os import urandom
from threading import Thread
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid

from tests.support.waiting import wait_until


def base64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def unbase64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Received:
    """One push as it came: to which browser, its headers, what was in it, who signed it."""

    browser: str
    headers: dict[str, str]
    content: dict[str, Any]
    claims: dict[str, Any]


@dataclass
class FakeBrowser:
    """A browser's subscription, with the keys that only it has."""

    url: str
    name: str
    private: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = field(default_factory=lambda: urandom(16))

    @property
    def endpoint(self) -> str:
        return f"{self.url}/to/{self.name}"

    @property
    def form(self) -> dict[str, str]:
        """What the browser gives to the page."""
        point = self.private.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )
        return {"endpoint": self.endpoint, "p256dh": base64(point), "auth": base64(self.secret)}

    def read(self, body: bytes) -> dict[str, Any]:
        plain = http_ece.decrypt(
            body, private_key=self.private, auth_secret=self.secret, version="aes128gcm"
        )
        return json.loads(plain)


class PushService:
    """`answers` are the statuses to give next, before 201 for all; `delay` seconds come first."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.asked = 0
        self.answers: list[int] = []
        self.delay = 0.0
        self._browsers: dict[str, FakeBrowser] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def browser(self, name: str = "phone") -> FakeBrowser:
        return self._browsers.setdefault(name, FakeBrowser(self.url, name))

    def until(self, count: int, seconds: float = 10) -> list[Received]:
        """What has come, once this many have."""
        wait_until(lambda: len(self.received) >= count, f"{count} pushes came", seconds)
        return self.received

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _take(self, path: str, headers: dict[str, str], body: bytes) -> int:
        self.asked += 1
        time.sleep(self.delay)  # As slow as the test wants it.
        status = self.answers.pop(0) if self.answers else 201
        if status != 201:
            return status
        authorization = headers["authorization"]
        assert Vapid.verify(authorization)
        token = authorization.partition("t=")[2].partition(",")[0]
        browser = self._browsers[path.rpartition("/")[2]]
        self.received.append(
            Received(
                browser.name,
                headers,
                browser.read(body),
                json.loads(unbase64(token.split(".")[1])),
            )
        )
        return status

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                status = service._take(self.path, headers, body)
                self.send_response(status)
                if 300 <= status < 400:
                    self.send_header("Location", f"{service.url}/to/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args: object) -> None:
                pass

        return Handler
