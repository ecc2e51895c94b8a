"""A school's provider of OpenID Connect, on this machine, and all that may go wrong with one.

It is oidc-provider-mock behind a door of ours: PKCE, which it does not know, is checked there, its
tokens can be made to say something else, and each of its answers can be left out.
"""

import json
import threading
import warnings
from base64 import urlsafe_b64decode
from contextlib import contextmanager
from io import BytesIO
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
import requests
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

with warnings.catch_warnings():
    # It still uses what its libraries have renamed; nothing of ours does.
    warnings.simplefilter("ignore")
    import oidc_provider_mock

CLIENT = "jobfair"
CLIENT_SECRET = "what the school gave for it"


class AtOnce(WSGIRequestHandler):
    """Sends head and body as they are written: else each body waits 40 ms to be asked for."""

    disable_nagle_algorithm = True


class Provider:
    """The provider. `url` is its issuer.

    `says` are claims that its tokens have instead of the right ones, None for one left out; `key`
    another key that signs them; `iss` what it adds to the address of who comes back; `silent` lets
    it take requests and answer none.
    """

    def __init__(self, inside):
        self._inside = inside
        self._challenges = {}
        self._key = RSAKey.generate_key(2048, {"kid": "ours", "use": "sig"})
        self.url = ""
        self._speaks = threading.Event()
        self.let_all_be_well()

    def let_all_be_well(self):
        self.says, self.key, self.iss, self.description, self.userinfo = {}, None, None, {}, None
        self.silent, self.requests = False, []
        self._speaks.set()
        self._speaks = threading.Event()

    def knows(self, subject="s-1", **claims):
        """Somebody with an account at the school."""
        answer = requests.put(f"{self.url}/users/{subject}", json=claims, timeout=5)
        assert answer.status_code == 204

    def sends_back(self, address, subject="s-1", **form):
        """Signs somebody in at the address; returns the address that they come back with."""
        answer = requests.post(
            address, data={"sub": subject} | form, timeout=5, allow_redirects=False
        )
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]

    def __call__(self, environ, start_response):
        request = Request(environ)
        self.requests.append(request.path)
        if self.silent:
            self._speaks.wait(timeout=10)
            return Response(status=503)(environ, start_response)
        return self._answer(request)(environ, start_response)

    def _answer(self, request):
        if request.path == "/oauth2/token":
            return self._token(request)
        answer = Response.from_app(self._inside, request.environ)
        if request.path == "/.well-known/openid-configuration":
            return _json({**answer.json, **self.description})
        if request.path == "/jwks":
            return _json({"keys": [self._key.as_dict(private=False)]})
        if request.path == "/userinfo" and self.userinfo is not None:
            return _json(self.userinfo)
        if request.path == "/oauth2/authorize" and "Location" in answer.headers:
            self._note(request, answer)
        return answer

    def _note(self, request, answer):
        address = urlsplit(answer.headers["Location"])
        query = dict(parse_qsl(address.query))
        self._challenges[query.get("code")] = request.args.get("code_challenge")
        if self.iss is not None:
            query["iss"] = self.iss
        answer.headers["Location"] = address._replace(query=urlencode(query)).geturl()

    def _token(self, request):
        body = request.get_data()
        form = parse_qs(body.decode())
        request.environ["wsgi.input"] = BytesIO(body)
        challenge = self._challenges.get(form["code"][0])
        given = create_s256_code_challenge(form.get("code_verifier", [""])[0])
        if challenge != given:
            return _json({"error": "invalid_grant"}, 400)
        answer = Response.from_app(self._inside, request.environ)
        body = answer.json
        if "id_token" in body:
            body["id_token"] = self._said(body["id_token"])
        return _json(body, answer.status_code)

    def _said(self, token):
        payload = token.split(".")[1]
        claims = json.loads(_decoded(payload)) | self.says
        claims.pop("at_hash", None)
        claims = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode({"alg": "RS256", "kid": "ours"}, claims, self.key or self._key)


def _decoded(payload):
    return urlsafe_b64decode(payload + "=" * (-len(payload) % 4))


def _json(body, status=200):
    return Response(json.dumps(body), status, mimetype="application/json")


@contextmanager
def running():
    """A provider that serves on a port of its own."""
    provider = Provider(oidc_provider_mock.app())
    server = make_server("localhost", 0, provider, threaded=True, request_handler=AtOnce)
    server.daemon_threads = True
    provider.url = f"http://localhost:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="session")
def running_provider():
    with running() as provider:
        yield provider


@pytest.fixture
def provider(running_provider):
    running_provider.let_all_be_well()
    return running_provider


def settings(provider, **more):
    return {
        "OIDC_ISSUER": provider.url,
        "OIDC_CLIENT_ID": CLIENT,
        "OIDC_CLIENT_SECRET": CLIENT_SECRET,
        "PUBLIC_URL": "http://localhost",
    } | more
