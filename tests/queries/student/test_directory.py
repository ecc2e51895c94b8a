"""A student's list of companies: what is found, in which order, and what a process reads for it."""

import pytest
from sqlalchemy import delete

from jobfair.domain.state import CompanyStatus, Phase, StudentStatus
from jobfair.domain.waiting_time import NoRange, Unsaid
from jobfair.extensions import db
from jobfair.models import JournalRow
from jobfair.queries.projections import company_directory
from jobfair.queries.projections.company_directory import natural_order
from jobfair.queries.student import company_rows, directory
from jobfair.queries.student.chosen import Chosen
from jobfair.queries.student.company_rows import LITTLE_WAIT_MINUTES
from jobfair.services.companies import companies
from jobfair.services.queues import interviews, presence, queues
from jobfair.services.students import favourites
from jobfair.unit_of_work import actors
from tests.support import factories


def profiled(name, stand=None, **profile):
    company_id = factories.company(name, stand=stand)
    companies.edit(actors.SYSTEM, company_id, profile)
    return company_id


@pytest.fixture
def fair(app):
    """Some companies by a short name."""
    return {
        "gobain": profiled("Saint-Gobain", "12", sectors="Énergie, Industrie", hall="Hall A"),
        "oreal": profiled("L’Oréal", "2", sectors="Cosmétique", looking_for="internship, job"),
        "data": profiled("Data 12", "A10", description="Des modèles d'apprentissage"),
        "zen": profiled("Zen", "A2", sectors="énergie", hall="hall a", looking_for="phd"),
    }


def shown(person, **chosen):
    page = directory.directory(person.student_id, Chosen(**chosen))
    return [row.company.name for row in page.rows]


def test_by_stand_the_list_goes_from_hall_to_hall(alice, fair):
    def halls(**chosen):
        page = directory.directory(alice.student_id, Chosen(**chosen))
        return [(hall, [row.company.name for row in rows]) for hall, rows in page.halls]

    assert halls(sort="stand") == [
        ("Hall A", ["Saint-Gobain", "Zen"]),
        ("", ["L’Oréal", "Data 12"]),
    ]
    # A search has an order of its own, and so has a list by name.
    assert halls(sort="stand", q="e") == [("", shown(alice, sort="stand", q="e"))]
    assert halls() == [("", shown(alice))]


SEARCHES = (
    ("saint gobain", ["Saint-Gobain"]),
    ("SAINTGOBAIN", ["Saint-Gobain"]),
    ("saint–gobain", ["Saint-Gobain"]),
    ("l'oreal", ["L’Oréal"]),
    ("loréal", ["L’Oréal"]),
    ("l oreal", ["L’Oréal"]),
    ("energie", ["Saint-Gobain", "Zen"]),
    ("modeles apprentissage", ["Data 12"]),
    ("apprentissage zen", []),
    ("  ", ["Data 12", "L’Oréal", "Saint-Gobain", "Zen"]),
    ("hall a", ["Saint-Gobain", "Zen"]),
)


def test_signs_that_people_type_in_several_ways_do_not_matter(fair, alice):
    assert [(q, shown(alice, q=q)) for q, _ in SEARCHES] == list(SEARCHES)


def test_the_number_of_a_stand_comes_first(fair, alice):
    assert shown(alice, q="12") == ["Saint-Gobain", "Data 12"]
    assert shown(alice, q="a2")[0] == "Zen"


CHOICES = (
    ({"sector": "Énergie"}, ["Saint-Gobain", "Zen"]),
    ({"hall": "Hall A"}, ["Saint-Gobain", "Zen"]),
    ({"looking_for": "phd"}, ["Zen"]),
    ({"looking_for": "nonsense"}, []),
    ({"sector": "Énergie", "looking_for": "job"}, []),
    ({"sort": "stand"}, ["Saint-Gobain", "Zen", "L’Oréal", "Data 12"]),
    ({"sort": "nonsense"}, ["Data 12", "L’Oréal", "Saint-Gobain", "Zen"]),
    ({"shown": 2}, ["Data 12", "L’Oréal"]),
    ({"shown": -5}, ["Data 12"]),
)


def test_filters_and_orders(fair, alice):
    for chosen, names in CHOICES:
        assert shown(alice, **chosen) == names, chosen


def test_a_stand_ten_comes_after_two():
    assert sorted(("A10", "A2", "B1", "2", ""), key=natural_order) == ["", "2", "A2", "A10", "B1"]


def test_who_has_nobody_in_line_comes_first_and_counts_as_little_wait(fair, alice, bob):
    for person in (bob, factories.student("Carol")):
        queues.join(person.actor, fair["data"])
    queues.join(bob.actor, fair["oreal"])
    assert shown(alice, sort="wait") == ["Saint-Gobain", "Zen", "L’Oréal", "Data 12"]
    assert shown(alice, wait="short") == ["Saint-Gobain", "Zen"]
    companies.edit(actors.SYSTEM, fair["zen"], {"queue_open": False})
    assert shown(alice, wait="short") == ["Saint-Gobain"]
    assert shown(alice, sort="wait")[-1] == "Zen"


def test_what_a_company_looks_for_is_found_in_either_language(fair, alice):
    assert shown(alice, q="cosmétique stage") == ["L’Oréal"]
    assert shown(alice, q="internship cosmétique") == ["L’Oréal"]
    assert shown(alice, q="cosmétique alternance") == []


def test_a_short_estimate_is_little_wait(fair, alice, bob, monkeypatch):
    for name in fair:
        queues.join(bob.actor, fair[name])
    for end, little in ((LITTLE_WAIT_MINUTES, True), (LITTLE_WAIT_MINUTES + 5, False)):
        monkeypatch.setattr(company_rows, "wait_of_a_newcomer", lambda *_a, at=end: ((5, at), None))
        assert bool(shown(alice, wait="short")) is little


def test_a_long_estimate_is_no_little_wait_even_where_nobody_is_in_line(fair, alice, monkeypatch):
    monkeypatch.setattr(company_rows, "wait_of_a_newcomer", lambda *_asked: ((5, 45), None))
    assert shown(alice, wait="short") == []


def test_one_order_and_one_filter_by_the_wait_that_the_row_shows(fair, alice, bob, monkeypatch):
    """Where alice has joined that is her own wait, elsewhere that of one who joins now."""
    for name in ("data", "oreal", "gobain"):
        queues.join(bob.actor, fair[name])
    queues.join(alice.actor, fair["data"])
    queues.join(alice.actor, fair["oreal"])
    now = {fair["gobain"]: (40, 90), fair["data"]: None, fair["oreal"]: None}
    own = {fair["data"]: (5, 10), fair["oreal"]: (30, 45)}
    seen_row = company_rows.Seen._row

    def with_waits(seen, connection, listed):
        row, company_id = seen_row(seen, connection, listed), listed.company.id
        place = row.place and row.place._replace(wait=own[company_id])
        return row._replace(wait=now.get(company_id), place=place, unsaid=None)

    monkeypatch.setattr(company_rows.Seen, "_row", with_waits)
    assert shown(alice, sort="wait") == ["Zen", "Data 12", "L’Oréal", "Saint-Gobain"]
    assert shown(alice, wait="short") == ["Data 12", "Zen"]


def test_while_one_is_paused_waits_are_those_of_who_comes_back_now(fair, alice, bob):
    """A seat is free at Zen, where two wait who are paused too; at Data somebody else is called."""
    for person in (bob, factories.student("Carol")):
        presence.change_status(person.actor, StudentStatus.PAUSED)
        queues.join(person.actor, fair["zen"])
    queues.join(factories.student().actor, fair["data"])
    presence.change_status(alice.actor, StudentStatus.PAUSED)
    for name in ("data", "zen"):
        queues.join(alice.actor, fair[name])
    waiting = directory.day(alice.student_id).waiting
    because = {row.company.name: row.no_range(Phase.OPEN) for row in waiting}
    assert because == {"Data 12": NoRange.TOO_EARLY, "Zen": NoRange.AT_ONCE}
    queues.join(bob.actor, fair["oreal"])
    in_order = ["L’Oréal", "Saint-Gobain", "Zen", "Data 12"]
    assert shown(alice, sort="wait") == in_order
    assert shown(alice, wait="short") == sorted(in_order[:3])
    # So does the row of one who has not joined there.
    oreal = directory.company(alice.student_id, fair["oreal"])[1]
    assert oreal.no_range(Phase.OPEN) is NoRange.AT_ONCE


def test_a_wait_that_is_too_vague_to_be_said_is_sorted_by_its_middle(fair, alice, bob, monkeypatch):
    waits = {"data": (40, 90), "oreal": Unsaid(NoRange.TOO_VAGUE, 22), "gobain": (5, 15)}
    by_id = {fair[name]: wait for name, wait in waits.items()}
    for company_id in by_id:
        queues.join(bob.actor, company_id)
        queues.join(factories.student().actor, company_id)

    def one_of(_connection, company, _now):
        wait = by_id.get(company.id)
        return (None, wait) if isinstance(wait, Unsaid) else (wait, None)

    monkeypatch.setattr(company_rows, "wait_of_a_newcomer", one_of)
    assert shown(alice, sort="wait") == ["Zen", "Saint-Gobain", "L’Oréal", "Data 12"]
    assert "L’Oréal" not in shown(alice, wait="short")


def test_what_one_has_met_has_no_wait_any_more(fair, alice):
    entry_id = factories.interview(alice, fair["zen"])
    assert shown(alice, sort="wait")[-1] == "Zen"
    interviews.complete(actors.company(fair["zen"]), entry_id)
    assert "Zen" not in shown(alice, wait="short")


def test_where_nothing_is_found_each_choice_says_what_it_keeps_out(fair, alice, bob):
    queues.join(bob.actor, fair["oreal"])
    found = directory.directory(
        alice.student_id, Chosen(looking_for="internship", wait="short", q="cosmetique")
    )
    assert (found.total, found.without) == (0, (("wait", 1),))
    found = directory.directory(alice.student_id, Chosen(sector="Énergie", hall="Hall B"))
    assert found.without == (("hall", 2),)


def test_of_each_list_the_counts_are_of_what_the_other_choices_leave(fair, alice):
    found = directory.directory(alice.student_id, Chosen(looking_for="phd", q="e")).choices
    assert found.sectors == (("Cosmétique", 0), ("Énergie", 1), ("Industrie", 0))
    assert found.looking_for == ("internship", "job", "phd")
    assert found.halls == (("Hall A", 1),)


def test_a_sector_is_found_by_its_other_names_in_either_language(fair, alice):
    made = profiled("Banque X", sectors="Finance, Data", description="Nos données, nos clients.")
    for asked in ("data science", "Data Science", "donnees", "machine learning", "bank data"):
        assert "Banque X" in shown(alice, q=asked), asked
    assert shown(alice, q="energy") == ["Saint-Gobain", "Zen"]
    companies.edit(actors.SYSTEM, made, {"sectors": "Finance", "description": ""})
    assert "Banque X" not in shown(alice, q="data")


def test_a_short_word_is_found_where_words_begin_and_a_long_one_within_others(fair, alice):
    profiled("Robots", sectors="Cybersécurité", description="Une aventure sociale (IT, R&D).")
    profiled("Mines", sectors="IA, Data", description="Spécialistes.")
    assert shown(alice, q="ia") == ["Mines"]
    assert shown(alice, q="da") == ["Data 12", "Mines"]
    for asked, found in (("it", True), ("r&d", True), ("d", True), ("ure", False), ("bot", False)):
        assert ("Robots" in shown(alice, q=asked)) is found, asked
    assert shown(alice, q="securite") == shown(alice, q="venture") == ["Robots"]


def test_what_a_company_is_about_comes_before_what_its_description_says(fair, alice):
    profiled("Avant", description="Parlons de robotique.")
    profiled("Bras", sectors="Robotique")
    profiled("Robotique C")
    assert shown(alice, q="robotique") == ["Robotique C", "Bras", "Avant"]


def test_small_words_narrow_nothing_beside_others(fair, alice):
    assert shown(alice, q="stage en cosmétique") == ["L’Oréal"]
    assert shown(alice, q="internship in the cosmétique") == ["L’Oréal"]
    assert shown(alice, q="un") == []


def test_a_row_shows_what_a_search_has_found(fair, alice):
    profiled("Banque X", sectors="Finance, Data, Conseil", description="Des prêts à la ferme.")

    def line(asked):
        (row,) = (
            row
            for row in directory.directory(alice.student_id, Chosen(q=asked)).rows
            if row.company.name == "Banque X"
        )
        return row.hits and tuple(
            "".join(f"[{t}]" if hit else t for t, hit in each) for each in row.hits
        )

    assert line("data science") == ("[Data]FinanceConseil", "")
    assert line("prets") == ("FinanceDataConseil", "Des [prêts] à la ferme.")
    assert line("ferme data") == ("[Data]FinanceConseil", "… à la [ferme.]")
    # Its name shows it, and what nobody asked for has nothing to show.
    assert line("banque") is None
    assert line("") is None


def test_a_paused_company_is_there_only_for_those_who_have_a_place(fair, alice, bob):
    queues.join(bob.actor, fair["zen"])
    companies.edit(actors.SYSTEM, fair["zen"], {"status": CompanyStatus.PAUSED})
    assert "Zen" not in shown(alice)
    assert "Zen" in shown(bob)
    choices = directory.directory(alice.student_id, Chosen()).choices
    assert choices.looking_for == ("internship", "job")


def test_a_search_says_which_paused_company_it_would_have_found(fair, alice, bob):
    def paused(person=alice, **chosen):
        found = directory.directory(person.student_id, Chosen(**chosen))
        return [company.name for company in found.paused]

    queues.join(bob.actor, fair["zen"])
    assert paused(q="zen") == []
    companies.edit(actors.SYSTEM, fair["zen"], {"status": CompanyStatus.PAUSED})
    assert paused(q="zen") == paused(q="zen", wait="short", sort="wait") == ["Zen"]
    assert paused() == paused(q="oreal") == paused(q="zen", looking_for="job") == []
    # He has a place there, so that his list has it.
    assert paused(bob, q="zen") == []


def test_a_choice_that_would_leave_nothing_is_known_and_one_that_is_made_is_not(fair, alice, bob):
    def none(**chosen):
        return set(directory.directory(alice.student_id, Chosen(**chosen)).none)

    assert none() == {"favourites"}
    favourites.star(alice.actor, fair["oreal"])
    assert none() == set()
    assert none(sector="Énergie") == {"favourites", "internship", "job"}
    for name in fair:
        queues.join(bob.actor, fair[name])
        queues.join(factories.student().actor, fair[name])
    assert none() == {"wait"}
    # Chosen all the same it finds nothing: the others count what there is without it.
    assert none(wait="short") == set()
    found = directory.directory(alice.student_id, Chosen(wait="short"))
    assert found.total == 0
    assert found.choices.sectors == (("Cosmétique", 1), ("Énergie", 2), ("Industrie", 1))
    assert found.choices.halls == (("Hall A", 2),)


def test_what_can_be_filtered_by_is_said_once_however_it_is_spelled(fair, alice):
    found = directory.directory(alice.student_id, Chosen()).choices
    assert found.sectors == (("Cosmétique", 1), ("Énergie", 2), ("Industrie", 1))
    assert found.halls == (("Hall A", 2),)


def test_favourites_are_ones_own(fair, alice, bob):
    favourites.star(alice.actor, fair["zen"])
    favourites.star(alice.actor, fair["zen"])
    assert shown(alice, favourites=True) == ["Zen"]
    assert shown(bob, favourites=True) == []
    favourites.unstar(alice.actor, fair["zen"])
    favourites.unstar(alice.actor, fair["zen"])
    assert shown(alice, favourites=True) == []


def test_the_day_says_where_one_waits_where_nobody_does_and_what_is_done(fair, alice, bob):
    for each in ("zen", "data", "gobain"):
        favourites.star(alice.actor, fair[each])
    queues.join(bob.actor, fair["data"])
    queues.join(alice.actor, fair["oreal"])
    entry_id = factories.interview(alice, fair["gobain"])
    interviews.complete(actors.company(fair["gobain"]), entry_id)
    day = directory.day(alice.student_id)
    groups = (day.waiting, day.free, day.later, day.met)
    assert [[row.company.name for row in rows] for rows in groups] == [
        ["L’Oréal"],
        ["Zen"],
        ["Data 12"],
        ["Saint-Gobain"],
    ]


def test_what_is_changed_is_found_at_once(fair, alice):
    for change in ({"description": "Quantum"}, {"name": "Zenith"}, {"stand": "Z99"}):
        query = next(iter(change.values()))
        assert shown(alice, q=query) == []
        companies.edit(actors.SYSTEM, fair["zen"], change)
        assert len(shown(alice, q=query)) == 1


def test_who_comes_and_goes_is_there_or_not(fair, alice):
    shown(alice)
    new = factories.company("Newcomer")
    assert "Newcomer" in shown(alice)
    companies.delete(actors.SYSTEM, new)
    assert "Newcomer" not in shown(alice)


def test_who_has_come_by_a_restore_that_the_journal_no_longer_tells_of_is_there(fair, alice):
    assert "Silent" not in shown(alice)
    factories.company("Silent")
    db.session.execute(delete(JournalRow).where(JournalRow.kind == "company_created"))
    db.session.commit()
    assert "Silent" in shown(alice)


def test_profiles_are_read_once_until_one_changes(fair, alice, bob, monkeypatch):
    shown(alice)
    read = []
    entry = company_directory._entry
    monkeypatch.setattr(
        company_directory, "_entry", lambda *given: read.append(given) or entry(*given)
    )
    queues.join(bob.actor, fair["zen"])
    assert directory.company(alice.student_id, fair["zen"])[1].company.waiting == 1
    assert read == []
    companies.edit(actors.SYSTEM, fair["zen"], {"hall": "Hall B"})
    shown(alice)
    assert len(read) == len(fair)


def test_all_that_narrows_the_list_is_counted_as_a_filter():
    assert Chosen(q="data", sort="wait").filters == 0
    every = Chosen(sector="Data", looking_for="job", hall="A", wait="short", favourites=True)
    assert every.filters == 5
    assert every.without("favourites") == "?sector=Data&looking_for=job&hall=A&wait=short"


def test_an_address_says_only_what_was_chosen():
    assert Chosen().query() == ""
    assert Chosen(q="l'été", favourites=True).query() == "?q=l%27%C3%A9t%C3%A9&favourites=1"
    assert Chosen(sort="wait").query(shown=90) == "?sort=wait&shown=90"
