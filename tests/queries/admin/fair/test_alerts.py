"""The alerts of fairs in which anything may have happened, worked out a second way."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from jobfair import clock
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import CompanyStatus, Phase, StudentStatus
from jobfair.extensions import db
from jobfair.models import (
    Company,
    Entry,
    Fair,
    Student,
)
from jobfair.queries.admin.fair.alerts import alerts
from jobfair.queries.student import places
from jobfair.services.companies import companies
from jobfair.services.fair import fair
from jobfair.services.queues import interviews, presence, queues
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.chance import seeded

MINUTES = 100


@pytest.mark.system
def test_the_alerts_are_what_the_rules_make_of_every_row(app):
    seen = set()
    for now in play(seeded(0), clock.now() - timedelta(minutes=MINUTES)):
        found = told()
        assert found == expected(now)
        seen |= {kind for kind, alerts_of_it in found.items() if alerts_of_it}
    assert seen == {"idle", "late", "long", "stuck"}
    fair.set_phase(actors.SYSTEM, Phase.CLOSED)
    assert told() == expected(clock.now())


def play(random, began):
    """Let a fair pass in which everybody does something now and then.

    Yields every few minutes the time, at which the caller looks around.
    """
    with clock.at(began):
        stands = [factories.company(f"Company {n}", slots=random.randint(1, 3)) for n in range(7)]
        people = [factories.student(f"Person{n}").student_id for n in range(24)]
    for minute in range(MINUTES):
        now = began + timedelta(minutes=minute)
        with clock.at(now):
            for student_id in random.sample(people, 5):
                one_acts(random, student_id, stands)
            something_happens(random, stands, people)
            if minute % 3 == 0:
                yield now


def something_happens(random, stands, people):
    if random.random() < 0.1:
        status = random.choice([CompanyStatus.PAUSED, CompanyStatus.RECRUITING])
        companies.edit(actors.SYSTEM, random.choice(stands), {"status": status})
    if random.random() < 0.05:
        students.set_active(actors.SYSTEM, random.choice(people), random.random() < 0.5)


def one_acts(random, student_id, stands):
    page = places.dashboard(student_id)
    if page.running:
        if random.random() < 0.2:
            interviews.complete(actors.company(page.running.company.id), page.running.id)
    elif page.student.status is StudentStatus.PAUSED:
        if random.random() < 0.3:
            presence.change_status(actors.student(student_id), StudentStatus.AVAILABLE)
    elif page.turns and random.random() < 0.6:
        act = random.choice([interviews.start, interviews.start, queues.pass_turn])
        assert not isinstance(act(actors.student(student_id), page.turns[0].id), Refusal)
    elif random.random() < 0.15:
        presence.change_status(actors.student(student_id), StudentStatus.PAUSED)
    else:
        queues.join(actors.student(student_id), random.choice(stands))


def told():
    found = alerts()
    return {
        "idle": {each.entry_id for each in found.idle},
        "late": {each.entry_id for each in found.late},
        "long": {each.entry_id for each in found.long},
        "stuck": {
            (each.company_id, each.paused, each.aside, each.inactive) for each in found.stuck
        },
    }


def expected(now):
    """From the bare rows and the rules; no turn, count or presence that the app keeps is used."""
    result = {"idle": set(), "late": set(), "long": set(), "stuck": set()}
    people = {each.id: each for each in db.session.scalars(select(Student))}
    entries = db.session.scalars(select(Entry).order_by(Entry.position)).all()
    is_open = db.session.scalars(select(Fair.phase)).one() is Phase.OPEN
    for company in db.session.scalars(select(Company)):
        here = [each for each in entries if each.company_id == company.id]
        running = [each for each in here if each.state == "running"]
        result["long"] |= {e.id for e in running if now - e.started_at > timedelta(minutes=30)}
        if is_open and company.status == "recruiting":
            of_open_stand(result, now, company, running, here, people)
    db.session.close()
    return result


def of_open_stand(result, now, company, running, here, people):
    waiting = [each for each in here if each.state == "waiting"]
    free = max(0, company.slots - len(running))
    ready = [e for e in waiting if not e.aside and kept_by(people[e.student_id]) is None]
    called = sorted(ready[:free], key=lambda each: (each.called_at, each.id))
    waited = {each.id: now - each.called_at for each in called}
    late = {each for each, how_long in waited.items() if how_long > timedelta(minutes=5)}
    if called and not running and waited[called[0].id] > timedelta(minutes=3):
        result["idle"].add(called[0].id)
        late.discard(called[0].id)
    result["late"] |= late
    if free and waiting and not ready:
        why = [kept_by(people[e.student_id]) for e in waiting if not e.aside]
        if "elsewhere" in why:
            return  # It ends by itself.
        aside = [e for e in waiting if e.aside and kept_by(people[e.student_id]) != "inactive"]
        inactive = [e for e in waiting if kept_by(people[e.student_id]) == "inactive"]
        counts = (why.count("paused"), len(aside), len(inactive))
        result["stuck"].add((company.id, *counts))


def kept_by(person):
    """What keeps a student from coming; None when nothing does."""
    if not person.active:
        return "inactive"
    if person.company_id is not None:
        return "elsewhere"
    return "paused" if person.status == "paused" else None
