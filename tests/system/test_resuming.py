"""Between a page and its stream, and between a stream and the next, nothing is missed."""

import re
import time
from threading import Thread

import pytest

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
        time.sleep(gap)
        screen = fair.listen(second, LIVE.search(page)[1])
        screen.showing(f"/entries/{entry}/start", 2)
        change.join()
        screen.close()


@pytest.mark.parametrize("last_id", ["unknown", "1-0-forged0000", "999999999-0-x", "0-0-", "é"])
def test_an_id_that_nobody_gave(fair, last_id):
    company = fair.company()
    (student,) = fair.students(1)
    stream = fair.listen(student, "/api/events/", last_id.encode().decode("latin-1"))
    assert stream.wait_for("queue_update").data["action"] == "resync"
    assert student.tap(f"/companies/{company}/join").status == 200
    assert stream.wait_for("can_start", 2).data["company_id"] == company
    stream.close()


def test_cut_off_again_and_again(fair):
    """Somebody with a bad connection hears of everything exactly once, in order."""
    (student,) = fair.students(1)
    companies = [fair.company() for _ in range(12)]
    heard, last_id = [], None
    stream = fair.listen(student, "/api/events/")
    stream.wait_for("connection_established")
    for company in companies:
        last_id = stream.last_id
        stream.close()
        heard += stream.heard
        assert student.tap(f"/companies/{company}/join").status == 200
        stream = fair.listen(student, "/api/events/", last_id)
        time.sleep(0.05)
    stream.wait_for("heartbeat", 5)
    heard += stream.heard
    stream.close()
    calls = [each.data["company_id"] for each in heard if each.name == "can_start"]
    assert calls == companies
