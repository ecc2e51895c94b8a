"""The hall's screen and its link: what it shows, and to whom it opens."""

import pytest

from jobfair.domain.state import (
    CompanyStatus,
    Phase,
    ScreenNames,
    StudentStatus,
)
from jobfair.queries import hall_codes
from jobfair.queries.public import hall
from jobfair.services.companies import companies
from jobfair.services.fair import fair, hall_screen
from jobfair.services.queues import interviews
from jobfair.services.students import students
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.organisers import Organiser


@pytest.fixture
def address(app):
    return f"/hall/{hall_screen.make_link(actors.SYSTEM)}"


@pytest.fixture
def techcorp(app):
    return factories.company("TechCorp", stand="A12")


def look(client, address):
    answer = client.get(address, headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    return answer.text.replace("\N{NO-BREAK SPACE}", " ")


def test_it_says_who_is_called_by_first_name_and_initial(client, address, techcorp):
    alice = factories.student("Alice", "Martin")
    factories.entry(alice, techcorp)
    page = look(client, address)
    assert "<bdi>Alice M.</bdi>" in page
    assert "A12" in page
    for secret in ("Martin", alice.email, f"entry-{alice.student_id}", "/entries/"):
        assert secret not in page


@pytest.mark.parametrize(
    ("last_name", "shown"),
    [("🇫🇷 Durand", "Bob D."), ("👩\u200d🎓", "Bob"), ("Élan", "Bob É.")],
)
def test_an_initial_is_never_a_part_of_a_character(client, address, techcorp, last_name, shown):
    factories.entry(factories.student("Bob", last_name), techcorp)
    assert f"<bdi>{shown}</bdi>" in look(client, address)


@pytest.mark.parametrize(
    ("first_name", "shown"),
    [
        ("Jean-Paul", "Jean-Paul M."),
        ("Jean-Baptiste", "Jean-B. M."),
        ("Anna Katharina", "Anna K. M."),
        ("Maximilien-Alexandre", "Maximili… M."),
        ("Wolfeschlegelstein", "Wolfesch… M."),
    ],
)
def test_a_name_too_long_for_a_line_keeps_its_last_initial(
    client, address, techcorp, first_name, shown
):
    factories.entry(factories.student(first_name, "Martin"), techcorp)
    assert f"<bdi>{shown}</bdi>" in look(client, address)


def test_nobody_can_press_anything_so_nothing_asks_to_be(client, address, techcorp):
    page = look(client, address)
    assert 'class="help"' not in page
    assert "<button" not in page.partition("<header")[2].partition("</header>")[0]


def test_who_only_waits_or_is_in_an_interview_is_not_named(client, address, techcorp):
    factories.interview(factories.student("Alice"), techcorp)
    factories.entry(factories.student("Bob"), techcorp)
    page = look(client, address)
    assert "Alice" not in page
    assert "Bob" not in page
    assert "1 interview running" in page
    assert "<b>1</b>" in page


def test_a_code_stands_for_a_student_where_the_organisers_prefer(client, address, techcorp):
    alice = factories.student("Alice", "Martin")
    factories.entry(alice, techcorp)
    alice.sign_in(client)
    code = hall_codes.code(alice.student_id)
    assert code not in client.get("/dashboard").text
    hall_screen.set_names(actors.SYSTEM, ScreenNames.CODES)
    page = look(client, address)
    assert f"<bdi>{code}</bdi>" in page
    assert "Alice" not in page
    assert code in client.get("/dashboard").text
    hall_screen.withdraw_link(actors.SYSTEM)
    assert code not in client.get("/dashboard").text


def test_codes_are_short_stable_and_nobodys_twice(app):
    codes = [hall_codes.code(number) for number in range(1, 5001)]
    assert len(set(codes)) == 5000
    assert all(len(code) == 5 for code in codes)
    assert codes[0] == hall_codes.code(1)
    app.config["SECRET_KEY"] = "another fair's"
    assert codes[0] != hall_codes.code(1)


def test_a_deactivated_student_is_never_named(client, address, techcorp):
    alice = factories.student("Alice")
    factories.entry(alice, techcorp)
    students.set_active(actors.SYSTEM, alice.student_id, active=False)
    assert "Alice" not in look(client, address)


def test_companies_that_call_come_first_the_longest_calling_first(app, address):
    ids = {name: factories.company(name) for name in ("Alpha", "Beta", "Gamma", "Delta")}
    factories.entry(factories.student(), ids["Gamma"])
    factories.entry(factories.student(), ids["Beta"])
    assert [card.company.name for card in hall.hall().cards] == ["Gamma", "Beta", "Alpha", "Delta"]


def test_a_paused_stand_and_a_closed_fair_say_so(client, address, techcorp):
    companies.edit(actors.SYSTEM, techcorp, {"status": CompanyStatus.PAUSED})
    assert "On a break" in look(client, address)
    fair.set_phase(actors.SYSTEM, Phase.CLOSED)
    assert "The fair is closed" in look(client, address)


def test_a_name_cannot_be_markup(client, address, techcorp):
    factories.entry(factories.student("<i>Eve</i>", "<b>"), techcorp)
    page = look(client, address)
    assert "<i>Eve" not in page
    assert "&lt;i&gt;Eve" in page


@pytest.mark.parametrize("number", [3, 20, 70])
def test_any_number_of_companies_is_shown(client, address, number):
    for at in range(number):
        factories.company(f"Company {at}")
    assert look(client, address).count('<li id="hall-') == number


def test_an_unknown_link_is_answered_in_words(client, app):
    answer = client.get("/hall/unknown", headers={"Accept-Language": "en"})
    assert answer.status_code == 404
    assert "This link opens no screen" in answer.text
    assert client.get("/live/hall/unknown").status_code == 404
    assert client.get("/hall/None").status_code == 404


def test_its_address_goes_nowhere(client, address):
    headers = client.get(address).headers
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["Cache-Control"] == "no-store"


def test_an_organiser_makes_replaces_and_withdraws_the_link(client, app):
    organiser = Organiser(client)
    assert "Make the link" in organiser.get("/admin/hall").text
    assert "/hall/" in organiser.follow(organiser.post("/admin/hall/link")).text
    first = hall.screen().token
    assert client.get(f"/hall/{first}").status_code == 200
    organiser.follow(organiser.post("/admin/hall/link"))
    second = hall.screen().token
    assert first != second
    assert client.get(f"/hall/{first}").status_code == 404
    assert client.get(f"/hall/{second}").status_code == 200
    assert "Make the link" in organiser.follow(organiser.post("/admin/hall/link/withdraw")).text
    assert client.get(f"/hall/{second}").status_code == 404


def test_an_organiser_chooses_names_or_codes(client, app):
    organiser = Organiser(client)
    organiser.follow(organiser.post("/admin/hall/names", names="codes"))
    assert hall.screen().names is ScreenNames.CODES
    assert organiser.post("/admin/hall/names", names="nonsense").status_code == 400
    assert hall.screen().names is ScreenNames.CODES


def test_somebody_who_came_is_not_called_any_more(client, address, techcorp):
    alice = factories.student("Alice")
    entry_id = factories.entry(alice, techcorp)
    interviews.start(alice.actor, entry_id)
    assert "Alice" not in look(client, address)
    students.force_status(actors.SYSTEM, alice.student_id, StudentStatus.AVAILABLE)
    assert "Alice" not in look(client, address)


def test_a_hall_may_have_a_screen_of_its_own(client, organiser, address):
    for name, where in (("Ardent", "Hall A"), ("Brume", "hall b"), ("Cime", None)):
        companies.edit(actors.SYSTEM, factories.company(name), {"hall": where})
    shown = look(client, f"{address}?hall=Hall+B")
    assert "Brume" in shown
    assert not any(name in shown for name in ("Ardent", "Cime"))
    assert f"/live{address}?hall=Hall+B" in shown, "its stream shows it alone, too"
    links = organiser.get("/admin/hall").text
    assert f"{address}?hall=Hall+A" in links
    assert f"{address}?hall=hall+b" in links
