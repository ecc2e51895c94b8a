"""A company writes its own profile, while the organisers let it and until the fair opens."""

from io import BytesIO

import pytest
from PIL import Image

from jobfair.domain.state import Phase
from jobfair.queries.admin import roster
from jobfair.services.companies import own_profiles
from jobfair.services.fair import fair
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.organisers import Organiser

CLOSED = "The organisers change profiles now"


@pytest.fixture
def acme(app):
    return factories.company("Acme")


@pytest.fixture
def preparing(acme):
    fair.set_phase(actors.SYSTEM, Phase.PREPARING)
    own_profiles.set_editing(actors.SYSTEM, True)


@pytest.fixture
def stand(client, acme):
    """Sends a form of the stand's own, or opens its page."""
    address = f"/company/{factories.token(acme)}"
    headers = {"Accept-Language": "en"}

    def ask(path, **form):
        if form:
            return client.post(address + path, data=form, headers=headers, buffered=True)
        return client.get(address + path, headers=headers)

    return ask


def logo():
    file = BytesIO()
    Image.new("RGB", (60, 60), "navy").save(file, "PNG")
    return BytesIO(file.getvalue()), "logo.png"


def test_it_is_written_by_the_link_and_recorded_as_the_stands(preparing, stand, acme, client):
    assert "/profile" in stand("").text
    assert stand("/profile", sectors="Data, Energy", link="https://acme.example").status_code == 303
    assert stand("/profile/logo", logo=logo()).status_code == 303
    profile = roster.company(acme).profile
    assert (profile.sectors, profile.link) == ("Data, Energy", "https://acme.example")
    assert profile.logo
    log = Organiser(client).get(f"/admin/companies/{acme}/story").text
    assert "The profile of" in log


def test_where_the_stand_is_the_organisers_say(preparing, stand, acme):
    stand("/profile", hall="Mine", sectors="Data")
    assert roster.company(acme).company.hall is None


def test_what_is_wrong_is_said_beside_it_and_kept(preparing, stand):
    answer = stand("/profile", link="http://acme.example", description="Winds")
    assert answer.status_code == 400
    assert 'id="link-error"' in answer.text
    assert "http://acme.example" in answer.text
    assert "Winds" in answer.text
    refused = stand("/profile/logo", logo=(BytesIO(b"<svg/>"), "x.svg"))
    assert 'id="logo-error"' in refused.text


@pytest.mark.parametrize(
    "ended",
    [
        lambda: own_profiles.set_editing(actors.SYSTEM, False),
        lambda: fair.set_phase(actors.SYSTEM, Phase.OPEN),
    ],
    ids=["no longer", "the fair opened"],
)
def test_afterwards_it_is_refused_in_words_and_stores_nothing(preparing, stand, acme, ended):
    ended()
    assert "/profile" not in stand("").text
    for answer in (stand("/profile", sectors="Data"), stand("/profile/logo", logo=logo())):
        assert answer.status_code == 400
        assert CLOSED in answer.text
    assert CLOSED in stand("/profile").text
    profile = roster.company(acme).profile
    assert (profile.sectors, profile.logo) == (None, None)


def test_organisers_let_them_and_end_that(client, acme):
    organiser = Organiser(client)
    page = organiser.follow(organiser.post("/admin/companies/profiles", allowed="yes")).text
    assert "Companies may write their own profiles by their links" in page
    page = organiser.follow(organiser.post("/admin/companies/profiles", allowed="")).text
    assert "Profiles are written by the organisers alone" in page
    log = organiser.get("/admin/audit").text
    assert "Companies may write their own profiles until the fair opens" in log
    assert "Companies may no longer write their own profiles" in log
