"""What must be said in the environment before anything is served, and how a refusal reads."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from jobfair.settings import safety
from tests.support.environment import read

PROJECT = Path(__file__).parents[2]

SAFE = {
    "JOBFAIR_PRODUCTION": "true",
    "JOBFAIR_SECRET_KEY": "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c",
    "JOBFAIR_DATABASE_URL": "postgresql://jobfair:word@db.example:5432/jobfair",
    "JOBFAIR_REDIS_URL": "redis://cache.example:6379/0",
}


def problems(workers=2, **changed):
    """The problems of safe settings with some changed; None takes one away."""
    environ = {name: value for name, value in (SAFE | changed).items() if value is not None}
    return safety.problems(read(environ), workers)


def the_problem(**changed):
    (sentence,) = problems(**changed)
    return sentence


MAIL = {
    "JOBFAIR_SMTP_URL": "smtp://user:pass%40word@mail.example:587",
    "JOBFAIR_MAIL_FROM": "fair@example.org",
    "JOBFAIR_PUBLIC_URL": "https://fair.example",
}


def test_mail_needs_a_sender_and_an_address_for_its_links():
    assert problems(**MAIL) == []
    assert "JOBFAIR_MAIL_FROM" in the_problem(**{**MAIL, "JOBFAIR_MAIL_FROM": ""})
    assert "JOBFAIR_PUBLIC_URL" in the_problem(**{**MAIL, "JOBFAIR_PUBLIC_URL": "fair.example"})
    assert "hush" not in the_problem(**{**MAIL, "JOBFAIR_SMTP_URL": "http://user:hush@x"})


SCHOOL = {
    "JOBFAIR_OIDC_ISSUER": "https://login.school.example",
    "JOBFAIR_OIDC_CLIENT_ID": "jobfair",
    "JOBFAIR_OIDC_CLIENT_SECRET": "hush hush",
    "JOBFAIR_PUBLIC_URL": "https://fair.example",
}


@pytest.mark.parametrize("missing", SCHOOL)
def test_the_schools_account_needs_all_of_it(missing):
    assert problems(**SCHOOL) == []
    sentence = the_problem(**{**SCHOOL, missing: None})
    assert missing in sentence
    assert "hush" not in sentence


def test_the_schools_account_is_asked_for_over_https():
    assert "on the way" in the_problem(**{**SCHOOL, "JOBFAIR_OIDC_ISSUER": "http://x.example"})


def test_the_address_of_a_providers_description_is_taken_too():
    address = "https://login.school.example/.well-known/openid-configuration"
    given = read({**SCHOOL, "JOBFAIR_OIDC_ISSUER": address})
    assert given.settings.oidc_issuer == "https://login.school.example"


def test_nothing_has_to_be_said_to_try_it():
    assert safety.problems(read({}), 1) == []


def test_safe_settings_are_taken():
    assert problems() == []
    assert problems(JOBFAIR_ADMIN_PASSWORD="a long one", JOBFAIR_TRUSTED_PROXIES="2") == []


def test_one_worker_may_have_a_file_and_no_redis():
    assert problems(1, JOBFAIR_DATABASE_URL=None, JOBFAIR_REDIS_URL=None) == []


@pytest.mark.parametrize("url", [None, "", "sqlite:////var/lib/fair.sqlite"])
def test_several_workers_need_postgresql(url):
    assert "on SQLite" in the_problem(JOBFAIR_DATABASE_URL=url)


@pytest.mark.parametrize("url", [None, ""])
def test_several_workers_need_redis(url):
    assert "without Redis" in the_problem(JOBFAIR_REDIS_URL=url)


@pytest.mark.parametrize("production", ["true", "1", None])
@pytest.mark.parametrize(
    ("secret", "word"),
    [
        (None, "is not set"),
        ("", "is not set"),
        ("0123456789abcdef0123456789abcde", "shorter than 32"),
        ("change-me-change-me-change-me-change-me", "guessed"),
    ],
)
def test_a_secret_that_is_none_is_refused(production, secret, word):
    """With two workers it is production, whether it is called so or not."""
    sentence = the_problem(JOBFAIR_SECRET_KEY=secret, JOBFAIR_PRODUCTION=production)
    assert word in sentence
    assert not secret or secret not in sentence


def test_one_worker_in_production_needs_a_secret_too():
    assert problems(1, JOBFAIR_SECRET_KEY=None)
    assert not problems(1, JOBFAIR_SECRET_KEY=None, JOBFAIR_PRODUCTION="false")


@pytest.mark.parametrize("password", ["1234567", safety.DEMO_PASSWORD])
def test_a_password_that_everybody_could_guess_is_refused(password):
    sentence = the_problem(JOBFAIR_ADMIN_PASSWORD=password)
    assert sentence.startswith("JOBFAIR_ADMIN_PASSWORD")
    assert password not in sentence


@pytest.mark.parametrize("name", ["JOBFAIR_DEBUG", "JOBFAIR_TESTING", "FLASK_DEBUG"])
def test_debugging_is_refused(name):
    assert name in the_problem(**{name: "true"})
    assert name in the_problem(**{name: "1"})
    assert problems(**{name: "false"}) == problems(**{name: "0"}) == []


UNSAFE_IN_PRODUCTION = {
    "JOBFAIR_SESSION_COOKIE_SECURE": "false",
    "JOBFAIR_PUSH_ANYWHERE": "true",
    "JOBFAIR_RATELIMIT_ENABLED": "false",
    "JOBFAIR_PUBLIC_URL": "http://fair.example",
}


@pytest.mark.parametrize("name", UNSAFE_IN_PRODUCTION)
def test_production_refuses_what_opens_it(name):
    given = {name: UNSAFE_IN_PRODUCTION[name]}
    assert the_problem(**given).startswith(name)
    assert problems(1, **given)
    assert problems(**given, JOBFAIR_PRODUCTION="false") == []


def test_the_sites_own_names_are_names():
    assert problems(JOBFAIR_TRUSTED_HOSTS="fair.example,127.0.0.1") == []
    for wrong in (
        "https://fair.example",
        "fair.example:443",
        "fair.example, b",
        '["fair.example"]',
    ):
        assert the_problem(JOBFAIR_TRUSTED_HOSTS=wrong).startswith("JOBFAIR_TRUSTED_HOSTS")


def test_of_a_setting_that_cannot_be_read_nothing_more_is_said():
    assert "must look like" in the_problem(JOBFAIR_REDIS_URL="cache.example:6379")
    assert "must look like" in the_problem(JOBFAIR_DATABASE_URL="jobfair")


class TestStarting:
    """gunicorn as it is started for real."""

    def refused(self, **changed):
        """What is said, and that nothing else happened."""
        environ = {k: v for k, v in os.environ.items() if not k.startswith("JOBFAIR_")}
        ended = subprocess.run(
            [sys.executable, "-m", "gunicorn", "wsgi:app"],
            cwd=PROJECT,
            env=environ | changed,
            capture_output=True,
            text=True,
            timeout=30,
        )
        starting, *said = ended.stderr.splitlines()
        assert "Starting gunicorn" in starting
        assert (ended.returncode, ended.stdout) == (1, "")
        return said

    def test_every_problem_is_said_at_once_and_no_port_is_opened(self):
        said = self.refused(
            JOBFAIR_WORKERS="2",
            JOBFAIR_TRUSTED_PROXIES="one",
            JOBFAIR_BIND="::1:8000",
            JOBFAIR_SECRET_KEY_FALLBACKS="no JSON",
            PORT="many",
            FLASK_DEBUG="1",
        )
        problems = ("FALLBACKS", "BIND", "PORT", "TRUSTED_PROXIES", "SECRET_KEY")
        problems += ("FLASK_DEBUG", "Redis", "SQLite")
        assert len(said) == len(problems)
        for word, sentence in zip(problems, said, strict=True):
            assert word in sentence

    def test_workers_that_are_no_number_are_refused_in_words(self):
        assert self.refused(JOBFAIR_WORKERS="many") == [
            "JOBFAIR_WORKERS must be a whole number from 1 to 256; it is «many»."
        ]
