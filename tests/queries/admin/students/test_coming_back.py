"""Whose call a return takes is said before it does so, in fairs in which anything may happen."""

from jobfair.domain.events import TurnEnded
from jobfair.domain.state import CompanyStatus, Phase, StudentStatus
from jobfair.queries.admin.students.coming_back import losing_calls
from jobfair.queries.stand import stands
from jobfair.services.companies import companies
from jobfair.services.fair import fair
from jobfair.services.queues import interviews, overrides, presence, queues
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.chance import seeded

RETURNS = 250


def test_who_is_named_is_who_loses_the_call(app):
    random = seeded(1)
    stand_ids = [factories.company(f"Company {n}", slots=random.randint(1, 3)) for n in range(3)]
    people = [factories.student(f"Person{n}") for n in range(12)]
    for person in people:
        for company_id in random.sample(stand_ids, 2):
            factories.entry(person, company_id)
    taken = 0
    for _ in range(RETURNS):
        something_happens(random, stand_ids, people)
        company_id = random.choice(stand_ids)
        aside = [row.id for row in stands.stand(company_id, stands.ALL).waiting if row.aside]
        said = losing_calls(aside)
        if aside:
            entry_id = random.choice(aside)
            ended = overrides.bring_back(actors.SYSTEM, entry_id).events(TurnEnded)
            assert [said[each] for each in (entry_id,) if each in said] == [
                stands.name_of(each.student_id) for each in ended
            ]
            taken += len(ended)
    assert taken


def something_happens(random, stand_ids, people):
    company_id, person = random.choice(stand_ids), random.choice(people)
    status = random.choice(list(CompanyStatus))
    called = stands.called(company_id)
    row = random.choice(called) if called else None
    chance = random.random()
    if chance < 0.03:
        companies.edit(actors.SYSTEM, company_id, {"status": status})
    elif chance < 0.06:
        fair.set_phase(actors.SYSTEM, random.choice([Phase.OPEN, Phase.OPEN, Phase.CLOSED]))
    elif chance < 0.15:
        presence.change_status(person.actor, StudentStatus.PAUSED)
    elif chance < 0.3:
        students.make_all_available(actors.SYSTEM)
    elif row is None:
        return
    elif chance < 0.4:
        interviews.start(actors.student(row.student_id), row.id)
    elif chance < 0.5:
        queues.say_coming(actors.student(row.student_id), row.id)
    else:
        for each in called:
            queues.absent(actors.company(company_id), each.id)


def test_nothing_is_asked_where_nobody_is_set_aside(app):
    assert losing_calls([]) == {}
