"""The app as a fair serves it: two workers, production, behind the nginx file that is shipped."""

import http.client
import re
import shutil
import socket
import ssl
import subprocess
import time
from contextlib import closing
from urllib.parse import urlencode

import pytest

from jobfair.web.security.browsers.headers import PAGES
from tests.support import factories
from tests.support.factories import PASSWORD
from tests.support.real_servers import free_port
from tests.support.waiting import wait_until
from tests.system.support.serving import PROJECT

MAIN = """
daemon off;
{user}
pid {here}/pid;
error_log {here}/error.log;
events {{ worker_connections 500; }}
http {{
    client_body_temp_path {here}/body;
    proxy_temp_path {here}/proxy;
    fastcgi_temp_path {here}/fastcgi;
    uwsgi_temp_path {here}/uwsgi;
    scgi_temp_path {here}/scgi;
    include {here}/jobfair.conf;
}}
"""

MOST_OF_AN_ADDRESS = 30
"""Instead of what a hall needs."""

SECONDS = 10
EARLY_SECONDS = 7.5
"""Half of the time until the first heartbeat."""


class Nginx:
    """The shipped file, with other ports and folders in it."""

    def __init__(self, program, here):
        self.program, self.here = program, here
        self.port, self.plain_port = free_port(), free_port()
        self.door = here / "gunicorn.sock"

    def start(self):
        site = (PROJECT / "deploy/nginx/jobfair.conf").read_text()
        site = re.sub(r"\n *listen \[::\].*", "", site)
        for shipped, ours in (
            ("listen 80", f"listen 127.0.0.1:{self.plain_port}"),
            ("listen 443", f"listen 127.0.0.1:{self.port}"),
            ("/etc/ssl/jobfair", str(self.here)),
            ("/var/log/nginx", str(self.here)),
            ("/srv/jobfair", str(PROJECT)),
            ("/run/jobfair/gunicorn.sock", str(self.door)),
            ("limit_conn addresses 8000", f"limit_conn addresses {MOST_OF_AN_ADDRESS}"),
        ):
            assert shipped in site
            site = site.replace(shipped, ours)
        (self.here / "jobfair.conf").write_text(site)
        # Only root may hand the work to somebody else, who may not come into this folder.
        root = (self.here.stat().st_uid, self.here.owner()) == (0, "root")
        main = MAIN.format(here=self.here, user="user root;" if root else "")
        (self.here / "nginx.conf").write_text(main)
        certificate(self.here)
        command = [self.program, "-c", str(self.here / "nginx.conf"), "-e", "stderr"]
        tried = subprocess.run([*command, "-t"], capture_output=True, text=True)
        assert tried.returncode == 0, tried.stderr
        self._process = subprocess.Popen(command, stderr=subprocess.DEVNULL)

    def listens(self):
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        except OSError:
            return False
        return True

    def stop(self):
        self._process.terminate()
        self._process.wait(SECONDS)


def certificate(here):
    making = "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=fair.example"
    files = ["-keyout", here / "privkey.pem", "-out", here / "fullchain.pem"]
    subprocess.run([*making.split(), *files], check=True, capture_output=True)


@pytest.fixture(scope="module")
def nginx(tmp_path_factory):
    program = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
    if program is None or shutil.which("openssl") is None:
        pytest.skip("no nginx, or no openssl")
    return Nginx(program, tmp_path_factory.mktemp("nginx"))


@pytest.fixture(scope="module")
def fair(serve, nginx):
    fair = serve("postgresql", JOBFAIR_PRODUCTION="true", JOBFAIR_TRUSTED_PROXIES="1")
    fair.server.stop()
    fair.server.environment["JOBFAIR_BIND"] = f"unix:{nginx.door},127.0.0.1:{fair.server.port}"
    fair.server.start()
    nginx.start()
    wait_until(nginx.listens, "nginx listens")
    yield fair
    nginx.stop()


@pytest.fixture(scope="module")
def alice(fair):
    with fair.inside():
        return factories.student("Alice", email="alice@example.org")


class Browser:
    """Speaks HTTPS with nginx, as fair.example."""

    def __init__(self, nginx):
        self._nginx = nginx
        self._open = []
        self.headers = {"Host": "fair.example"}

    def ask(self, method, path, body=None, come_from="127.0.0.1", **headers):
        """The answer, unread."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        connection = http.client.HTTPSConnection(
            "127.0.0.1",
            self._nginx.port,
            timeout=SECONDS,
            source_address=(come_from, 0),
            context=context,
        )
        connection.request(method, path, body, self.headers | headers)
        answer = connection.getresponse()
        self._open += [answer, connection]
        return answer

    def close(self):
        for each in self._open:
            each.close()

    def post(self, path, headers=None, **form):
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, urlencode(form), **kind, **(headers or {}))

    def sign_in(self, email, password, **headers):
        return self.post("/login", headers, email=email, password=password)


@pytest.fixture
def browser(fair, nginx):
    with closing(Browser(nginx)) as browser:
        yield browser


@pytest.fixture
def signed_in(browser, alice):
    answer = browser.sign_in(alice.email, PASSWORD)
    assert answer.status == 303
    cookies = [each.split(";")[0] for each in answer.headers.get_all("Set-Cookie")]
    browser.headers["Cookie"] = "; ".join(cookies)
    browser.cookies = answer.headers.get_all("Set-Cookie")
    return browser


@pytest.mark.parametrize(
    ("path", "status"), [("/", 301), ("/dashboard", 301), ("/api/auth/me/", 403)]
)
def test_in_clear_pages_lead_to_encryption_and_programs_are_refused(fair, nginx, path, status):
    with closing(
        http.client.HTTPConnection("127.0.0.1", nginx.plain_port, timeout=SECONDS)
    ) as plain:
        plain.request("GET", path, headers={"Host": "fair.example"})
        answer = plain.getresponse()
        assert answer.status == status
        assert (answer.headers["Location"] or "https://").startswith("https://")


def test_signing_in(signed_in):
    assert any(each.startswith("__Host-jobfair_access=") for each in signed_in.cookies)
    assert all(each.startswith("__Host-") and "Secure" in each for each in signed_in.cookies)
    page = signed_in.ask("GET", "/dashboard")
    assert page.status == 200
    assert page.headers["Strict-Transport-Security"]


@pytest.mark.parametrize("path", ["/live/dashboard", "/api/events/"])
def test_events_come_through_at_once(fair, alice, signed_in, path):
    """Long before the heartbeat would push them on."""
    company = fair.company()
    stream = signed_in.ask("GET", path)
    assert stream.headers["Content-Type"].startswith("text/event-stream")
    assert b"connection_established" in stream.readline()
    pressed = time.monotonic()
    secret = re.search(r"jobfair_csrf=([^;]*)", signed_in.headers["Cookie"])[1]
    joined = signed_in.post(f"/companies/{company}/join", csrf_token=secret)
    assert joined.status == 303
    while b"can_start" not in stream.readline():
        assert time.monotonic() - pressed < SECONDS
    assert time.monotonic() - pressed < EARLY_SECONDS


def test_one_address_has_so_many_streams_open_and_others_still_come_in(fair, browser):
    path = f"/api{fair.stand(fair.company()).link}/events/"
    streams = [browser.ask("GET", path) for _ in range(MOST_OF_AN_ADDRESS)]
    assert {each.status for each in streams} == {200}
    refused = browser.ask("GET", "/login")
    assert refused.status == 429
    assert "Un instant" in refused.read().decode()
    assert browser.ask("GET", "/login", come_from="127.0.0.2").status == 200


def test_what_is_too_large_is_refused_in_words(browser):
    answer = browser.sign_in("x" * 2_000_000, "x")
    assert answer.status == 413
    assert "nginx" not in answer.read().decode()


def test_inventing_an_address_wins_no_tries(browser):
    tries = [
        browser.sign_in("bob@example.org", "x", **{"X-Forwarded-For": f"203.0.113.{n}"}).status
        for n in range(11)
    ]
    assert tries == [401] * 10 + [429]


def test_without_encryption_one_is_led_to_it(fair, nginx):
    plain = http.client.HTTPConnection("127.0.0.1", nginx.plain_port, timeout=SECONDS)
    with closing(plain):
        plain.request("GET", "/login", headers={"Host": "fair.example"})
        answer = plain.getresponse()
        answer.read()
    assert (answer.status, answer.headers["Location"]) == (301, "https://fair.example/login")


@pytest.mark.parametrize("encrypted", [False, True])
@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "fair.example.evil.example"])
def test_somebody_who_asks_for_another_name_is_hung_up_on(fair, nginx, browser, host, encrypted):
    if encrypted:
        browser.headers["Host"] = host
        with pytest.raises(http.client.RemoteDisconnected):
            browser.ask("GET", "/login")
        return
    plain = http.client.HTTPConnection("127.0.0.1", nginx.plain_port, timeout=SECONDS)
    with closing(plain):
        plain.request("GET", "/login", headers={"Host": host})
        with pytest.raises(http.client.RemoteDisconnected):
            plain.getresponse()


def test_of_tls_1_2_only_ecdhe_with_aead_is_spoken(fair, nginx):
    """Tried with each cipher that the openssl of here can speak at all."""
    listed = ["openssl", "ciphers", "-tls1_2", "-s", "ALL:@SECLEVEL=0"]
    ciphers = subprocess.run(listed, capture_output=True, text=True, check=True).stdout
    taken = {each for each in ciphers.strip().split(":") if _speaks(nginx.port, each)}
    assert taken
    assert all(re.match("ECDHE-.*(GCM|CHACHA20)", each) for each in taken), taken


def _speaks(port, cipher):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.set_ciphers(f"{cipher}:@SECLEVEL=0")
        with (
            socket.create_connection(("127.0.0.1", port), SECONDS) as plain,
            context.wrap_socket(plain, server_hostname="fair.example"),
        ):
            return True
    except (ssl.SSLError, ConnectionError):
        return False


def test_no_link_is_written_down(fair, nginx, browser):
    stand = fair.stand(fair.company())
    fair.server.stop()
    away = browser.ask("GET", stand.link)
    assert away.status == 502
    assert "Un instant" in away.read().decode()
    named = ("X-Content-Type-Options", "Cross-Origin-Opener-Policy")
    for name in (*named, "Cross-Origin-Resource-Policy", "Permissions-Policy"):
        assert away.headers[name] == PAGES[name]
    fair.server.start()
    assert browser.ask("GET", stand.link).status == 200
    written = [path.read_text() for path in nginx.here.glob("*.log")]
    assert stand.link.split("/")[-1] not in "".join(written)
