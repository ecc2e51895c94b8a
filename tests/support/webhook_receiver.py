"""A server of somebody else's on this machine, which is told of events."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread


class Receiver:
    """`answers` are the statuses to give next, before 204 for all; none until `awake` is set."""

    def __init__(self):
        self.got, self.answers, self.asked = [], [], 0
        self.awake = Event()
        self.awake.set()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                receiver.asked += 1
                receiver.awake.wait()
                status = receiver.answers.pop(0) if receiver.answers else 204
                if status < 300:
                    receiver.got.append((headers, body))
                self.send_response(status)
                if 300 <= status < 400:
                    self.send_header("Location", f"{receiver.url}/elsewhere")
                self.end_headers()
                if status >= 400:
                    self.wfile.write(b"not now\n")

            def log_message(self, *_said):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def events(self):
        return [json.loads(body) for _headers, body in self.got]

    def ids(self):
        return [headers["webhook-id"] for headers, _body in self.got]

    def close(self):
        self.awake.set()
        self._server.shutdown()
        self._server.server_close()
