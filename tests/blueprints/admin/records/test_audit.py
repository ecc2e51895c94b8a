"""The audit log and the stories of a day, as an organiser reads them."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import current_app

from jobfair import clock
from jobfair.domain.state import StudentStatus
from jobfair.queries.admin.records import audit
from jobfair.services.companies import companies
from jobfair.services.queues import interviews, overrides, presence, queues
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from jobfair.web.security.browsers import csrf
from jobfair.wording.times.lengths import duration
from tests.support import factories

NINE = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
"""In Paris."""


@pytest.fixture
def day(app):
    """Alice had an interview at TechCorp from 9:05 to 9:20, and Bob is called there since."""

    class Day:
        with clock.at(NINE):
            techcorp = factories.company("TechCorp")
            rival = factories.company("Rival")
            alice = factories.student("Alice", "Martin")
            bob = factories.student("Bob", "Petit")
            entry = factories.entry(alice, techcorp)
            bobs = factories.entry(bob, techcorp)
        with clock.at(NINE + timedelta(minutes=5)):
            interviews.start(alice.actor, entry)
        with clock.at(NINE + timedelta(minutes=20)):
            interviews.complete(actors.company(techcorp), entry)
        with clock.at(NINE + timedelta(hours=1)):
            companies.edit(actors.SYSTEM, rival, {"slots": 3})

    return Day()


def text(page):
    """What a page says, without its markup, line by line."""
    body = re.sub(r"<option.*?</option>|<script.*?</script>", "", page.text, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", body)).replace("&#39;", "'")


def rows(page):
    """The numbers of the rows shown, in their order."""
    return [int(number) for number in re.findall(r'id="row-(\d+)"', page.text)]


# Words


def reading_in(language):
    return current_app.test_request_context(headers={"Accept-Language": language})


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(seconds=0), "0\u00a0s"),
        (timedelta(seconds=59.4), "59\u00a0s"),
        (timedelta(seconds=59.6), "1\u00a0min\u00a000\u00a0s"),
        (timedelta(minutes=12, seconds=5), "12\u00a0min\u00a005\u00a0s"),
        (timedelta(hours=26, minutes=4, seconds=59), "26\u00a0h\u00a004\u00a0min"),
    ],
)
def test_a_length_of_time(app, length, said):
    with reading_in("en"):
        assert duration(length) == said


# The log


def test_who_did_what_when(organiser, day):
    page = organiser.get("/admin/audit")
    said = text(page)
    assert "23 Nov 2026, 09:20:00" in said
    assert (
        "TechCorpStand The interview of Alice Martin at TechCorp ended after 15 min 00 s "
        "In interview → Done"
    ) in said
    assert "Alice Martin began an interview at TechCorp" in said
    assert "The interviews at once were changed at Rival 1 → 3" in said
    assert f'href="/admin/students/{day.alice.student_id}/story"' in page.text
    assert f'href="/admin/companies/{day.techcorp}/story"' in page.text


def test_the_latest_first(organiser, day):
    numbers = rows(organiser.get("/admin/audit"))
    assert numbers == sorted(numbers, reverse=True)


def test_in_french_unless_somebody_asks_otherwise(client, day):
    person = factories.admin()
    person.sign_in(client)
    said = text(client.get("/admin/audit"))
    assert "Entretien terminé chez TechCorp après 15 min 00 s : Alice Martin" in said
    assert "En entretien → Terminé" in said
    assert "23 nov. 2026, 09:20:00" in said


def test_calls_are_left_out_until_asked_for(organiser, day):
    assert "called Bob" not in text(organiser.get("/admin/audit"))
    assert "TechCorp called Bob Petit" in text(organiser.get("/admin/audit", all="1"))
    assert "TechCorp called Bob Petit" in text(organiser.get("/admin/audit", kind="turn_came"))


@pytest.mark.parametrize("typed", ["alice", "MARTIN ali", "alice.", "  alice  "])
def test_by_person(organiser, day, typed):
    page = organiser.get("/admin/audit", student=typed)
    assert "Alice Martin" in text(page)
    assert "Bob Petit" not in text(page)
    assert len(rows(page)) == 4


def test_by_company(organiser, day):
    said = text(organiser.get("/admin/audit", company="rival"))
    assert "The company Rival was created" in said
    assert "TechCorp was created" not in said
    # Called exactly so, although another begins so.
    factories.company("Rival & Sons")
    assert "Sons was created" not in text(organiser.get("/admin/audit", company="RIVAL"))
    assert "Sons was created" in text(organiser.get("/admin/audit", company="riv"))


def test_by_kind_alone_or_in_groups(organiser, day):
    assert len(rows(organiser.get("/admin/audit", kind="interview_started"))) == 1
    assert len(rows(organiser.get("/admin/audit", kind="interviews"))) == 2
    assert len(rows(organiser.get("/admin/audit", kind="companies"))) == 3


def test_by_actor(organiser, day):
    assert len(rows(organiser.get("/admin/audit", actor="company"))) == 1
    admin = factories.admin()
    students.force_status(
        actors.admin(admin.user_id), day.alice.student_id, StudentStatus.AVAILABLE
    )
    for actor in ("admin", f"admin-{admin.user_id}"):
        page = organiser.get("/admin/audit", actor=actor)
        assert "The status of Alice Martin was changed" in text(page)
        assert len(rows(page)) == 1
    assert rows(organiser.get("/admin/audit", actor="admin-999")) == []


def test_by_time_as_the_fairs_clocks_have_it(organiser, day):
    between = {"since": "2026-11-23T09:05", "until": "2026-11-23T09:20"}
    said = text(organiser.get("/admin/audit", **between))
    assert "began an interview" in said
    assert "ended after" in said
    assert "joined" not in said
    assert "were changed" not in said
    assert rows(organiser.get("/admin/audit", until="2026-11-23 08:59")) == []
    assert "were changed" in text(organiser.get("/admin/audit", since="2026-11-23 09:59:59"))


@pytest.mark.parametrize("typed", ["tomorrow", "2026-13-01T00:00", "0001-01-01T00:00"])
def test_a_time_that_is_none_is_told_beside_it_and_nothing_typed_is_lost(organiser, day, typed):
    answer = organiser.get("/admin/audit", since=typed, student="alice")
    assert answer.status_code == 400
    assert 'id="since-error"' in answer.text
    assert 'value="alice"' in answer.text
    assert f'value="{typed}"' in answer.text
    assert organiser.get("/admin/exports/audit.csv", since=typed).status_code == 400


def test_a_name_that_hundreds_have_is_asked_for_in_full(organiser, day, monkeypatch):
    monkeypatch.setattr("jobfair.queries.admin.records.audit_filters.MOST_STUDENTS", 1)
    assert organiser.get("/admin/audit", student="alice").status_code == 200
    answer = organiser.get("/admin/audit", student="example.org")
    assert answer.status_code == 400
    assert 'id="student-error"' in answer.text


def test_filters_that_find_nothing_say_so(organiser, day):
    page = organiser.get("/admin/audit", student="nobody")
    assert "Nothing of the kind has happened." in page.text
    assert 'value="nobody"' in page.text


def test_filters_go_together(organiser, day):
    page = organiser.get(
        "/admin/audit", student="bob", company="TechCorp", kind="queues", actor="student"
    )
    assert "Bob Petit joined the queue at TechCorp" in text(page)
    assert len(rows(page)) == 1


# Page by page


def test_page_by_page_every_row_once(organiser, day, monkeypatch):
    everything = rows(organiser.get("/admin/audit", all="1"))
    monkeypatch.setattr(audit, "PAGE_SIZE", 4)
    seen, address = [], "/admin/audit?all=1"
    while address:
        page = organiser.get(address)
        seen += rows(page)
        address = _link(page, "Earlier")
    assert seen == everything
    back = []
    while address := _link(page, "Later"):
        page = organiser.get(address)
        back = rows(page) + back
    assert back == everything[: len(back)]
    assert len(back) >= len(everything) - 4


def _link(page, words):
    found = re.search(rf'<a href="([^"]*)">{words}</a>', page.text)
    return found and found[1].replace("&amp;", "&")


def test_what_happens_meanwhile_moves_no_page(organiser, day, monkeypatch):
    monkeypatch.setattr(audit, "PAGE_SIZE", 3)
    earlier = _link(organiser.get("/admin/audit"), "Earlier")
    shown = rows(organiser.get(earlier))
    presence.change_status(day.bob.actor, StudentStatus.PAUSED)
    assert rows(organiser.get(earlier)) == shown


@pytest.mark.parametrize("number", ["x", "-1", "9" * 30, "0"])
def test_a_number_that_is_none_is_no_matter(organiser, day, number):
    for name in ("before", "after"):
        assert organiser.get("/admin/audit", **{name: number}).status_code == 200
    assert organiser.get(f"/admin/companies/{day.techcorp}/story", after=number).status_code == 200


# The deleted


def test_the_deleted_keep_their_names(organiser, day):
    admin = actors.admin(factories.admin().user_id)
    students.delete(admin, day.alice.student_id, "Alice Martin")
    companies.delete(admin, day.techcorp)
    said = text(organiser.get("/admin/audit", student="alice"))
    assert "Alice Martin began an interview at TechCorp" in said
    assert "The account of Alice Martin was deleted" in said
    assert "The company TechCorp was deleted" in text(
        organiser.get("/admin/audit", company="techcorp")
    )
    told = organiser.get(f"/admin/students/{day.alice.student_id}/story")
    assert "The day of Alice Martin" in told.text
    told = organiser.get(f"/admin/companies/{day.techcorp}/story")
    assert "Bob Petit lost their place at TechCorp, which was deleted" in text(told)


def test_who_did_it_may_be_gone_too(organiser, day):
    companies.edit(actors.admin(999), day.rival, {"slots": 1})
    assert "somebody who was in the team" in text(organiser.get("/admin/audit"))


def test_a_name_is_no_markup(organiser, app):
    eve = factories.student("<b>Eve</b>", "%(company)s %s")
    factories.entry(eve, factories.company("<script>alert(1)</script>"))
    for address in ("/admin/audit", f"/admin/students/{eve.student_id}/story"):
        page = organiser.get(address).text
        assert "<b>Eve</b>" not in page
        assert "<script>alert" not in page
        assert "&lt;b&gt;Eve&lt;/b&gt; %(company)s %s" in page


def test_a_long_new_order_is_folded(organiser, app):
    techcorp = factories.company("TechCorp")
    entries = [factories.entry(factories.student(f"Student{n}"), techcorp) for n in range(7)]
    overrides.reorder(actors.admin(factories.admin().user_id), techcorp, entries[::-1])
    page = organiser.get("/admin/audit", kind="reordered")
    assert "Student6 Martin 7 → 1" in text(page)
    assert '<details class="changes-more">' in page.text
    assert "2 more" in page.text


# Stories


def test_the_story_of_a_student(organiser, day):
    said = text(organiser.get(f"/admin/students/{day.alice.student_id}/story"))
    told = [
        "Monday 23 November 2026",
        "09:00:00",
        "Alice Martin registered",
        "Alice Martin joined the queue at TechCorp",
        "TechCorp called Alice Martin",
        "09:05:00",
        "Alice Martin began an interview at TechCorp",
        "09:20:00",
        "The interview of Alice Martin at TechCorp ended after 15 min 00 s",
    ]
    places = [said.index(each, said.index("The day of")) for each in told]
    assert places == sorted(places)
    assert "Bob" not in said


def test_the_story_of_a_company(organiser, day):
    queues.absent(actors.company(day.techcorp), day.bobs)
    said = text(organiser.get(f"/admin/companies/{day.techcorp}/story"))
    assert "The company TechCorp was created" in said
    assert said.index("Alice Martin joined") < said.index("Bob Petit was called and did not come")
    assert "Rival" not in said


def test_a_long_story_goes_on(organiser, day, monkeypatch):
    address = f"/admin/companies/{day.techcorp}/story"
    everything = rows(organiser.get(address))
    monkeypatch.setattr(audit, "STORY_SIZE", 3)
    seen, page = [], organiser.get(address)
    while True:
        seen += rows(page)
        following = _link(page, "What came next")
        if not following:
            break
        page = organiser.get(following)
    assert seen == everything


def test_the_pages_lead_to_the_stories(organiser, day):
    student = f"/admin/students/{day.alice.student_id}"
    assert f'href="{student}/story"' in organiser.get(student).text
    company = f"/admin/companies/{day.techcorp}"
    assert f'href="{company}/story"' in organiser.get(company).text
    assert 'href="/admin/audit"' in organiser.get("/admin/").text


# Who may look


PAGES = ["/admin/audit", "/admin/students/1/story", "/admin/companies/1/story"]


@pytest.mark.parametrize("path", PAGES)
def test_not_the_person_themself_nor_a_stranger_nor_nobody(client, day, path):
    assert client.get(path).status_code == 303
    for person in (day.alice, day.bob):
        sign_in = person.sign_in(client)
        headers = {"X-CSRF-Token": csrf.token(sign_in.sign_in_id)}
        assert client.get(path, headers=headers).status_code == 403
    factories.admin().sign_in(client)
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
