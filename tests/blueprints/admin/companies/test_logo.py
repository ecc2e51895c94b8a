"""A company's logo: uploaded and removed by organisers, shown to everybody."""

from io import BytesIO

import pytest
from PIL import Image

from jobfair.fields.companies import logos
from jobfair.queries.admin import roster
from jobfair.web import pictures
from tests.support import factories
from tests.support.organisers import Organiser


@pytest.fixture
def organiser(client):
    return Organiser(client)


@pytest.fixture
def acme(app):
    return factories.company("Acme")


def upload(organiser, company_id, data):
    return organiser.post(f"/admin/companies/{company_id}/logo", logo=(BytesIO(data), "x.png"))


def png():
    file = BytesIO()
    Image.new("RGB", (300, 300), "navy").save(file, "PNG")
    return file.getvalue()


def test_what_is_uploaded_is_shown_by_an_address_of_its_own_that_is_kept(app, organiser, acme):
    assert upload(organiser, acme, png()).status_code == 303
    digest = roster.company(acme).profile.logo
    stranger = app.test_client()
    for size, side in (("small", logos.SMALL), ("large", logos.LARGE)):
        answer = stranger.get(f"/logos/{acme}/{digest}-{size}.webp")
        assert answer.mimetype == "image/webp"
        assert "immutable" in answer.headers["Cache-Control"]
        with Image.open(BytesIO(answer.data)) as made:
            assert made.size == (side, side)
    assert (
        f"/logos/{acme}/{digest}-large.webp" in organiser.get(f"/admin/companies/{acme}/logo").text
    )


def test_a_removed_logo_is_gone_and_so_is_a_deleted_companys(organiser, acme):
    upload(organiser, acme, png())
    address = f"/logos/{acme}/{roster.company(acme).profile.logo}-small.webp"
    assert organiser.get(address).status_code == 200
    organiser.post(f"/admin/companies/{acme}/logo/remove")
    assert organiser.get(address).status_code == 404
    upload(organiser, acme, png())
    organiser.post(f"/admin/companies/{acme}/delete")
    assert organiser.get(address).status_code == 404


@pytest.mark.parametrize("data", [b"<svg/>", b""])
def test_what_is_no_logo_is_refused_beside_its_field(organiser, acme, data):
    upload(organiser, acme, png())
    before = roster.company(acme).profile.logo
    answer = upload(organiser, acme, data)
    assert answer.status_code == 400
    assert 'id="logo-error"' in answer.text
    assert roster.company(acme).profile.logo == before


def test_a_file_too_large_to_take_is_said_so(organiser, acme, monkeypatch):
    monkeypatch.setattr(pictures, "LARGEST_FILE", 1000)
    answer = upload(organiser, acme, bytes(pictures.SPARE + 1000))
    assert answer.status_code == 413
    assert 'id="logo-error"' in answer.text


def test_a_company_that_is_not_there_has_no_form(organiser):
    assert organiser.get("/admin/companies/99/logo").status_code == 404
    assert upload(organiser, 99, png()).status_code == 404
