"""What the organisers say is on top of every page it is for until its reader puts it away.

A toast was seen only by somebody who had the page open at that moment.
"""

import re

import pytest

from jobfair.live.pages import student as student_pages
from jobfair.queries.fair import messages as kept
from jobfair.services.fair import messages
from jobfair.unit_of_work import actors
from tests.support import factories

ORGANISER = actors.admin(1)
ADDRESS = "/notifications/put-away"
ENGLISH = {"Accept-Language": "en"}
LATE = 99_999
ELSEWHERE = ("/interview", "/address")
"""Pages that lead to another one while nothing is to be done there."""
PAGES = [
    page.address.replace("<int:company_id>", "{company}")
    for page in student_pages.PAGES
    if page.address not in ELSEWHERE
]


@pytest.fixture
def alice(app, client, techcorp):
    person = factories.student("Alice")
    factories.entry(person, techcorp)
    person.sign_in(client)
    return person


def said(client, address="/dashboard"):
    """The messages on top of a page, the latest first."""
    return re.findall(r'class="strip-text"[^>]*>(.*?)</p>', client.get(address).text)


def unread(client):
    found = re.findall(r"class=\"unread-mark\"[^>]*>(\d+)<", client.get("/dashboard").text)
    return int(found[0]) if found else 0


def put_away(client, number, address=ADDRESS):
    form = client.get("/dashboard").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', form)[1]
    return client.post(address, data={"number": number, "csrf_token": token})


def latest():
    return kept.sent()[0].number


@pytest.mark.parametrize("address", PAGES)
def test_somebody_who_opens_a_page_afterwards_reads_it_first(client, alice, techcorp, address):
    messages.to_everyone(ORGANISER, "Fire")
    page = client.get(address.format(company=techcorp), headers=ENGLISH).text
    assert page.index("Fire") < page.index("<h1")
    assert "1 not read yet" in page


def test_each_reads_what_is_for_them(client, alice, techcorp):
    bob = factories.student("Bob")
    messages.to_everyone(ORGANISER, "To all")
    messages.to_queue(ORGANISER, techcorp, "To the queue")
    messages.to_student(ORGANISER, bob.student_id, "To Bob")
    assert said(client) == ["To the queue", "To all"]
    assert unread(client) == 2
    bob.sign_in(client)
    assert said(client) == ["To Bob", "To all"]


def test_put_away_it_is_gone_for_its_reader_alone_and_kept(client, alice):
    messages.to_everyone(ORGANISER, "Fire")
    put_away(client, latest())
    assert (said(client), unread(client)) == ([], 0)
    assert "Fire" in client.get("/notifications").text
    factories.student("Bob").sign_in(client)
    assert said(client) == ["Fire"]


def test_what_came_after_the_page_was_read_stays(client, alice):
    messages.to_everyone(ORGANISER, "First")
    shown = latest()
    messages.to_everyone(ORGANISER, "Second")
    put_away(client, shown)
    assert said(client) == ["Second"]


def test_what_is_still_to_be_said_is_never_put_away(client, alice, techcorp):
    stand = f"/company/{factories.token(techcorp)}"
    put_away(client, LATE)
    put_away(client, LATE, f"{stand}/messages/put-away")
    messages.to_everyone(ORGANISER, "Fire")
    assert said(client) == said(client, stand) == ["Fire"]


def test_an_older_page_brings_nothing_back(client, alice):
    messages.to_everyone(ORGANISER, "First")
    shown = latest()
    messages.to_everyone(ORGANISER, "Second")
    put_away(client, latest())
    put_away(client, shown)
    assert said(client) == []


def test_what_is_taken_back_or_of_yesterday_goes_from_every_page(client, alice, techcorp, time):
    stand = f"/company/{factories.token(techcorp)}"
    messages.to_everyone(ORGANISER, "Wrong")
    assert said(client) == said(client, stand) == ["Wrong"]
    messages.withdraw(ORGANISER, latest())
    assert said(client) == said(client, stand) == []
    messages.to_everyone(ORGANISER, "Lunch")
    time.pass_(days=1)
    alice.sign_in(client)
    assert said(client) == said(client, stand) == []


def test_a_process_that_starts_afterwards_knows_what_was_taken_back(client, alice, app):
    messages.to_everyone(ORGANISER, "Wrong")
    messages.withdraw(ORGANISER, latest())
    messages.to_everyone(ORGANISER, "Right")
    assert said(client) == ["Right"]


def test_a_stand_puts_its_own_away(client, alice, techcorp):
    stand = f"/company/{factories.token(techcorp)}"
    messages.to_everyone(ORGANISER, "Fire")
    messages.to_queue(ORGANISER, techcorp, "To the queue")
    assert said(client, stand) == ["Fire"]
    response = put_away(client, latest(), f"{stand}/messages/put-away")
    assert response.status_code == 303
    assert said(client, stand) == []
    other = f"/company/{factories.token(factories.company('Other'))}"
    assert said(client, other) == ["Fire"]
    assert said(client) == ["To the queue", "Fire"]


@pytest.mark.parametrize("number", ["", "x", "-1"])
def test_what_is_no_number_puts_nothing_away(client, alice, number):
    messages.to_everyone(ORGANISER, "Fire")
    assert put_away(client, number).status_code == 400
    assert said(client) == ["Fire"]
