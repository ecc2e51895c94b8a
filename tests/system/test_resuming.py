"""Between a page and its stream, and between a stream and the next, nothing is missed."""

import re
import time
from threading import Thread

import pytest

from jobfair.domain.events import Audience, MessageSent
from jobfair.domain.state import Hall
from jobfair.feed import journal
from jobfair.feed.viewer import Viewer
from jobfair.live.opening import REPLAYED_ROWS
from jobfair.live.resume_tokens import ResumeToken
from jobfair.ops import backups, purge
from jobfair.unit_of_work import actors
from jobfair.unit_of_work.transaction import write_transaction
from tests.support.waiting import wait_until

LIVE = re.compile(r'hx-sse:connect="([^"]+)"')


@pytest.fixture(scope="module")
def fair(serve, set_up):
    return serve(set_up, JOBFAIR_HEARTBEAT_SECONDS="1")


def test_a_change_between_the_page_and_its_stream(fair):
    """The page is rendered, the turn comes, then the stream opens: it shows the turn."""
    for gap in (0, 0.005, 0.02, 0.05, 0.2):
        company = fair.company()
        first, second = fair.students(2)
        running = fair.interview(first, company)
        entry = fair.entry(second, company)
        stand = fair.stand(company)
        page = second.page("/dashboard").text
        assert f"/entries/{entry}/start" not in page
        change = Thread(target=lambda: stand.tap(f"/queues/{running}/complete/"))  # noqa: B023
        change.start()
        time.sleep(gap)  # The change falls before, into and after the opening of the stream.
        screen = fair.listen(second, LIVE.search(page)[1])
        screen.showing(f"/entries/{entry}/start", 2)
        change.join()
        screen.close()


def goes_on(fair, client, last_id, join):
    """Told to look again, the client hears of whatever comes from then on."""
    stream = fair.listen(client, events_of(client), last_id.encode().decode("latin-1"))
    assert stream.wait_for("queue_update").data["action"] == "resync"
    assert stream.status == 200
    heard = len(stream.heard)
    join()
    # A page is sent what differs on it; a program is told.
    stream.wait_for("can_start" if client.student_id else "", 2, heard)
    stream.close()


def events_of(client):
    return f"/live{client.link}" if client.link else "/api/events/"


def joining(fair, student, company=None):
    def join():
        address = f"/companies/{company or fair.company()}/join"
        assert student.other().tap(address).status == 200

    return join


def sealed(fair, student, ahead):
    """A genuine id, of a journal that had come so much further."""
    with fair.inside():
        viewer = Viewer(f"student_{student.student_id}", (), bool, student_id=student.student_id)
        return ResumeToken(journal.span()[1] + ahead).sealed(viewer)


STRANGE = {
    "unknown": "unknown",
    "forged": "1-0-forged0000",
    "beyond": "999999999-0-x",
    "empty": "0-0-",
    "accented": "é",
    "thirty digits": "9" * 30 + "-0-0123456789ab",
    "other digits": "١٢٣-٠-0123456789ab",
    "ten kilobytes": "1-0-" + "a" * 10_000,
    "ten kilobytes of digits": "1" * 10_000 + "-0-0123456789ab",
}


@pytest.mark.parametrize("name", STRANGE)
def test_an_id_that_nobody_gave(fair, name):
    (student,) = fair.students(1)
    goes_on(fair, student, STRANGE[name], joining(fair, student))


@pytest.mark.parametrize("ahead", [10_000, 10**9, 10**29])
def test_an_id_of_a_journal_that_was_lost(fair, ahead):
    """Somebody put an older copy of the database back, by hand."""
    (student,) = fair.students(1)
    goes_on(fair, student, sealed(fair, student, ahead), joining(fair, student))


def test_an_id_of_somebody_else(fair):
    student, other = fair.students(2)
    theirs = fair.listen(other, "/api/events/")
    theirs.wait_for("connection_established")
    theirs.close()
    goes_on(fair, student, theirs.last_id, joining(fair, student))


def test_an_id_older_than_what_is_replayed(fair):
    """This many rows that nobody wants to be told them one by one."""
    (student,) = fair.students(1)
    stream = fair.listen(student, "/api/events/")
    long_ago = stream.wait_for("connection_established").id
    news = MessageSent(
        Audience.STUDENT, "news", student_id=student.student_id, students=(student.student_id,)
    )
    with fair.inside(), write_transaction(actors.SYSTEM) as work:
        work.carry_out(actors.SYSTEM, Hall(work.phase, work.number), (news,) * (REPLAYED_ROWS + 1))
    stream.wait_for("notification")
    stream.close()
    goes_on(fair, student, long_ago, joining(fair, student))


def test_cut_off_again_and_again(fair):
    """Somebody with a bad connection hears of everything exactly once, in order."""
    (student,) = fair.students(1)
    companies = [fair.company() for _ in range(12)]
    heard, last_id = [], None
    stream = fair.listen(student, "/api/events/")
    stream.wait_for("connection_established")
    for company in companies:
        stream.close()
        # A device that heard nothing keeps the id that it has.
        last_id = stream.last_id or last_id
        heard += stream.heard
        assert student.tap(f"/companies/{company}/join").status == 200
        stream = fair.listen(student, "/api/events/", last_id)
        time.sleep(0.05)  # As long as this connection lasts.
    wait_until(lambda: companies[-1] in calls(stream.heard), "the last call is told")
    stream.wait_for("heartbeat", 5, len(stream.heard))
    stream.close()
    assert calls(heard + stream.heard) == companies


def calls(heard):
    """Which companies have called."""
    return [each.data["company_id"] for each in heard if each.name == "can_start"]


def test_an_id_from_before_a_restore_and_from_before_a_purge(fair, tmp_path):
    """The last of the tests: it empties the fair."""
    (student,) = fair.students(1)
    company = fair.company()
    stand = fair.stand(company)
    ids = {}
    for client in (student, stand):
        stream = fair.listen(client, events_of(client))
        stream.wait_for("connection_established")
        stream.close()
        ids[client.link] = stream.last_id
    backup = tmp_path / "fair.jsonl.gz"
    with fair.inside():
        backups.save(backup)
    joining(fair, student, company)()
    with fair.inside():
        backups.restore(backup, replace=True)
    goes_on(fair, student, ids[""], joining(fair, student))
    goes_on(fair, stand, ids[stand.link], joining(fair, student, company))
    with fair.inside():
        purge.purge(everything=False)
    (newcomer,) = fair.students(1)
    goes_on(fair, stand, ids[stand.link], joining(fair, newcomer, company))
