"""What is shipped to put around the app agrees with the app."""

import re
import runpy
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from flask import url_for

from jobfair.blueprints.admin.fair import backups
from jobfair.blueprints.admin.records import imports
from jobfair.settings import Settings
from jobfair.settings.safety import problems
from tests.support.environment import read

PROJECT = Path(__file__).parents[2]
DOOR = "/run/jobfair/gunicorn.sock"
SIZES = {"k": 1024, "m": 1024**2}


def shipped(path):
    return (PROJECT / path).read_text()


def nginx(directive, path="deploy/nginx/jobfair.conf"):
    """The values of a directive, in order."""
    return re.findall(rf"^\s*{directive}\s+(.+);", shipped(path), re.MULTILINE)


def default(name):
    return Settings.model_fields[name].default


def problems_of(environ):
    configuration = read(environ)
    return problems(configuration, configuration.settings.workers)


def seconds(text):
    return int(text.removesuffix("s"))


def variables(path):
    """A unit's or an example's settings, the environment's among them."""
    lines = [each for each in shipped(path).splitlines() if re.match(r"\w+=", each)]
    return dict(line.split("=", 1) for line in lines)


@pytest.fixture
def conf(monkeypatch):
    monkeypatch.chdir(PROJECT)
    return runpy.run_path("gunicorn.conf.py")


@pytest.fixture
def compose():
    return yaml.safe_load(shipped("compose.yaml"))["services"]


class TestNginx:
    def test_a_stream_is_given_up_only_when_it_is_dead(self):
        (patience,) = nginx("proxy_read_timeout")
        assert seconds(patience) >= 3 * default("heartbeat_seconds")

    def test_a_silent_reader_is_cut_off_as_without_it(self, conf):
        assert [1000 * seconds(each) for each in nginx("send_timeout")] == [
            conf["SILENT_READER_MS"]
        ]

    def test_what_is_too_large_reaches_the_app(self):
        most, most_of_a_backup = (
            int(each[:-1]) * SIZES[each[-1]] for each in nginx("client_max_body_size")
        )
        assert most > max(default("max_content_length"), imports.LARGEST_FORM)
        assert most_of_a_backup > backups.LARGEST_FILE + backups.SPARE

    def test_a_backup_is_put_back_where_so_much_is_let_in(self, app):
        block = re.search(
            r"location = (\S+) \{[^}]*?client_max_body_size", shipped("deploy/nginx/jobfair.conf")
        )
        with app.test_request_context():
            assert block[1] == url_for("admin.backups.upload")

    def test_every_stream_goes_out_unbuffered(self, app):
        block = re.search(r"location ~ (\S+) \{(.*?)\}", shipped("deploy/nginx/jobfair.conf"), re.S)
        assert "proxy_buffering off;" in block[2]
        streams, others = set(), set()
        for rule in app.url_map.iter_rules():
            path = re.sub(r"<[^>]*>", "1", rule.rule)
            is_stream = "/live/" in path or path.rstrip("/").endswith("/events")
            (streams if is_stream else others).add(path)
        assert len(streams) > 5
        assert all(re.match(block[1], path) for path in streams)
        assert not [path for path in others if re.match(block[1], path)]

    def test_no_companys_link_is_logged(self):
        assert set(nginx("access_log")) == {"off"}
        assert len(nginx("access_log")) == shipped("deploy/nginx/jobfair.conf").count("server {")
        assert [each.split()[-1] for each in nginx("error_log")] == ["emerg"]

    def test_what_a_visitor_claims_is_replaced_or_comes_first(self):
        assert dict(each.split() for each in nginx("proxy_set_header")) == {
            "Host": "$host",
            "X-Forwarded-Host": "$host",
            "X-Forwarded-Proto": "$scheme",
            "X-Forwarded-For": "$proxy_add_x_forwarded_for",
            "Connection": "close",
        }

    def test_it_has_room_for_every_open_page(self, conf):
        (connections,) = nginx("worker_connections", "deploy/nginx/nginx.conf")
        (files,) = nginx("worker_rlimit_nofile", "deploy/nginx/nginx.conf")
        assert int(connections) >= 2 * conf["worker_connections"]
        assert int(files) > 2 * int(connections)


class TestOneDoor:
    def test_nginx_knocks_where_systemd_and_compose_open(self, compose):
        assert set(nginx("proxy_pass")) == {f"http://unix:{DOOR}"}
        assert variables("deploy/systemd/jobfair.socket")["ListenStream"] == DOOR
        assert f"unix:{DOOR}" in compose["app"]["environment"]["JOBFAIR_BIND"].split(",")
        for name in ("app", "nginx"):
            assert f"door:{Path(DOOR).parent}" in compose[name]["volumes"]


class TestLimits:
    def test_there_is_a_file_for_every_open_page(self, conf, compose):
        least = conf["worker_connections"] + 1_000
        unit = variables("deploy/systemd/jobfair.service")
        assert int(unit["LimitNOFILE"]) >= least
        assert compose["app"]["ulimits"]["nofile"] >= least

    def test_it_may_finish_before_it_is_killed(self, conf, compose):
        unit = variables("deploy/systemd/jobfair.service")
        assert int(unit["TimeoutStopSec"]) > 2 * conf["graceful_timeout"]
        assert seconds(compose["app"]["stop_grace_period"]) > 2 * conf["graceful_timeout"]


class TestSettings:
    def test_compose_is_safe_once_its_secrets_are_there(self, compose):
        given = {"JOBFAIR_SECRET_KEY": "0123456789abcdef" * 3}
        given |= {"POSTGRES_PASSWORD": "feed", "VALKEY_PASSWORD": "food"}

        def filled(text):
            return re.sub(
                r"\$\{(\w+):([-?])([^}]*)\}", lambda m: given.get(m[1], m[2] == "-" and m[3]), text
            )

        environ = {name: filled(each) for name, each in compose["app"]["environment"].items()}
        assert environ["JOBFAIR_PRODUCTION"] == "true"
        assert problems_of(environ) == []
        assert compose["migrate"]["environment"] == compose["app"]["environment"]

    def test_valkey_takes_nobody_without_the_password_that_the_app_has(self, compose):
        whole = yaml.safe_load(shipped("compose.yaml"))
        (config,) = compose["valkey"]["configs"]
        assert compose["valkey"]["command"] == ["valkey-server", config["target"]]
        said = whole["configs"][config["source"]]["content"]
        (password,) = re.findall(r"^requirepass (.+)$", said, re.MULTILINE)
        assert password.startswith("${VALKEY_PASSWORD:?")
        url = compose["app"]["environment"]["JOBFAIR_REDIS_URL"]
        assert url.startswith(f"redis://:{password}@")
        example = variables("deploy/jobfair.env.example")["JOBFAIR_REDIS_URL"]
        assert urlsplit(example).password

    @pytest.mark.parametrize("unit", ["jobfair", "jobfair-copies"])
    def test_what_a_unit_exposes_scores_under_two(self, unit):
        program = shutil.which("systemd-analyze")
        if program is None:
            pytest.skip("no systemd-analyze")
        path = PROJECT / f"deploy/systemd/{unit}.service"
        asked = [program, "security", "--offline=true", "--no-pager", "--threshold=19", str(path)]
        found = subprocess.run(asked, capture_output=True, text=True)
        assert found.returncode == 0, (found.stdout + found.stderr)[-300:]

    def test_compose_does_not_start_without_them(self):
        assert set(re.findall(r"\$\{(\w+):\?", shipped("compose.yaml"))) == {
            name for name, value in variables("deploy/compose.env.example").items() if not value
        }

    def test_the_service_is_safe_once_its_secret_is_there(self):
        unit = variables("deploy/systemd/jobfair.service")
        environ = dict(each.split("=") for each in unit["Environment"].split())
        environ |= variables("deploy/jobfair.env.example")
        (sentence,) = problems_of(environ)
        assert sentence.startswith("JOBFAIR_SECRET_KEY is not set")
        environ["JOBFAIR_SECRET_KEY"] = "0123456789abcdef" * 3
        assert problems_of(environ) == []

    def test_the_image_has_what_it_is_made_from(self):
        let_through = set(re.findall(r"^!(.+)$", shipped(".dockerignore"), re.MULTILINE))
        copied = re.findall(r"^COPY (?!--from)(.+) \S+$", shipped("Dockerfile"), re.MULTILINE)
        assert {name for line in copied for name in line.split()} == let_through
        assert all((PROJECT / name).exists() for name in let_through)
