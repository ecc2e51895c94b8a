"""What the log says of a request, and what it never says."""

import io
import json
import logging
import re

import pytest

from jobfair import metrics
from jobfair.imports import comparing, importing
from jobfair.imports.comparing import ListedStudent
from jobfair.queries.admin.students import invitations as guests
from jobfair.queries.stand import stands
from jobfair.queries.student import places
from jobfair.server.logs import formatter
from jobfair.services.access import invitations
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.factories import PASSWORD
from tests.support.listening import Listener

WRONG = "not the password of anybody"
VISITOR = {"REMOTE_ADDR": "203.0.113.9"}
INES = ListedStudent("Inès", "Lefèvre", "ines@example.org")


class Log:
    """Everything the process logs, as it is written in production."""

    def __init__(self):
        self.handler = logging.StreamHandler(io.StringIO())
        self.handler.setFormatter(formatter("json"))

    @property
    def text(self):
        return self.handler.stream.getvalue()

    def lines(self, **fields):
        """The lines that have these fields."""
        lines = [json.loads(line) for line in self.text.splitlines()]
        return [each for each in lines if fields.items() <= each.items()]


@pytest.fixture
def log():
    log, root = Log(), logging.getLogger()
    level = root.level
    root.addHandler(log.handler)
    root.setLevel(logging.INFO)
    yield log
    root.removeHandler(log.handler)
    root.setLevel(level)


@pytest.fixture
def link(app):
    return factories.token(factories.company("TechCorp"))


@pytest.fixture
def failing(app, monkeypatch):
    """The student's dashboard fails, and its exception says too much."""
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def fail_with(words):
        def fail(_student_id):
            raise RuntimeError(words)

        monkeypatch.setattr(places, "dashboard", fail)

    return fail_with


def invitation():
    """The secret of Inès's personal link."""
    importing.import_students(actors.SYSTEM, [INES], comparing.compare_students([INES]).promise)
    (ines,) = guests.without_password()
    return invitations.invite(actors.SYSTEM, [ines.student_id])[ines.student_id]


def test_no_secret_of_a_journey_is_logged(app, client, log, link, failing):
    alice, company = factories.student("Alice"), stands.link(link).company.id
    welcome = invitation()

    def sign_in(password):
        form = {"email": alice.email, "password": password}
        return client.post("/login?next=/profile", data=form, environ_overrides=VISITOR)

    assert sign_in(WRONG).status_code == 401
    assert sign_in(PASSWORD).status_code == 303
    cookie = client.get_cookie("jobfair_access").value
    both = client.post("/api/auth/login/", json={"email": alice.email, "password": PASSWORD}).json
    client.post("/api/auth/refresh/", json={"refresh": both["refresh"]})
    headers = {"Authorization": f"Bearer {both['access']}"}
    assert client.post(f"/companies/{company}/join", headers=headers).status_code == 303
    for path in (f"/company/{link}", f"/welcome/{welcome}", f"/nowhere/{link}"):
        client.get(path, environ_overrides=VISITOR)
    client.post(f"/company/{link}/nothing?{link}={alice.email}")
    failing(f"no {link}, {cookie}, {alice.email} from 203.0.113.9")
    assert client.get("/dashboard").status_code == 500
    stream = Listener(app, f"/live/company/{link}")
    stream.until("connection_established")
    stream.close()
    chosen = client.post(f"/welcome/{welcome}", data={"password": "a new password"})
    assert chosen.status_code == 303

    assert len(log.lines(event="request")) == 12
    assert log.lines(event="stream ended")
    secrets = [link, welcome, cookie, both["access"], both["refresh"], alice.email, INES.email]
    secrets += [PASSWORD, WRONG, "a new password", "203.0.113.9", "Alice", "Lefèvre", "TechCorp"]
    assert [each for each in secrets if each in log.text] == []


def test_a_request_is_one_line(client, log, link):
    alice, admin = factories.student("Alice"), factories.admin()
    client.get(f"/company/{link}")
    client.get("/profile", headers=alice.bearer())
    client.get("/admin/", headers=admin.bearer())
    client.get("/nowhere")
    client.open("/login", method="INVENTED")
    client.get("/health")
    lines = log.lines(event="request")
    assert [(each["route"], each["status"], each["who"]) for each in lines] == [
        ("/company/<token>", 200, f"company {stands.link(link).company.id}"),
        ("/profile", 200, f"student {alice.student_id}"),
        ("/admin/", 200, f"admin {admin.user_id}"),
        ("none", 404, "nobody"),
        ("none", 405, "nobody"),
    ]
    assert [each["method"] for each in lines] == ["GET"] * 4 + ["other"]
    for each in lines:
        assert each["level"] == "info"
        assert each["milliseconds"] > 0
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", each["time"])
    assert len({each["request_id"] for each in lines}) == 5


def test_the_lines_of_a_request_share_the_number_that_its_page_shows(client, log, failing):
    factories.student("Alice").sign_in(client)
    failing("a surprise")
    page = client.get("/dashboard", headers={"Accept-Language": "en"})
    number = page.headers["X-Request-ID"]
    assert re.fullmatch("[0-9a-f]{8}", number)
    assert f"<code>{number}</code>" in page.text
    lines = log.lines(request_id=number)
    assert [each["event"] for each in lines] == ["unforeseen", "request"]
    assert lines[0]["route"] == "/dashboard"
    assert "RuntimeError: a surprise" in lines[0]["exception"]
    other = client.get("/nowhere")
    assert other.headers["X-Request-ID"] not in other.text


def test_a_toast_shows_the_number_too(client, failing):
    factories.student("Alice").sign_in(client)
    failing("a surprise")
    answer = client.get("/dashboard", headers={"Accept": "text/vnd.jobfair.fragments+html"})
    assert f"({answer.headers['X-Request-ID']})" in answer.text


def test_a_stream_ends_with_the_number_of_its_request(app, log, link):
    stream = Listener(app, f"/live/company/{link}")
    stream.until("connection_established")
    stream.close()
    (ended,) = log.lines(event="stream ended")
    assert ended["seconds"] >= 0
    assert ended["request_id"] == stream.response.headers["X-Request-ID"]


@pytest.mark.parametrize(
    ("proxies", "given", "kept"),
    [
        (0, "4f2a9c5be1d84c1c", False),
        (1, "4f2a9c5be1d84c1c", True),
        (1, "2b7e1516-28ae-d2a6-abf7-158809cf4f3c", True),
        (1, "short", False),
        (1, "4f2a9c5b" * 5, False),
        (1, 'a"b<script>aaaa', False),
        (1, "", False),
    ],
)
def test_the_number_is_the_proxys_where_one_is_trusted(app, client, proxies, given, kept):
    app.config["TRUSTED_PROXIES"] = proxies
    answer = client.get("/health", headers={"X-Request-ID": given})
    assert (answer.headers["X-Request-ID"] == given) is kept


def test_lines_for_a_terminal():
    record = logging.LogRecord("jobfair", logging.INFO, "", 0, "hello %s", ("a@b.example",), None)
    line = formatter("lines").format(record)
    assert "hello [email]" in line
    assert not line.startswith("{")


def test_what_is_refused_is_counted_once(client):
    def count(code):
        return metrics.refusals.labels(code)._value.get()

    alice, company = factories.student("Alice"), factories.company()
    headers = alice.bearer()
    codes = ("wrong_credentials", "not_found", "already_joined")
    before = [count(code) for code in codes]
    client.post("/login", data={"email": alice.email, "password": WRONG})
    client.get("/nowhere")
    for _ in range(2):
        client.post(f"/companies/{company}/join", headers=headers)
    assert [count(code) for code in codes] == [each + 1 for each in before]
