"""The metrics of all workers, added up, on a port of their own."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.support.real_servers import free_port
from tests.support.waiting import wait_until
from tests.system.support.clients import Client
from tests.system.support.serving import PROJECT


class Metrics:
    """What a Prometheus server would read."""

    def __init__(self, port):
        self._client = Client(port, {})

    def value(self, name, **labels):
        """The sum of a metric's series that have these labels."""
        text = self._client.page("/metrics").text
        return sum(
            sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
            if sample.name == name and labels.items() <= sample.labels.items()
        )


@pytest.fixture(scope="module")
def port():
    return free_port()


@pytest.fixture(scope="module")
def metrics(port):
    return Metrics(port)


@pytest.fixture(scope="module")
def fair(serve, port):
    settings = {"JOBFAIR_METRICS_BIND": f"127.0.0.1:{port}", "JOBFAIR_HEARTBEAT_SECONDS": "1"}
    return serve("postgresql", **settings)


def test_the_workers_are_added_up(fair, metrics):
    company = fair.company()
    stand, crowd = fair.stand(company), fair.students(4)
    first, second = fair.server.workers()
    screens = []
    for worker, students, count in ((first, crowd[:1], 3), (second, crowd[1:], 5)):
        with fair.server.alone(worker):
            opened = [fair.listen(stand.other(), f"/live{stand.link}") for _ in range(count)]
            opened += [fair.listen(each.other(), "/live/dashboard") for each in students]
            for each in opened:
                each.wait_for("")
            for each in students:
                assert each.tap(f"/companies/{company}/join").status == 200
                assert each.tap(f"/companies/{company}/join").status == 400
            screens += opened
    assert metrics.value("jobfair_open_streams", viewer="company") == 8
    assert metrics.value("jobfair_open_streams", viewer="student") == 4
    assert metrics.value("jobfair_transitions_total", kind="joined") == 4
    assert metrics.value("jobfair_refusals_total", code="already_joined") == 4
    joins = {"route": "/companies/<int:company_id>/join", "method": "POST"}
    assert metrics.value("jobfair_requests_total", status="2xx", **joins) == 4
    assert metrics.value("jobfair_requests_total", status="4xx", **joins) == 4
    assert metrics.value("jobfair_request_seconds_count", **joins) == 8

    def shown():
        return metrics.value("jobfair_hint_to_screen_seconds_count", viewer="company")

    wait_until(lambda: shown() >= 8, "every screen has shown something", 5)
    assert metrics.value("jobfair_journal_delay_seconds_count") >= 2
    assert metrics.value("jobfair_journal_unread_seconds") == 0
    assert metrics.value("jobfair_hints_failed_total") == 0

    os.kill(first, signal.SIGKILL)
    wait_until(lambda: metrics.value("jobfair_open_streams") == 8, "its streams are gone")
    assert metrics.value("jobfair_transitions_total", kind="joined") == 4
    for each in screens:
        each.close()
    wait_until(lambda: metrics.value("jobfair_open_streams") == 0, "every stream is closed")
    wait_until(lambda: metrics.value("jobfair_database_connections") == 0, "none is in use")


def test_the_public_port_has_none(fair):
    assert fair.nobody().page("/metrics").status == 404


def test_they_survive_a_reload(fair, metrics):
    before = set(fair.server.workers())
    counted = metrics.value("jobfair_requests_total")
    os.kill(fair.server.pid, signal.SIGHUP)
    wait_until(lambda: not before & set(fair.server.workers()), "the old workers are gone")
    wait_until(fair.server.healthy, "the new ones answer")
    assert metrics.value("jobfair_requests_total") > counted


def test_a_killed_server_leaves_the_port_free(fair, metrics, port):
    """Its workers go on for seconds, but have let go of it."""
    orphans = fair.server.workers()
    fair.server.stop(signal.SIGKILL)
    socket.create_server(("127.0.0.1", port)).close()
    wait_until(lambda: not any(map(alive, orphans)), "the orphans have noticed")
    fair.server.start()
    assert metrics.value("jobfair_requests_total", route="/login") == 0
    fair.nobody().page("/login")
    assert metrics.value("jobfair_requests_total", route="/login") == 1


def alive(pid):
    return Path(f"/proc/{pid}").exists()


def test_stopping_leaves_nothing_behind(fair, tmp_path):
    fair.server.stop()
    fair.server.environment["TMPDIR"] = str(tmp_path)
    fair.server.start()
    assert list(tmp_path.glob("jobfair-metrics-*"))
    fair.server.stop()
    assert not list(tmp_path.glob("jobfair-metrics-*"))
    del fair.server.environment["TMPDIR"]
    fair.server.start()


def test_every_line_of_the_log_is_json(fair):
    stand = fair.stand(fair.company())
    assert stand.page("").status == 200
    text = fair.server.log.read_text()
    lines = [json.loads(line) for line in text.splitlines()]
    assert all({"time", "level", "logger", "event"} <= each.keys() for each in lines)
    assert any(each.get("route") == "/company/<token>" for each in lines)
    assert "gunicorn.access" not in {each["logger"] for each in lines}
    assert stand.link.removeprefix("/company/") not in text


def test_a_port_in_use_is_refused_in_words(fair, port):
    said = starting({"JOBFAIR_METRICS_BIND": f"127.0.0.1:{port}"})
    assert said == f"JobFair cannot show its metrics at 127.0.0.1:{port}: Address already in use."


def starting(settings):
    """The last words of a server that does not start."""
    tried = subprocess.run(
        [sys.executable, "-m", "gunicorn", "wsgi:app"],
        cwd=PROJECT,
        env={**os.environ, "PORT": str(free_port()), "JOBFAIR_WORKERS": "1", **settings},
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert tried.returncode == 1
    return tried.stderr.splitlines()[-1]
