"""A company's queue in an organiser's hands (rules 1, 5, 11)."""

import re
from datetime import timedelta

import pytest

from jobfair.queries.projections.interviews import every_interview
from jobfair.queries.stand import stands
from jobfair.queries.student import places
from jobfair.services.queues import interviews, queues
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from tests.support import factories

NAMES = ("Alice", "Bob", "Chloé", "David")


@pytest.fixture
def people(app):
    return {name: factories.student(name, f"{name}son") for name in NAMES}


@pytest.fixture
def entries(techcorp, people):
    return {name: factories.entry(person, techcorp) for name, person in people.items()}


@pytest.fixture
def address(techcorp):
    return f"/admin/companies/{techcorp}"


def order(company_id):
    return [row.first_name for row in stands.stand(company_id).waiting]


def test_the_queue_is_shown_in_order_with_what_each_entry_is(organiser, entries, people, address):
    queues.pass_turn(people["Alice"].actor, entries["Alice"])
    students.set_active(actors.SYSTEM, people["Chloé"].student_id, active=False)
    page = organiser.get(address).text
    waiting = re.findall(r'<li class="(row[^"]*)" id="entry-(\d+)"', page)
    assert waiting == [
        ("row row-dim", str(entries["Alice"])),
        ("row row-called", str(entries["Bob"])),
        ("row row-dim", str(entries["Chloé"])),
        ("row", str(entries["David"])),
    ]
    assert "Set aside, keeps the place" in page
    assert "Account deactivated" in page


@pytest.mark.parametrize(
    ("move", "result"),
    [
        ("Chloé before Bob", "Alice Chloé Bob David"),
        ("Chloé before Alice", "Chloé Alice Bob David"),
        ("Alice after Bob", "Bob Alice Chloé David"),
        ("Alice after David", "Bob Chloé David Alice"),
        ("David before Alice", "David Alice Bob Chloé"),
    ],
)
def test_moving(organiser, techcorp, entries, address, move, result):
    who, where, beside = move.split()
    answer = organiser.say(f"{address}/entries/{entries[who]}/move", **{where: entries[beside]})
    assert answer.status_code == 200
    assert order(techcorp) == result.split()


def test_each_row_has_the_buttons_that_lead_somewhere(organiser, entries, address):
    page = organiser.get(address).text
    assert page.count(">To first place</span>") == 3
    assert page.count(">Move up</span>") == 3
    assert page.count(">Move down</span>") == 3


def test_somebody_who_is_moved_to_first_place_is_called(organiser, techcorp, entries, address):
    organiser.post(f"{address}/entries/{entries['David']}/move", before=entries["Alice"])
    assert [row.first_name for row in stands.called(techcorp)] == ["David"]


def test_moving_beside_somebody_who_has_left_is_refused_in_words(
    organiser, techcorp, people, entries, address
):
    queues.leave(people["Bob"].actor, entries["Bob"])
    answer = organiser.say(f"{address}/entries/{entries['Chloé']}/move", before=entries["Bob"])
    assert answer.status_code == 400
    assert "The queue has changed meanwhile" in answer.text
    assert order(techcorp) == ["Alice", "Chloé", "David"]


@pytest.mark.parametrize("form", [{}, {"before": "x"}, {"before": "99"}])
def test_moving_nowhere_is_refused_in_words(organiser, techcorp, entries, address, form):
    answer = organiser.say(f"{address}/entries/{entries['Chloé']}/move", **form)
    assert answer.status_code == 400
    assert "The queue has changed meanwhile" in answer.text
    assert order(techcorp) == list(NAMES)


def test_ending_an_interview(organiser, techcorp, people, address):
    entry_id = factories.interview(people["Alice"], techcorp)
    answer = organiser.say(f"{address}/entries/{entry_id}/complete")
    assert "Interview done" in answer.text
    assert [row.first_name for row in stands.stand(techcorp).done] == ["Alice"]
    assert places.dashboard(people["Alice"].student_id).student.status == "paused"


def test_completing_somebody_who_waits_changes_that_entry_alone(
    organiser, techcorp, people, entries, address
):
    organiser.post(f"{address}/entries/{entries['Bob']}/complete")
    assert order(techcorp) == ["Alice", "Chloé", "David"]
    assert places.dashboard(people["Bob"].student_id).student.status == "available"


def test_completing_twice_is_refused_beside_the_entry(organiser, techcorp, entries, address):
    path = f"{address}/entries/{entries['Bob']}/complete"
    organiser.post(path)
    page = organiser.follow(organiser.post(path)).text
    done = page[page.index('id="completed"') :]
    assert 'class="refusal"' in done


def test_removing(organiser, techcorp, entries, address):
    answer = organiser.say(f"{address}/entries/{entries['Bob']}/remove")
    assert "Removed from the queue" in answer.text
    assert order(techcorp) == ["Alice", "Chloé", "David"]
    again = organiser.say(f"{address}/entries/{entries['Bob']}/remove")
    assert again.status_code == 400


def test_an_entry_that_never_was(organiser, address):
    assert organiser.post(f"{address}/entries/99/remove").status_code == 404


def test_finding_whom_to_add(organiser, techcorp, people, address):
    page = organiser.get(address, student="chloe").text
    assert "Chloé Chloéson" in page
    assert "Alice Aliceson" not in page
    typed = organiser.look(address, student="CHLO").text
    assert typed.startswith('<hx-partial hx-target="#candidates"')
    assert "Chloé Chloéson" in typed
    assert "No student is called so." in organiser.look(address, student="zzz").text


def test_adding_at_the_end_and_at_a_rank(organiser, techcorp, people, address):
    for name, rank in (("Alice", ""), ("Bob", ""), ("Chloé", "2"), ("David", "99")):
        student_id = people[name].student_id
        answer = organiser.say(f"{address}/entries", student_id=student_id, rank=rank, student="o")
        assert "Added to the queue" in answer.text
        assert 'hx-target="#candidates"' in answer.text
    assert order(techcorp) == ["Alice", "Chloé", "Bob", "David"]


def test_adding_somebody_twice_is_refused_beside_them(organiser, entries, people, address):
    form = {"student_id": people["Bob"].student_id, "rank": "", "student": "bob"}
    answer = organiser.say(f"{address}/entries", **form)
    assert answer.status_code == 400
    found = answer.text[answer.text.index('id="candidates"') :]
    assert '<p class="refusal"' in found
    page = organiser.follow(organiser.post(f"{address}/entries", **form)).text
    assert "This student is in that queue already" in page
    assert 'value="bob"' in page


def test_adding_with_a_rank_that_is_none(organiser, techcorp, people, address):
    form = {"student_id": people["Bob"].student_id, "rank": "0"}
    assert organiser.post(f"{address}/entries", **form).status_code == 400
    assert order(techcorp) == []


def dragged(organiser, address, *rows):
    return organiser.say(f"{address}/entries/order", order=",".join(map(str, rows)))


def test_a_whole_new_order_from_dragging(organiser, techcorp, entries, address):
    page = organiser.get(address).text
    assert page.count("data-grip hidden") == 4
    assert "/static/reorder.js" in page
    answer = dragged(organiser, address, *reversed(entries.values()))
    assert "Moved" in answer.text
    assert order(techcorp) == ["David", "Chloé", "Bob", "Alice"]


def test_somebody_who_the_page_does_not_show_stays_behind(organiser, techcorp, entries, address):
    dragged(organiser, address, entries["Bob"], entries["Alice"])
    assert order(techcorp) == ["Bob", "Alice", "Chloé", "David"]


@pytest.mark.parametrize(
    "rows", [[], ["x"], ["Alice", "Alice"], ["Bob", "Chloé"], ["Alice", "9" * 5000]]
)
def test_an_order_of_other_rows_is_refused_in_words(organiser, techcorp, entries, address, rows):
    answer = dragged(organiser, address, *(entries.get(each, each) for each in rows))
    assert answer.status_code == 400
    beside = answer.text[answer.text.index('id="waiting"') :]
    assert "The queue has changed meanwhile" in beside
    assert order(techcorp) == list(NAMES)


def test_somebody_who_left_during_a_drag_makes_it_stale(
    organiser, techcorp, people, entries, address
):
    queues.leave(people["Bob"].actor, entries["Bob"])
    assert dragged(organiser, address, *reversed(entries.values())).status_code == 400
    assert order(techcorp) == ["Alice", "Chloé", "David"]


def test_not_coming_and_being_back_on_somebodys_behalf(organiser, techcorp, entries, address):
    path = f"{address}/entries/{entries['Alice']}"
    assert f'action="{path}/absent"' in organiser.get(address).text
    answer = organiser.say(f"{path}/absent")
    assert "Alice Aliceson did not come; Bob Bobson is called" in answer.text
    assert [row.first_name for row in stands.called(techcorp)] == ["Bob"]
    asked = "Call Alice Aliceson again? The call of Bob Bobson would be taken back."
    assert f'action="{path}/present" hx-post="{path}/present" hx-swap="none"' in answer.text
    assert f'hx-confirm="{asked}"' in answer.text
    answer = organiser.say(f"{path}/present")
    assert "Alice Aliceson is called again; the call of Bob Bobson is taken back" in answer.text
    assert [row.first_name for row in stands.called(techcorp)] == ["Alice"]
    assert organiser.say(f"{path}/present").status_code == 400


def test_an_end_that_is_noticed_late_to_be_wrong_is_undone_with_its_start_kept(
    organiser, time, techcorp, entries, people, address
):
    interviews.start(people["Alice"].actor, entries["Alice"])
    began = stands.stand(techcorp).in_interview[0].started_at
    time.pass_(minutes=9)
    interviews.complete(actors.company(techcorp), entries["Alice"])
    time.pass_(minutes=9)
    interviews.start(people["Bob"].actor, entries["Bob"])
    interviews.complete(actors.company(techcorp), entries["Bob"])
    path = f"{address}/entries/{entries['Alice']}/undo"
    for page in (address, f"/admin/students/{people['Alice'].student_id}"):
        assert "Undo the end" in organiser.get(page).text
    assert f'action="{path}"' in organiser.get(address).text
    assert "The interview goes on" in organiser.say(path).text
    [row] = stands.stand(techcorp).in_interview
    assert (row.id, row.started_at, row.completed_at) == (entries["Alice"], began, None)
    assert "no longer an end of an interview to undo" in organiser.say(path).text
    time.pass_(minutes=2)
    interviews.complete(actors.company(techcorp), entries["Alice"])
    lengths = [each.ended_at - each.started_at for each in every_interview()]
    assert [round(each / timedelta(minutes=1)) for each in lengths] == [0, 20]


def test_an_end_without_an_interview_has_none_to_go_on(organiser, entries, address):
    organiser.say(f"{address}/entries/{entries['Alice']}/complete")
    page = organiser.get(address).text
    assert f'id="entry-{entries["Alice"]}"' in page
    assert "Undo the end" not in page


def test_a_rows_buttons_say_what_they_do(organiser, entries, address):
    row = organiser.get(address).text.partition(f'id="entry-{entries["Alice"]}"')[2]
    words = re.findall(r'<span class="words">(.*?)</span>', row.partition("</li>")[0])
    assert words == ["Did not come", "Move down", "Mark as done", "Remove"]
