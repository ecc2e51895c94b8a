"""Each setting is declared once, read as what it is, and refused in a sentence where it is not."""

import re
import runpy
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from jobfair import create_app
from jobfair.settings import InvalidSettings, Settings, variable
from tests.support.environment import read

PROJECT = Path(__file__).parents[2]

OUTSIDE = {"JOBFAIR_CERTIFICATES", "JOBFAIR_NAME", "JOBFAIR_SECRET_KEY_FALLBACKS"}
"""Compose alone reads the first; the others are the README's examples of Flask's own."""

WRONG = [
    ("JOBFAIR_WORKERS", "two"),
    ("JOBFAIR_WORKERS", "0"),
    ("JOBFAIR_WORKERS", "-1"),
    ("JOBFAIR_WORKERS", "257"),
    ("JOBFAIR_WORKERS", "1_0"),
    ("JOBFAIR_WORKERS", " 1"),
    ("JOBFAIR_TRUSTED_PROXIES", "true"),
    ("JOBFAIR_TRUSTED_PROXIES", "1.5"),
    ("JOBFAIR_HEARTBEAT_SECONDS", "15s"),
    ("JOBFAIR_HEARTBEAT_SECONDS", "nan"),
    ("JOBFAIR_HEARTBEAT_SECONDS", "inf"),
    ("JOBFAIR_HEARTBEAT_SECONDS", "0"),
    ("JOBFAIR_MAX_CONTENT_LENGTH", "1m"),
    ("JOBFAIR_MAX_FORM_MEMORY_SIZE", "0"),
    ("JOBFAIR_KEEP_DAYS", "9999999"),
    ("JOBFAIR_KEEP_DAYS", "1e3"),
    ("JOBFAIR_MAILS_A_MINUTE", "0"),
    ("JOBFAIR_PRODUCTION", "yes"),
    ("JOBFAIR_LOG_ADDRESSES", "on"),
    ("JOBFAIR_RATELIMIT_ENABLED", "False"),
    ("JOBFAIR_SESSION_COOKIE_SECURE", "off"),
    ("JOBFAIR_PUSH_ANYWHERE", "null"),
    ("JOBFAIR_PUSH_HOSTS", "https://push.example"),
    ("JOBFAIR_PUSH_HOSTS", "push.example, other.example"),
    ("JOBFAIR_PUSH_HOSTS", "localhost"),
    ("JOBFAIR_API_ORIGINS", "*"),
    ("JOBFAIR_API_ORIGINS", "null"),
    ("JOBFAIR_API_ORIGINS", "screen.example"),
    ("JOBFAIR_API_ORIGINS", "https://screen.example/"),
    ("JOBFAIR_API_ORIGINS", "https://a.example, https://b.example"),
    ("JOBFAIR_DEBUG", "on"),
    ("JOBFAIR_TESTING", "on"),
    ("JOBFAIR_BABEL_DEFAULT_TIMEZONE", "Paris"),
    ("JOBFAIR_LOG_FORMAT", "xml"),
    ("JOBFAIR_SECOND_FACTOR", "perhaps"),
    ("JOBFAIR_METRICS_BIND", "9464"),
    ("JOBFAIR_METRICS_BIND", "127.0.0.1"),
    ("JOBFAIR_METRICS_BIND", "127.0.0.1:"),
    ("JOBFAIR_METRICS_BIND", "127.0.0.1:99999"),
    ("JOBFAIR_METRICS_BIND", "localhost:9464"),
    ("JOBFAIR_METRICS_BIND", ":9464"),
    ("JOBFAIR_BIND", "::1:8000"),
    ("JOBFAIR_BIND", "127.0.0.1"),
    ("JOBFAIR_BIND", "127.0.0.1:0"),
    ("JOBFAIR_BIND", "[127.0.0.1]:8000"),
    ("JOBFAIR_BIND", "127.0.0.1:8000,"),
    ("JOBFAIR_BIND", "http://127.0.0.1:8000"),
    ("PORT", "eight"),
    ("PORT", "65536"),
    ("JOBFAIR_REDIS_URL", "cache.example:6379"),
    ("JOBFAIR_REDIS_URL", "redis://cache.example:port/0"),
    ("JOBFAIR_REDIS_URL", "redis://:p@ss@cache.example/0"),
    ("JOBFAIR_DATABASE_URL", "jobfair"),
    ("JOBFAIR_DATABASE_URL", "mysql://jobfair@db.example/jobfair"),
    ("JOBFAIR_DATABASE_URL", "postgresql://jobfair@db.example:54a2/jobfair"),
    ("JOBFAIR_DATABASE_URL", "postgresql://jobfair@db.example"),
    ("JOBFAIR_DATABASE_URL", "postgresql://jobfair:p@ss@db.example/jobfair"),
    ("JOBFAIR_SMTP_URL", "http://user:p@ss@mail.example"),
    ("JOBFAIR_PUBLIC_URL", "fair.example"),
    ("JOBFAIR_OIDC_ISSUER", "login.school.example"),
    ("JOBFAIR_OIDC_ISSUER", "https://"),
    ("JOBFAIR_OIDC_ISSUER", "https://user:pass@login.school.example"),
    ("JOBFAIR_OIDC_ISSUER", "https://login.school.example/?tenant=1"),
    ("JOBFAIR_OIDC_ORGANISER_CLAIM", "groups"),
    ("JOBFAIR_OIDC_ORGANISER_CLAIM", "=jobfair"),
    ("JOBFAIR_TRUSTED_HOSTS", "https://fair.example"),
    ("JOBFAIR_VAPID_PRIVATE_KEY", "p@ss"),
    ("JOBFAIR_VAPID_PRIVATE_KEY", "c2hvcnQ"),
    ("JOBFAIR_VAPID_SUBJECT", "you@example.org"),
    # Those of Flask and the extensions, by the type of their defaults, else as JSON.
    ("JOBFAIR_SESSION_COOKIE_HTTPONLY", "never"),
    ("JOBFAIR_MAX_FORM_PARTS", "many"),
    ("JOBFAIR_PERMANENT_SESSION_LIFETIME", "a day"),
    ("JOBFAIR_JWT_ACCESS_TOKEN_EXPIRES", "-1"),
    ("JOBFAIR_SECRET_KEY_FALLBACKS", "p@ss"),
    ("JOBFAIR_SQLALCHEMY_ECHO", "True"),
]

FREE = {
    "JOBFAIR_SECRET_KEY",
    "JOBFAIR_MAIL_FROM",
    "JOBFAIR_ADMIN_EMAIL",
    "JOBFAIR_ADMIN_PASSWORD",
    "JOBFAIR_OIDC_CLIENT_ID",
    "JOBFAIR_OIDC_CLIENT_SECRET",
    "JOBFAIR_OIDC_NAME",
}
"""Any text will do for them."""

VARIABLES = {name: variable(name) for name in Settings.model_fields}


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_what_cannot_be_read_is_refused_in_one_sentence(name, value):
    (sentence,) = read({name: value}).wrong.values()
    assert sentence.startswith(f"{name} must ")
    assert sentence.endswith(".")
    assert "p@ss" not in sentence


def test_every_setting_but_free_text_can_be_wrong():
    assert set(VARIABLES.values()) - FREE <= {name for name, _ in WRONG}


@pytest.mark.parametrize("name", VARIABLES.values())
def test_an_empty_one_is_as_if_it_were_not_set(name):
    assert read({name: ""}) == read({})


def test_nothing_is_wrong_where_nothing_is_set():
    assert not read({}).wrong


@pytest.mark.parametrize(
    "text", ["12345678.10", "12345678", "1e99", "null", "true", '"quoted"', "[1]", " blank "]
)
@pytest.mark.parametrize("name", sorted(FREE))
def test_text_is_taken_as_it_is_written(name, text):
    assert read({name: text}).for_flask()[name.removeprefix("JOBFAIR_")] == text


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("JOBFAIR_PRODUCTION", "1", True),
        ("JOBFAIR_RATELIMIT_ENABLED", "false", False),
        ("JOBFAIR_KEEP_DAYS", "0", 0),
        ("JOBFAIR_HEARTBEAT_SECONDS", "0.5", 0.5),
        (
            "JOBFAIR_BIND",
            "unix:/run/a.sock,[::1]:80,:8000",
            ("unix:/run/a.sock", "[::1]:80", ":8000"),
        ),
        ("JOBFAIR_METRICS_BIND", "[::1]:9464", ("::1", 9464)),
        (
            "JOBFAIR_DATABASE_URL",
            "postgres://db.example/fair",
            "postgresql+psycopg://db.example/fair",
        ),
        ("JOBFAIR_SESSION_COOKIE_NAME", "12", "12"),
        ("JOBFAIR_SESSION_COOKIE_HTTPONLY", "false", False),
        ("JOBFAIR_MAX_FORM_PARTS", "10", 10),
        ("JOBFAIR_JWT_ACCESS_TOKEN_EXPIRES", "90", timedelta(seconds=90)),
        ("JOBFAIR_SECRET_KEY_FALLBACKS", '["before"]', ["before"]),
        ("JOBFAIR_TRUSTED_HOSTS", "fair.example,127.0.0.1", ("fair.example", "127.0.0.1")),
        ("JOBFAIR_SQLALCHEMY_ECHO", "true", True),
    ],
)
def test_each_is_read_as_what_it_is(name, text, value):
    assert read({name: text}).for_flask()[name.removeprefix("JOBFAIR_")] == value


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "sqlite:////var/lib/fair.sqlite",
        "postgresql://db.example/jobfair",
        "postgresql+psycopg://jobfair:p%40ss/word@db.example:5432/jobfair?sslmode=require",
        "postgresql://jobfair@/jobfair?host=/run/postgresql",
        "postgresql://jobfair@[::1]:5432/jobfair",
    ],
)
def test_what_is_taken_for_a_database_is_one_to_sqlalchemy(url):
    create_engine(read({"JOBFAIR_DATABASE_URL": url}).settings.database_url).dispose()


def test_what_nobody_knows_is_left_alone():
    assert "TEST_DATABASE_URL" not in read({"JOBFAIR_TEST_DATABASE_URL": "x"}).for_flask()


def test_no_traceback_shows_a_secret():
    shown = repr(read({"JOBFAIR_SECRET_KEY": "hush", "JOBFAIR_ADMIN_PASSWORD": "hush"}).settings)
    assert "hush" not in shown


class TestAnApplication:
    def test_the_caller_wins(self, monkeypatch, tmp_path):
        monkeypatch.setenv("JOBFAIR_KEEP_DAYS", "7")
        monkeypatch.setenv("JOBFAIR_MAX_FORM_PARTS", "7")
        config = create_app(
            {"KEEP_DAYS": 3, "MAX_FORM_PARTS": 3, "DATABASE_URL": f"sqlite:///{tmp_path}/fair"}
        ).config
        assert (config["KEEP_DAYS"], config["MAX_FORM_PARTS"]) == (3, 3)
        assert config["SQLALCHEMY_DATABASE_URI"] == f"sqlite:///{tmp_path}/fair"

    def test_the_caller_is_checked_too(self):
        with pytest.raises(InvalidSettings, match=r"^JOBFAIR_KEEP_DAYS must be a whole number"):
            create_app({"KEEP_DAYS": 9_999_999})

    @pytest.mark.parametrize("debugging", ["1", "0"])
    def test_flasks_own_switch_for_debugging_is_heard(self, monkeypatch, debugging):
        monkeypatch.setenv("FLASK_DEBUG", debugging)
        assert create_app({"DATABASE_URL": "sqlite://"}).debug is (debugging == "1")

    def test_a_command_is_refused_in_sentences(self, monkeypatch):
        monkeypatch.setenv("JOBFAIR_KEEP_DAYS", "always")
        monkeypatch.setenv("JOBFAIR_WORKERS", "many")
        with pytest.raises(SystemExit) as ended:
            runpy.run_path(str(PROJECT / "wsgi.py"))
        sentences = str(ended.value).splitlines()
        assert [each.split()[0] for each in sentences] == ["JOBFAIR_WORKERS", "JOBFAIR_KEEP_DAYS"]


def row(name):
    """The README's row of a setting."""
    field = Settings.model_fields[name]
    return f"| `{variable(name)}` | {field.description} | {field.json_schema_extra['unset']} |"


class TestWhatIsWritten:
    def test_the_readme_has_a_row_for_each_as_it_is_declared(self):
        rows = re.findall(r"^\| `.*", (PROJECT / "README.md").read_text(), re.MULTILINE)
        assert rows == [row(name) for name in Settings.model_fields]

    @pytest.mark.parametrize(
        "path",
        [
            "README.md",
            "compose.yaml",
            "Dockerfile",
            *(str(each.relative_to(PROJECT)) for each in PROJECT.glob("deploy/**/*.*")),
            *(str(each.relative_to(PROJECT)) for each in PROJECT.glob("docs/*.md")),
        ],
    )
    def test_whatever_is_named_is_declared(self, path):
        named = set(re.findall(r"\bJOBFAIR_[A-Z_]*[A-Z]\b", (PROJECT / path).read_text()))
        tests_own = {each for each in named if each.startswith("JOBFAIR_TEST_")}
        assert named - tests_own - OUTSIDE <= set(VARIABLES.values())


def test_reading_them_leaves_the_network_alone():
    """gunicorn reads them before gevent has patched anything."""
    code = (
        "from jobfair.settings import safety\n"
        "import sys\n"
        "print(*({'gevent', 'redis', 'psycopg', 'sqlalchemy', 'urllib3'} & {*sys.modules}))\n"
        "from gevent import monkey; monkey.patch_all()\n"
        "import ssl; ssl.create_default_context()"
    )
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert (ended.returncode, ended.stdout.strip(), ended.stderr) == (0, "", "")
