"""A gateway between browsers and the server that can hold streams back, as some proxies do."""

from __future__ import annotations

from contextlib import suppress
from http.client import HTTPConnection, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}


class Gateway:
    """Passes everything on. While `hold` is set, a stream's body is kept, or all of its answer.

    `asked` has the status of each answer to a page that asked without a stream.
    """

    def __init__(self, port: int) -> None:
        self.hold: str | None = None
        """`body`, `answer`, or None: streams come through."""
        self.asked: list[int] = []
        self.streams = 0
        self._closed = Event()
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_request(self) -> None:
                gateway._pass_on(self, port)

            do_GET = do_POST = do_HEAD = handle_request  # noqa: N815 - http.server's names

            def log_message(self, *_args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._closed.set()
        self._server.shutdown()
        self._server.server_close()

    def _pass_on(self, request: BaseHTTPRequestHandler, port: int) -> None:
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        link = HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            headers = {**dict(request.headers), "Connection": "close"}
            link.request(request.command, request.path, body or None, headers)
            self._answer(request, link.getresponse())
        except OSError:
            request.close_connection = True
        finally:
            link.close()

    def _answer(self, request: BaseHTTPRequestHandler, answer: HTTPResponse) -> None:
        if "once" in request.path:
            self.asked.append(answer.status)
        if answer.headers.get_content_type() == "text/event-stream":
            self._stream(request, answer)
            return
        content = answer.read()
        self._head(request, answer)
        if answer.status != 304:
            request.send_header(
                "Content-Length", answer.headers["Content-Length"] or str(len(content))
            )
        request.end_headers()
        request.wfile.write(content)

    def _stream(self, request: BaseHTTPRequestHandler, answer: HTTPResponse) -> None:
        self.streams += 1
        request.close_connection = True
        held = self.hold
        if held == "answer":
            self._wait_until_released()
            return
        self._head(request, answer)
        request.send_header("Connection", "close")
        request.end_headers()
        request.wfile.flush()
        if held == "body":
            self._wait_until_released()
            return
        with suppress(OSError):
            while self.hold is None and (piece := answer.read1(65536)):
                request.wfile.write(piece)

    def _wait_until_released(self) -> None:
        while self.hold is not None and not self._closed.wait(0.1):
            pass

    def _head(self, request: BaseHTTPRequestHandler, answer: HTTPResponse) -> None:
        request.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in HOP_BY_HOP:
                request.send_header(name, value)
