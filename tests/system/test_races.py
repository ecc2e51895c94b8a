"""Everybody at the same moment: nothing is done twice, nothing is lost, nobody gets a 500.

Each race has a twin, without the lock, that must fail.
"""

from collections import Counter

import pytest

from jobfair.domain.decisions import lot
from jobfair.domain.state import EntryState, StudentStatus
from tests.system.support.clients import at_once, codes

TRIES = 5
"""On a busy machine even the same moment is not always the same."""

PASSWORD = "correct horse battery"


def fifty_at_one_slot(fair):
    company = fair.company()
    crowd = fair.students(50)

    def join_and_start(client):
        entry = client.call("POST", "/api/queues/", {"company": company}).data["id"]
        return client.other().call("POST", f"/api/queues/{entry}/start/")

    answers = at_once((each, join_and_start) for each in crowd)
    assert codes(answers) == [200] + [400] * 49
    entries = list(fair.hall().entries_of(company))
    assert sorted(entry.position for entry in entries) == list(range(1, 51))


def fifty_at_ten_slots(fair):
    company = fair.company(slots=10)
    crowd = fair.students(50)
    starts = [(each, starting(fair.entry(each, company))) for each in crowd]
    assert codes(at_once(starts)) == [200] * 10 + [400] * 40
    running = [entry for entry in fair.hall().entries_of(company) if entry.running]
    assert sorted(entry.slot for entry in running) == list(range(1, 11))


def one_student_at_ten_companies(fair):
    (student,) = fair.students(1)
    entries = [fair.entry(student, fair.company()) for _ in range(10)]
    answers = at_once((student.other(), starting(each)) for each in entries)
    assert codes(answers) == [200] + [400] * 9
    assert fair.hall().students[student.student_id].status is StudentStatus.IN_INTERVIEW


def a_hundred_into_a_queue_of_fifty(fair):
    company = fair.company(queue_limit=50)
    crowd = fair.students(100)
    answers = at_once(
        (each, calling("POST", "/api/queues/", {"company": company})) for each in crowd
    )
    assert codes(answers) == [201] * 50 + [400] * 50
    assert Counter(each.code for each in answers if each.status == 400) == {"queue_full": 50}
    assert fair.hall().companies[company].waiting == 50


def two_recruiters_complete(fair):
    for _ in range(5):
        company = fair.company()
        (student,) = fair.students(1)
        entry = fair.interview(student, company)
        stand = fair.stand(company)
        answers = at_once((stand.other(), completing(entry)) for _ in range(2))
        assert codes(answers) == [200, 400]
        assert fair.count("interview_completed", entry_id=entry) == 1


def a_start_taken_back_against_completion(fair):
    """Either is done and the other refused: the interview ends, or there was none."""
    for _ in range(5):
        company = fair.company()
        (student,) = fair.students(1)
        entry = fair.interview(student, company)
        undone, completed = at_once(
            [
                (student.other(), calling("POST", f"/api/queues/{entry}/undo_start/")),
                (fair.stand(company), completing(entry)),
            ]
        )
        assert codes([undone, completed]) == [200, 400]
        state = fair.hall().entries[entry].state
        assert state is (EntryState.WAITING if undone.status == 200 else EntryState.DONE)
        kinds = [row.kind for row in fair.journal() if row.entry_id == entry]
        assert kinds.count("start_undone") + kinds.count("interview_completed") == 1


def complete_against_override_against_delete(fair):
    admin = fair.admin()
    for _ in range(5):
        company = fair.company()
        (student,) = fair.students(1)
        entry = fair.interview(student, company)
        address = f"/api/students/admin/students/{student.student_id}/"
        answers = at_once(
            [
                (fair.stand(company), completing(entry)),
                (admin.other(), calling("PATCH", address, {"status": "available"})),
                (admin.other(), calling("DELETE", f"/api/queues/{entry}/")),
            ]
        )
        assert all(each.status in (200, 204, 400) for each in answers)
        kinds = [row.kind for row in fair.journal() if row.entry_id == entry]
        assert sum(kinds.count(each) for each in ("interview_completed", "left")) >= 1
        assert kinds.count("left") == (1 if answers[2].status == 204 else 0)
        fair.hall()


def pause_against_start(fair):
    for _ in range(5):
        company = fair.company()
        (student,) = fair.students(1)
        entry = fair.entry(student, company)
        answers = at_once(
            [
                (student.other(), lambda c: c.tap("/status/pause")),
                (student.other(), starting(entry)),
            ]
        )
        assert codes(answers) == [200, 400]
        status = fair.hall().students[student.student_id].status
        started = answers[1].status == 200
        assert status is (StudentStatus.IN_INTERVIEW if started else StudentStatus.PAUSED)


def one_address_registered_twenty_times(fair):
    account = {
        "email": f"same{fair.company()}@example.org",
        "password": PASSWORD,
        "first_name": "Same",
        "last_name": "Person",
    }
    answers = at_once(
        (fair.nobody(), calling("POST", "/api/auth/register/", account)) for _ in range(20)
    )
    assert codes(answers) == [201] + [400] * 19


def a_new_link_against_completion(fair):
    admin = fair.admin()
    for _ in range(5):
        company = fair.company()
        (student,) = fair.students(1)
        entry = fair.interview(student, company)
        stand = fair.stand(company)
        address = f"/api/companies/admin/companies/{company}/regenerate_token/"
        completed, renewed = at_once(
            [(stand, completing(entry)), (admin.other(), calling("POST", address))]
        )
        assert renewed.status == 200
        assert completed.status in (200, 404)
        done = fair.hall().entries[entry].state is EntryState.DONE
        assert done == (completed.status == 200)
        assert stand.page("").status == 404


def two_organisers_remove_each_other(fair):
    """One of them stays, and is an organiser: else nobody could bring anybody back."""
    (first, one), (second, other) = fair.organiser(), fair.organiser()
    for each in fair.organisers() - {first, second}:
        assert one.call("DELETE", f"/api/admin/team/{each}/").status == 204
    answers = at_once(
        [
            (one.other(), calling("DELETE", f"/api/admin/team/{second}/")),
            (other.other(), calling("DELETE", f"/api/admin/team/{first}/")),
        ]
    )
    assert codes(answers) in ([204, 401], [204, 403])
    assert len(fair.organisers()) == 1


def two_organisers_take_on_one_alert(fair):
    """One has it, and the other is told who."""
    (_, one), (_, other) = fair.organiser(), fair.organiser()
    for _ in range(3):
        company = fair.company()
        (student,) = fair.students(1)
        fair.entry(student, company)
        student.tap("/status/pause")
        take = calling("POST", f"/api/admin/alerts/queue-{company}/taking/")
        answers = at_once([(one.other(), take), (other.other(), take)])
        assert [each // 100 for each in codes(answers)] == [2, 4]
        assert fair.count("alert_taken", company_id=company) == 1


def two_organisers_change_many_at_once(fair):
    """Both were asked about the same: it is done once, and the other leaves it."""
    (_, one), (_, other) = fair.organiser(), fair.organiser()
    for _ in range(3):
        company = fair.company()
        form = {"act": "more_slots", "company": company, "asked_at": fair.hall().number}

        def more(client, form=form):
            return client.tap("/admin/companies/many", **form)

        assert codes(at_once([(one.other(), more), (other.other(), more)])) == [303, 303]
        assert fair.hall().companies[company].slots == 2
        assert fair.count("slots_changed", company_id=company) == 1


def two_organisers_take_back_many_at_once(fair):
    """It is taken back once; a company that was changed since is as it was changed."""
    (_, one), (_, other) = fair.organiser(), fair.organiser()
    for _ in range(3):
        company = fair.company()
        form = {"act": "more_slots", "company": company, "asked_at": fair.hall().number}
        assert one.tap("/admin/companies/many", **form).status == 303
        act = max(row.number for row in fair.journal() if row.kind == "many_changed")

        def undo(client, act=act):
            return client.tap(f"/admin/companies/many/{act}/undo")

        assert codes(at_once([(one.other(), undo), (other.other(), undo)])) == [303, 303]
        assert fair.hall().companies[company].slots == 1
        assert fair.count("slots_changed", company_id=company) == 2


def a_company_joined_while_its_import_is_taken_back(fair):
    """Those who got a place have it; else the company is gone."""
    (_, boss) = fair.organiser()
    for _ in range(3):
        undo, company = fair.imported_company()
        (student,) = fair.students(1)
        joined, undone = at_once(
            [
                (student, calling("POST", "/api/queues/", {"company": company})),
                (boss.other(), undo),
            ]
        )
        assert (joined.status, undone.status) in ((201, 303), (404, 303))
        assert (company in fair.hall().companies) == (joined.status == 201)


def a_colleague_changes_what_an_import_wrote_while_it_is_taken_back(fair):
    """What the colleague wrote stays, no matter who came first."""
    (_, boss), (_, colleague) = fair.organiser(), fair.organiser()
    for _ in range(3):
        company = fair.company(slots=2)
        undo, _same = fair.imported_company(company, slots=5)
        address = f"/api/companies/admin/companies/{company}/"
        change = calling("PATCH", address, {"max_concurrent_interviews": 9})
        edited, undone = at_once([(colleague.other(), change), (boss.other(), undo)])
        assert (edited.status, undone.status) == (200, 303)
        assert fair.hall().companies[company].slots == 9


def two_organisers_take_back_an_import(fair):
    """It is taken back once, and the other is told."""
    (_, one), (_, other) = fair.organiser(), fair.organiser()
    for _ in range(3):
        undo, company = fair.imported_company()
        assert codes(at_once([(one.other(), undo), (other.other(), undo)])) == [303, 409]
        assert fair.count("company_deleted", company_id=company) == 1


def double_taps(fair):
    """Every button, twice in the same instant: it is done once."""
    company = fair.company(slots=2)
    stand = fair.stand(company)
    student, other = fair.students(2)

    def twice(client, path, kind, **where):
        before = fair.count(kind, **where)
        answers = at_once([(client.other(), lambda c: c.tap(path)) for _ in range(2)])
        assert {each.status for each in answers} <= {200, 400}, (path, answers)
        assert 200 in codes(answers)
        assert fair.count(kind, **where) == before + 1, path

    twice(student, f"/companies/{company}/join", "joined", company_id=company)
    entry = next(fair.hall().entries_of(company)).id
    own = {"student_id": student.student_id}
    twice(student, f"/entries/{entry}/pass", "set_aside", **own)
    twice(student, f"/entries/{entry}/presence", "came_back", **own)
    twice(student, "/status/pause", "student_status_changed", **own)
    twice(student, "/status/available", "student_status_changed", **own)
    twice(stand, f"/queues/{entry}/absent/", "set_aside", **own)
    twice(student, f"/entries/{entry}/presence", "came_back", **own)
    twice(student, f"/entries/{entry}/leave", "left", **own)
    entry = fair.entry(student, company)
    twice(student, f"/entries/{entry}/start", "interview_started", **own)
    twice(stand, f"/queues/{entry}/complete/", "interview_completed", **own)
    fair.entry(other, company)
    twice(other, "/entries/leave-all", "left", student_id=other.student_id)
    for path, kind in (
        ("/pause", "company_status_changed"),
        ("/resume", "company_status_changed"),
        ("/queue/close", "queue_closed"),
        ("/queue/open", "queue_opened"),
    ):
        twice(stand, path, kind, company_id=company)


def calling(method, path, body=None):
    return lambda client: client.call(method, path, body)


def starting(entry):
    return calling("POST", f"/api/queues/{entry}/start/")


def completing(entry):
    def complete(client):
        return client.call("POST", f"/api{client.link}/queues/{entry}/complete/")

    return complete


def joining_at_the_opening(fair):
    """In a fair by lot: each is in the draw or queues behind it, nobody waits without a place, and
    the draw is the one that was promised."""
    admin, company, phase = fair.admin(), fair.company(), "/api/admin/fair/phase/"
    admin.call("PUT", phase, {"phase": "preparing"})
    try:
        assert admin.call("PUT", "/api/admin/fair/lot/", {"by_lot": True}).status == 200
        crowd = fair.students(20)
        early = {fair.entry(each, company) for each in crowd[:5]}
        answers = at_once(
            [
                (admin.other(), calling("PUT", phase, {"phase": "open"})),
                *(
                    (each, calling("POST", "/api/queues/", {"company": company}))
                    for each in crowd[5:]
                ),
            ]
        )
        assert codes(answers) == [200] + [201] * 15
    finally:
        admin.other().call("PUT", phase, {"phase": "open"})
    places = {each.id: each.position for each in fair.hall().entries_of(company)}
    assert sorted(places.values()) == list(range(1, 21))
    draw = admin.other().call("GET", f"/api/draw/{company}/").data
    dealt = [each["entry"] for each in draw["dealt"]]
    assert early <= set(dealt)
    assert dealt == lot.order(bytes.fromhex(draw["seed"]), company, dealt)
    assert [places[each] for each in dealt] == list(range(1, len(dealt) + 1))


RACES = [
    fifty_at_one_slot,
    fifty_at_ten_slots,
    one_student_at_ten_companies,
    a_hundred_into_a_queue_of_fifty,
    two_recruiters_complete,
    a_start_taken_back_against_completion,
    complete_against_override_against_delete,
    pause_against_start,
    one_address_registered_twenty_times,
    a_new_link_against_completion,
    two_organisers_remove_each_other,
    two_organisers_take_on_one_alert,
    two_organisers_change_many_at_once,
    two_organisers_take_back_many_at_once,
    a_company_joined_while_its_import_is_taken_back,
    a_colleague_changes_what_an_import_wrote_while_it_is_taken_back,
    two_organisers_take_back_an_import,
    double_taps,
    # The last, as it closes the doors for a while.
    joining_at_the_opening,
]


@pytest.fixture(scope="module")
def fair(serve, set_up):
    return serve(set_up, app="tests.system.support.without_turns:app")


@pytest.fixture(scope="module")
def unlocked(serve, set_up):
    return serve(set_up, app="tests.system.support.unlocked:app")


@pytest.mark.parametrize("race", RACES, ids=lambda race: race.__name__)
def test_the_race(fair, race):
    race(fair)
    fair.hall()


@pytest.mark.parametrize("race", RACES, ids=lambda race: race.__name__)
def test_the_race_is_lost_without_the_lock(unlocked, race):
    for _ in range(TRIES):
        try:
            race(unlocked)
            unlocked.hall()
        except (AssertionError, KeyError):
            return
    pytest.fail(f"won {TRIES} times without the lock: this race proves nothing")
