"""Figures must be right, not plausible: each is computed a second way, from the bare journal."""

import csv
import statistics as stdlib
from collections import Counter, defaultdict
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, select

from jobfair import clock
from jobfair.db.transactions import revision
from jobfair.domain.decisions.paper_interviews import PaperInterview
from jobfair.domain.state import Phase, StudentStatus
from jobfair.extensions import db
from jobfair.models import Company, Entry, JournalRow, Student
from jobfair.queries.admin.fair import overview
from jobfair.queries.admin.figures.statistics import (
    Figures,
    by_hour,
    by_sector,
    by_studies,
    hours_of,
    of_company,
    statistics,
)
from jobfair.queries.admin.figures.told_waits import told_waits, told_waits_of
from jobfair.queries.admin.lists import companies as company_list
from jobfair.queries.admin.records import exports
from jobfair.queries.projections.interviews import every_interview
from jobfair.queries.stand import stands
from jobfair.queries.student import places
from jobfair.services.companies import companies
from jobfair.services.fair import fair
from jobfair.services.queues import interviews, overrides, paper_interviews, presence, queues
from jobfair.services.students import introductions, students
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.chance import seeded

ADMIN = actors.admin(1)
PARIS = ZoneInfo("Europe/Paris")
# Newfoundland's hours begin on the half hour.
ZONES = [PARIS, ZoneInfo("America/St_Johns"), ZoneInfo("Asia/Kathmandu"), UTC]
OPENING = datetime(2026, 11, 23, 7, 52, tzinfo=UTC)


@contextmanager
def at(minutes):
    with clock.at(OPENING + timedelta(minutes=minutes)):
        yield


# One figure


def test_an_interview_done_is_the_same_figure_everywhere(app, organiser, client):
    """Places marked as done, ends taken back and what was removed since change none of them."""
    names = ("Done", "Marked", "Undone", "Removed")
    techcorp, gone = factories.company("TechCorp", slots=4), factories.company("Gone")
    stand = actors.company(techcorp)
    people = [factories.student(name) for name in names]
    done, marked, undone, removed = (factories.entry(each, techcorp) for each in people)
    for person, entry in zip(people, (done, marked, undone, removed), strict=True):
        if entry != marked:
            interviews.start(person.actor, entry)
            interviews.complete(stand, entry)
            if entry == undone:
                interviews.undo_completion(stand, entry)
    overrides.complete_for(ADMIN, marked)
    overrides.remove_entry(ADMIN, removed)
    eve = factories.student("Eve")
    interviews.complete(actors.company(gone), factories.interview(eve, gone))
    companies.delete(ADMIN, gone)

    assert statistics().overall.done == overview.figures().done == 3
    assert (
        client.get("/api/admin/dashboard/", headers=factories.admin().bearer()).json[
            "completed_interviews"
        ]
        == 3
    )
    [line] = company_list.companies().page.lines
    [(company,)] = [[each for each in statistics().companies if not each.deleted]]
    assert line.done == company.figures.done == 2
    assert [each.done for each in overview.longest_queues()] == []
    file = organiser.get("/admin/exports/companies.csv").text.removeprefix("\ufeff")
    [row] = csv.DictReader(file.splitlines())
    assert row["Done"] == "2"
    assert {row.email.split(".")[0]: row.done for row in exports.students()} == {
        "done": 1,
        "marked": 0,
        "undone": 0,
        "removed": 0,
        "eve": 0,
    }


# By hand


def test_a_fair_of_which_every_figure_is_known(app):
    with at(0):
        techcorp = factories.company("TechCorp", slots=3)
        alice, bob, chloe, dan = map(factories.student, ("Alice", "Bob", "Chloé", "Dan"))
        first, second, third = (factories.entry(each, techcorp) for each in (alice, bob, chloe))
        fourth = factories.entry(dan, techcorp)
    for minute, person, entry in ((2, alice, first), (4, bob, second), (12, chloe, third)):
        with at(minute):
            interviews.start(person.actor, entry)
    with at(12):
        interviews.complete(actors.company(techcorp), first)
    with at(24):
        interviews.complete(actors.company(techcorp), second)
    with at(30):
        students.force_status(ADMIN, chloe.student_id, StudentStatus.AVAILABLE)
        queues.present(chloe.actor, third)
    with at(35):
        interviews.start(chloe.actor, third)
    with at(65):
        interviews.complete(actors.company(techcorp), third)
    with at(70):
        queues.leave(dan.actor, fourth)
    assert of_company(techcorp) == Figures(
        done=3,
        broken_off=1,
        running=0,
        given_up=1,
        mean_length=timedelta(minutes=20),
        median_length=timedelta(minutes=20),
        # 2, 4 and 12 minutes, and 5 from the break-off to the second start.
        mean_wait=timedelta(minutes=5, seconds=45),
        median_wait=timedelta(minutes=4, seconds=30),
    )
    assert of_company(techcorp).completion_rate == pytest.approx(3 / 5)
    found = statistics()
    assert found.overall == of_company(techcorp)
    # The opening was at 8:52 in Paris.
    hours = [
        (hour.start.astimezone(PARIS).hour, hour.began, hour.done) for hour in found.hours(PARIS)
    ]
    assert hours == [(8, 2, 0), (9, 2, 3)]
    assert found.quarters[0].start == OPENING.replace(minute=45)
    assert [quarter.began for quarter in found.quarters] == [2, 1, 1, 0, 0]
    assert [quarter.done for quarter in found.quarters] == [0, 1, 1, 0, 1]


def test_nothing_gives_no_figures(app):
    company_id = factories.company()
    found = statistics()
    assert found.overall == Figures()
    assert found.overall.completion_rate is None
    assert [each.id for each in found.companies] == [company_id]
    assert found.quarters == ()
    assert found.busiest_hours(PARIS) == []


def test_a_place_marked_as_done_is_no_interview(app):
    alice, techcorp = factories.student(), factories.company()
    entry = factories.entry(alice, techcorp)
    overrides.complete_for(ADMIN, entry)
    overrides.remove_entry(ADMIN, entry)
    assert of_company(techcorp) == Figures()


def test_a_finished_interview_that_is_removed_took_place(app):
    alice, techcorp = factories.student(), factories.company()
    entry = factories.interview(alice, techcorp)
    interviews.complete(actors.company(techcorp), entry)
    overrides.remove_entry(ADMIN, entry)
    figures = of_company(techcorp)
    assert (figures.done, figures.given_up, figures.completion_rate) == (1, 0, 1.0)


def test_interviews_from_paper_count_at_their_own_times(app):
    """One that was entered wrongly, and is removed, counts nowhere: it is entered again."""
    alice, bob = factories.student("Alice"), factories.student("Bob")
    with at(0):
        techcorp = factories.company("TechCorp")
        factories.entry(alice, techcorp)

    def noted(person, began, ended):
        times = (OPENING + timedelta(minutes=each) for each in (began, ended))
        return PaperInterview(person.student_id, *times)

    with at(300):
        both = [noted(alice, 20, 30), noted(bob, 40, 60)]
        assert not paper_interviews.enter(ADMIN, techcorp, both)
    assert of_company(techcorp) == Figures(
        done=2,
        mean_length=timedelta(minutes=15),
        median_length=timedelta(minutes=15),
        # Bob was in no queue.
        mean_wait=timedelta(minutes=20),
        median_wait=timedelta(minutes=20),
    )
    assert [(each.began, each.done) for each in statistics().quarters] == [
        (1, 0),
        (0, 1),
        (1, 0),
        (0, 1),
    ]
    for row in stands.stand(techcorp).done:
        overrides.remove_entry(ADMIN, row.id)
    assert of_company(techcorp) == Figures()
    assert list(every_interview()) == []
    assert statistics().quarters == ()


def test_a_place_left_after_a_broken_off_interview_counts_once(app):
    alice, techcorp = factories.student(), factories.company()
    entry = factories.interview(alice, techcorp)
    students.force_status(ADMIN, alice.student_id, StudentStatus.AVAILABLE)
    queues.leave(alice.actor, entry)
    figures = of_company(techcorp)
    assert (figures.broken_off, figures.given_up) == (1, 0)


def test_a_clock_that_was_set_back_makes_nothing_negative(app):
    with at(60):
        techcorp = factories.company("TechCorp")
        alice = factories.student()
        entry = factories.entry(alice, techcorp)
    with at(50):
        interviews.start(alice.actor, entry)
    with at(0):
        interviews.complete(actors.company(techcorp), entry)
    found = statistics()
    assert (found.overall.mean_wait, found.overall.mean_length) == (timedelta(), timedelta())
    assert (
        sum(span.began for span in found.quarters),
        sum(span.done for span in found.quarters),
    ) == (1, 1)
    with at(70):
        factories.entry(factories.student("Bob"), techcorp)
    assert overview.longest_queues()[0].minutes == 0


def test_a_deleted_company_keeps_its_figures(app):
    alice, bob = factories.student("Alice"), factories.student("Bob")
    techcorp, rival = factories.company("TechCorp"), factories.company("Rival")
    interviews.complete(actors.company(techcorp), factories.interview(alice, techcorp))
    factories.interview(bob, techcorp)
    companies.delete(ADMIN, techcorp)
    found = {each.name: each for each in statistics().companies}
    assert found["TechCorp"].deleted
    assert (found["TechCorp"].figures.done, found["TechCorp"].figures.broken_off) == (1, 1)
    assert not found["Rival"].deleted
    assert found["Rival"].id == rival


# By chance, and counted again


@pytest.mark.system
def test_a_fair_of_which_every_figure_is_counted_twice(app, monkeypatch):
    _play(seeded(3))
    journal = _journal()
    spells, given_up = list(_spells(journal)), list(_given_up(journal))
    # Nothing that counts is missing from it.
    assert {how for *_, how in spells} >= {"done", "broken_off"}
    assert given_up
    assert {row.kind for row in journal} >= RARE
    _check_interviews(spells)
    _check_overall(spells, given_up)
    _check_companies(spells, given_up)
    _check_quarters(spells)
    for zone in ZONES:
        _check_hours(spells, zone)
        _check_hours_of_stands(spells, zone)
        _check_told(journal, zone)
    _check_no_shows(journal)
    _check_sectors(spells)
    _check_studies(journal, spells)
    monkeypatch.setattr("jobfair.queries.batches.BATCH", 7)
    _check_interviews(spells)


RARE = {
    "student_deleted",
    "company_deleted",
    "entry_completed",
    "interview_broken_off",
    "completion_undone",
    "start_undone",
    "set_aside",
    "paper_interview_entered",
}


def _play(random):
    moment = OPENING
    with clock.at(moment):
        stands_made = [
            factories.company(
                f"Stand {n}",
                slots=random.randint(1, 3),
                sectors=[None, "Data", "data, Énergie"][n % 3],
            )
            for n in range(5)
        ]
        people = [factories.student(f"Student{n}").student_id for n in range(20)]
        for at_index, student_id in enumerate(people):
            said = {"studies": ["Physics", "physics", "Law"][at_index % 3]}
            shown = {"shows_introduction": at_index % 4 > 0}
            introductions.change(actors.student(student_id), said | shown)
    for _ in range(350):
        moment += timedelta(seconds=random.randint(0, 90), microseconds=random.randint(0, 999_999))
        with clock.at(moment):
            _act(random, stands_made, people)
        # Read in the middle of it, so that later ones go on from what was counted.
        if random.random() < 0.02:
            statistics()


def _act(random, company_ids, student_ids):
    company_id, student_id = random.choice(company_ids), random.choice(student_ids)
    if random.random() < 0.06:
        _enter(random, company_id, student_id)
    elif random.random() < 0.2:
        _override(random, company_id, student_id, company_ids, student_ids)
    elif random.random() < 0.35:
        for row in stands.stand(company_id).in_interview[:1]:
            interviews.complete(actors.company(company_id), row.id)
            _reconsider(random, company_id, row.id)
    else:
        _attend(random, company_id, student_id)


def _enter(random, company_id, student_id):
    """One from paper; some are removed again, and of some the stand takes back the end."""
    ended = clock.now() - timedelta(seconds=random.choice([0, 30, 600]))
    noted = PaperInterview(student_id, ended - timedelta(minutes=random.randint(1, 40)), ended)
    if paper_interviews.enter(ADMIN, company_id, [noted]):
        return
    statistics()
    done = {row.student_id: row.id for row in stands.stand(company_id, stands.ALL).done}
    what = random.random()
    if what < 0.3:
        overrides.remove_entry(ADMIN, done[student_id])
    elif what < 0.6:
        interviews.undo_completion(actors.company(company_id), done[student_id])


def _reconsider(random, company_id, entry_id):
    """The stand takes back an end at once, or half a minute later, or it was no mistake."""
    later = random.choice([0, 30, None, None])
    if later is not None:
        # In between somebody may have looked at the figures.
        statistics()
        with clock.at(clock.now() + timedelta(seconds=later)):
            interviews.undo_completion(actors.company(company_id), entry_id)


def _attend(random, company_id, student_id):
    page = places.dashboard(student_id)
    if page.student.status is StudentStatus.PAUSED:
        presence.change_status(actors.student(student_id), StudentStatus.AVAILABLE)
    elif page.turns and random.random() < 0.8:
        interviews.start(actors.student(student_id), page.turns[0].id)
        if random.random() < 0.15:
            statistics()
            interviews.undo_start(actors.student(student_id), page.turns[0].id)
    elif page.turns and random.random() < 0.5:
        overrides.set_aside(ADMIN, page.turns[0].id)
    elif page.turns:
        queues.pass_turn(actors.student(student_id), page.turns[0].id)
    elif aside := [place for place in page.waiting if place.aside]:
        queues.present(actors.student(student_id), aside[0].id)
    elif len(page.waiting) < 4:
        queues.join(actors.student(student_id), company_id, _told)
    elif random.random() < 0.5:
        queues.leave(actors.student(student_id), random.choice(page.waiting).id)


def _told(waiting):
    """A range that is right for some, too long or too short for others; none behind every third."""
    return None if waiting % 3 == 2 else (15 * waiting, 15 * waiting + 15)


def _override(random, company_id, student_id, company_ids, student_ids):
    entries = [row.id for row in stands.stand(company_id, stands.ALL).waiting]
    rare = random.random()
    if rare < 0.06 and len(company_ids) > 3:
        companies.delete(ADMIN, company_id)
        company_ids.remove(company_id)
    elif rare < 0.12 and len(student_ids) > 12:
        students.delete(ADMIN, student_id, "Somebody")
        student_ids.remove(student_id)
    elif rare < 0.4:
        students.force_status(ADMIN, student_id, random.choice(list(StudentStatus)), company_id)
    elif rare < 0.45:
        students.make_all_available(ADMIN)
    elif rare < 0.5:
        fair.set_phase(ADMIN, random.choice([Phase.CLOSED, Phase.PREPARING]))
        fair.set_phase(ADMIN, Phase.OPEN)
    elif rare < 0.75 and entries:
        overrides.remove_entry(ADMIN, random.choice(entries))
    elif rare < 0.85 and entries:
        overrides.complete_for(ADMIN, random.choice(entries))
    else:
        own = [place.id for place in places.dashboard(student_id).places]
        if own:
            overrides.remove_entry(ADMIN, random.choice(own))


def _journal():
    with db.engine.connect() as connection:
        rows = connection.execute(select(JournalRow.__table__).order_by(JournalRow.number))
        return list(rows)


def _lives(rows):
    """Each entry's own rows, by the entry, without the starts that were taken back."""
    lives = defaultdict(list)
    for row in rows:
        if row.kind == "start_undone":
            life = lives[row.entry_id]
            del life[max(at for at, each in enumerate(life) if each.kind == "interview_started")]
        elif row.entry_id is not None:
            lives[row.entry_id].append(row)
    return lives.values()


def _spells(rows):
    """(company, waiting since, started, ended, how), a second way: one entry after the other."""
    for whole_life in _lives(rows):
        undone = {r.data["completion"] for r in whole_life if r.kind == "completion_undone"}
        life = [row for row in whole_life if row.number not in undone or row.kind == PAPER]
        since = life[0].at
        for at_index, row in enumerate(life):
            rest = life[at_index + 1 :]
            if row.kind == PAPER and row.number not in undone:
                if not any(r.kind == "left" and r.data["reason"] == "removed" for r in rest):
                    yield row.company_id, since, *_noted(row), "done"
            elif row.kind in ("interview_started", PAPER):
                end = next((r for r in rest if r.kind in ENDS), None)
                how = "running" if end is None else ENDS[end.kind]
                started = row.at if row.kind != PAPER else _noted(row)[0]
                yield row.company_id, since, started, end and end.at, how
                since = end and end.at


def _noted(row):
    return [datetime.fromisoformat(row.data[each]) for each in ("started_at", "ended_at")]


PAPER = "paper_interview_entered"
ENDS = {"interview_completed": "done", "interview_broken_off": "broken_off", "left": "broken_off"}


def _given_up(rows):
    for life in _lives(rows):
        kinds = [row.kind for row in life]
        left = [r for r in life if r.kind == "left" and r.data["reason"] in ("left", "removed")]
        if left and not {"interview_started", "entry_completed", PAPER} & set(kinds):
            yield left[0].company_id


def _figures(spells, given_up):
    lengths = [ended - started for _, _, started, ended, how in spells if how == "done"]
    # A place that was made with its interview, from paper, has had no wait.
    waits = [started - since for _, since, started, _, _ in spells if since <= started]
    hows = Counter(how for *_, how in spells)
    return {
        "done": hows["done"],
        "broken_off": hows["broken_off"],
        "running": hows["running"],
        "given_up": given_up,
        "lengths": lengths,
        "waits": waits,
    }


def _check(figures, expected):
    for name in ("done", "broken_off", "running", "given_up"):
        assert getattr(figures, name) == expected[name], name
    for kind in ("length", "wait"):
        seconds = [each.total_seconds() for each in expected[f"{kind}s"]]
        for way in (stdlib.fmean, stdlib.median):
            name = f"{'mean' if way is stdlib.fmean else 'median'}_{kind}"
            found = getattr(figures, name)
            if seconds:
                assert found.total_seconds() == pytest.approx(way(seconds), abs=1e-5), name
            else:
                assert found is None
    ended = expected["done"] + expected["broken_off"] + expected["given_up"]
    if ended:
        assert figures.completion_rate == pytest.approx(expected["done"] / ended)


def _check_interviews(spells):
    found = [
        (each.company_id, each.waiting_since, each.started_at, each.ended_at, str(each.outcome))
        for each in every_interview()
    ]
    assert sorted(found, key=repr) == sorted(spells, key=repr)


def _check_overall(spells, given_up):
    _check(statistics().overall, _figures(spells, len(given_up)))


def _check_companies(spells, given_up):
    by_company = Counter(given_up)
    for each in statistics().companies:
        own = [spell for spell in spells if spell[0] == each.id]
        _check(each.figures, _figures(own, by_company[each.id]))
        assert of_company(each.id) == each.figures
    assert {each.id for each in statistics().companies} >= {spell[0] for spell in spells}


def _check_quarters(spells):
    quarters = statistics().quarters
    for quarter in quarters:
        end = quarter.start + timedelta(minutes=15)
        assert quarter.began == sum(quarter.start <= s[2] < end for s in spells)
        assert quarter.done == sum(s[4] == "done" and quarter.start <= s[3] < end for s in spells)
    assert sum(quarter.began for quarter in quarters) == len(spells)


def _check_hours(spells, zone):
    def hour_of(moment):
        return f"{moment.astimezone(zone):%d %H}"

    began = Counter(hour_of(spell[2]) for spell in spells)
    done = Counter(hour_of(spell[3]) for spell in spells if spell[4] == "done")
    hours = statistics().hours(zone)
    assert {hour_of(hour.start): hour.began for hour in hours if hour.began} == began
    assert {hour_of(hour.start): hour.done for hour in hours if hour.done} == done
    assert all(hour.start.astimezone(zone).minute == 0 for hour in hours)
    starts = [hour.start for hour in hours]
    assert starts == [starts[0] + timedelta(hours=n) for n in range(len(starts))]
    busiest = statistics().busiest_hours(zone)
    assert [hour.began for hour in busiest] == [count for _, count in began.most_common(3)]


def _check_hours_of_stands(spells, zone):
    def hour_of(moment):
        return f"{moment.astimezone(zone):%d %H}"

    expected = defaultdict(list)
    for company_id, since, started, *_ in spells:
        expected[company_id, hour_of(started)].append((since, started))
    found = by_hour(zone)
    lines = {
        (line.id, hour_of(start)): hour
        for line in found.stands
        for start, hour in zip(found.starts, line.hours, strict=True)
        if hour
    }
    assert lines.keys() == expected.keys()
    for key, spells_there in expected.items():
        assert lines[key].began == len(spells_there)
        waits = [(b - a).total_seconds() for a, b in spells_there if a <= b]
        wait = lines[key].mean_wait
        if waits:
            assert wait.total_seconds() == pytest.approx(stdlib.fmean(waits), abs=1e-5)
        else:
            assert wait is None
    for line in found.stands:
        own = zip(found.starts, line.hours, strict=True)
        assert hours_of(line.id, zone) == [(start, hour) for start, hour in own if hour]


def _check_told(journal, zone):
    """What students were told against what they waited, one place after the other."""
    waits, untold = defaultdict(list), Counter()
    for life in map(_as_it_counts, _lives(journal)):
        begun = next((row for row in life if row.kind in ("interview_started", PAPER)), None)
        if begun is None:
            continue
        before = life[: life.index(begun)]
        joined, calls = before[0], [row for row in before if row.kind in CALLS]
        is_called = calls and calls[-1].kind == "turn_came" and begun.kind != PAPER
        start = begun.at if begun.kind != PAPER else _noted(begun)[0]
        if joined.at > start:
            continue
        wait = (calls[-1].at if is_called else start) - joined.at
        if joined.data["told"] is None:
            untold[joined.company_id] += 1
        else:
            hour = f"{joined.at.astimezone(zone):%d %H}"
            waits[joined.company_id, hour].append((joined.data["told"], wait))
    for company_id in {row.company_id for row in journal if row.company_id}:
        found = told_waits_of(company_id, zone)
        assert found.overall.untold == untold[company_id]
        own = {hour: each for (company, hour), each in waits.items() if company == company_id}
        _check_told_figures(found.overall, [*chain(*own.values())])
        assert [f"{each.start.astimezone(zone):%d %H}" for each in found.hours] == sorted(own)
        for each in found.hours:
            _check_told_figures(each.figures, own[f"{each.start.astimezone(zone):%d %H}"])
    every = told_waits(zone).overall
    assert every.untold == untold.total()
    _check_told_figures(every, [*chain(*waits.values())])
    assert every.kept
    assert every.shorter
    assert every.longer


def _as_it_counts(life):
    """A life without what was entered from paper and removed again."""
    removed = any(row.kind == "left" and row.data["reason"] == "removed" for row in life)
    undone = {row.data["completion"] for row in life if row.kind == "completion_undone"}
    return [row for row in life if row.kind != PAPER or row.number in undone or not removed]


CALLS = ("turn_came", "turn_ended")


def _check_told_figures(figures, waits):
    minutes = [((least, most), wait.total_seconds() / 60) for (least, most), wait in waits]
    assert figures.told == len(waits)
    assert figures.shorter == sum(wait < least for (least, _), wait in minutes)
    assert figures.longer == sum(wait > most for (_, most), wait in minutes)
    assert figures.kept + figures.shorter + figures.longer == figures.told
    if not waits:
        assert figures.median_told is None
        assert figures.median_waited is None
        return
    middle = stdlib.median((least + most) / 2 for (least, most), _ in minutes)
    assert figures.median_told.total_seconds() / 60 == pytest.approx(middle)
    waited = stdlib.median(wait for _, wait in minutes)
    assert figures.median_waited.total_seconds() / 60 == pytest.approx(waited, abs=1e-6)


def _check_no_shows(journal):
    expected = Counter(
        row.company_id
        for row in journal
        if row.kind == "set_aside" and row.data["reason"] in ("absent", "ran_out")
    )
    assert expected
    found = {each.id: each.figures.no_shows for each in statistics().companies}
    assert {each: number for each, number in found.items() if number} == expected
    assert statistics().overall.no_shows == expected.total()


def _check_sectors(spells):
    with db.engine.connect() as connection:
        companies_there = connection.execute(select(Company.id, Company.sectors)).all()
    for sector in by_sector():
        ids = {
            each.id
            for each in companies_there
            if sector.name.lower() in (each.sectors or "").lower().split(", ")
        }
        own = _figures([spell for spell in spells if spell[0] in ids], 0)
        assert sector.companies == len(ids)
        assert (sector.figures.done, sector.figures.broken_off) == (own["done"], own["broken_off"])
        waits = [each.total_seconds() for each in own["waits"]]
        assert sector.figures.mean_wait.total_seconds() == pytest.approx(
            stdlib.fmean(waits), abs=1e-5
        )
    # The other was that of a company which is deleted.
    assert {each.name.lower() for each in by_sector()} <= {"data", "énergie"}


def _check_studies(journal, spells):
    with db.engine.connect() as connection:
        rows = connection.execute(select(Student.id, Student.studies, Student.shows_introduction))
        shown = {row.id: row.studies.lower() if row.shows_introduction else None for row in rows}
    assert Counter(shown.values()) == {
        each.name and each.name.lower(): each.students for each in by_studies() if each.students
    }
    done = {each.name and each.name.lower(): each.done for each in by_studies()}
    assert sum(done.values()) == sum(how == "done" for *_, how in spells)
    ended = {row.entry_id: row.student_id for row in journal if row.entry_id and row.student_id}
    by_student = Counter(
        ended[each.entry_id] for each in every_interview() if each.outcome == "done"
    )
    for name in ("physics", "law"):
        own = sum(number for who, number in by_student.items() if shown.get(who) == name)
        assert done.get(name, 0) == own


def test_who_says_not_now_is_no_no_show(app):
    alice, bob = factories.student("Alice"), factories.student("Bob")
    techcorp = factories.company("TechCorp")
    first, second = factories.entry(alice, techcorp), factories.entry(bob, techcorp)
    queues.pass_turn(alice.actor, first)
    assert of_company(techcorp).no_shows == 0
    queues.absent(actors.company(techcorp), second)
    assert of_company(techcorp).no_shows == statistics().overall.no_shows == 1


def test_what_is_done_is_done_in_the_queues_too(app):
    """Where nothing was removed, the entries know the same interviews."""
    with at(0):
        techcorp = factories.company("TechCorp", slots=4)
        people = [factories.student(f"Student{n}") for n in range(4)]
        entries = [factories.interview(each, techcorp) for each in people]
    for minute, entry in zip((7, 11, 30), entries, strict=False):
        with at(minute):
            interviews.complete(actors.company(techcorp), entry)
    with db.engine.connect() as connection:
        done = connection.execute(
            select(Entry.started_at, Entry.completed_at).where(Entry.state == "done")
        ).all()
    lengths = [row.completed_at - row.started_at for row in done]
    figures = of_company(techcorp)
    assert figures.done == len(lengths) == 3
    assert figures.mean_length == sum(lengths, timedelta()) / 3
    assert figures.running == 1


# What the process remembers


@pytest.mark.parametrize("first", ["an interview", "students"])
def test_no_test_counts_what_another_did(app, first):
    """Though its last row has the same number, time and kind."""
    with at(0):
        techcorp = factories.company(slots=2)
        if first == "an interview":
            factories.interview(factories.student("Bob"), techcorp)
        else:
            for name in ("Bob", "Chloé", "Dan", "Eve"):
                factories.student(name)
        factories.interview(factories.student(), techcorp)
        assert revision() == 9
    assert statistics().overall.running == (2 if first == "an interview" else 1)


def test_a_journal_that_was_replaced_is_counted_anew(app):
    techcorp = factories.company()
    interviews.complete(
        actors.company(techcorp), factories.interview(factories.student(), techcorp)
    )
    assert statistics().overall.done == 1
    with db.engine.begin() as connection:
        connection.execute(delete(JournalRow))
    assert statistics().overall == Figures()
