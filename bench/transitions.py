"""Transitions over HTTP: join, start, complete, available, one after the other by each student."""

from __future__ import annotations

from collections.abc import Generator, Iterator

from sqlalchemy import event

from bench import floors, pages
from bench.fairs import BenchFair, Ground, whose
from bench.figures import Figure
from bench.load import Load, answer_json, request, run
from bench.pages import spread
from bench.processor import Meter, Spent
from bench.watching import Watchers
from jobfair.domain.state import StudentStatus
from jobfair.extensions import db
from jobfair.services.queues import interviews, presence, queues
from jobfair.unit_of_work import actors
from tests.system.support.clients import Client

AT_ONCE = 32
COMPANIES = 60
VIEWERS = 1000
QUEUES_EACH = 3
SEATS = 12


def measure(ground: Ground, quick: bool) -> Iterator[Figure]:
    """The rows of the table that are about transitions."""
    seconds = 2.0 if quick else 8.0
    floor = floors.transactions_per_second(ground, 2.0)
    with ground.fair() as fair:
        hall = Hall(fair)
        load, spent = hall.play(seconds)
        yield Figure(
            "join, start, complete, available", load.per_second, "/s", 400, True, floor, spent
        )
        yield Figure("… p50", load.percentile(0.5) * 1000, "ms")
        yield Figure("… p95", load.percentile(0.95) * 1000, "ms", 150)
        page = floors.pages(ground, pages.AT_ONCE, seconds / 2)
        what, each = "a transition, workers' time", spent.workers_ms(load)
        yield Figure(what, each, "ms", floor=page.workers_ms, kept=True)
    with ground.fair() as fair, Watchers() as watchers:
        hall = Hall(fair)
        paths = [request("GET", "/live/dashboard", each.headers) for each in hall.waiting]
        watchers.open(fair.server.port, paths, b"#queues")
        load, spent = hall.play(seconds, watchers)
        yield Figure("… with 1,000 streams open", load.per_second, "/s", 200, True, floor, spent)
    short, long = _statements(ground, 10), _statements(ground, 1000)
    yield Figure("statements of the four, 1,000 waiting against 10", long - short, "more", 0)
    yield Figure("statements of the four", long, "")


class Hall:
    """Sixty stands with a dozen seats, and before every newcomer those who are on a break."""

    def __init__(
        self, fair: BenchFair, waiting: int = VIEWERS, queues_each: int = QUEUES_EACH
    ) -> None:
        self.fair = fair
        self.companies = fair.companies(COMPANIES, slots=SEATS)
        self.waiting = fair.crowd(waiting, StudentStatus.PAUSED)
        fair.fill(spread(self.waiting, self.companies, queues_each))
        self._links = {each: fair.stand(each).link for each in self.companies}

    def play(
        self, seconds: float, watchers: Watchers | None = None, pause: float = 0.0
    ) -> tuple[Load, Spent]:
        """Let newcomers go from stand to stand for some seconds, with a pause after each act."""
        rounds = [self._round(*each) for each in enumerate(self.fair.crowd(AT_ONCE))]
        for each in rounds:
            next(each)
        meter = Meter(self.fair.server.workers(), [watchers.pid] if watchers else [])
        load = run(
            self.fair.server.port,
            lambda client, answer: rounds[client].send(answer),
            AT_ONCE,
            seconds,
            pause,
        )
        return load.all_answered(201), meter.spent()

    def _round(self, number: int, student: Client) -> Generator[bytes | None, bytes, None]:
        answer = yield b""
        for turn in range(COMPANIES):
            company_id = self.companies[(number + turn) % COMPANIES]
            answer = yield request("POST", "/api/queues/", student.headers, {"company": company_id})
            entry = f"queues/{answer_json(answer)['id']}"
            yield request("POST", f"/api/{entry}/start/", student.headers, {})
            link = self._links[company_id]
            yield request("POST", f"/api{link}/{entry}/complete/", {}, {})
            status = {"status": "available"}
            yield request("PATCH", "/api/students/me/status/", student.headers, status)
        yield None


def _statements(ground: Ground, waiting: int) -> int:
    """How many statements the four transitions take beside this many who wait."""
    with ground.unserved() as fair:
        company_id = fair.company(slots=2)
        fair.fill({company_id: fair.crowd(waiting, StudentStatus.PAUSED)})
        (student,) = fair.crowd(1)
        student_id = whose(student)
        with fair.inside():
            counted: list[str] = []
            event.listen(db.engine, "before_cursor_execute", lambda *each: counted.append(each[2]))
            queues.join(actors.student(student_id), company_id)
            before = len(counted)
            entry_id = fair.entries(company_id)[student_id]
            own = len(counted) - before
            interviews.start(actors.student(student_id), entry_id)
            interviews.complete(actors.company(company_id), entry_id)
            presence.change_status(actors.student(student_id), StudentStatus.AVAILABLE)
            return len(counted) - own
