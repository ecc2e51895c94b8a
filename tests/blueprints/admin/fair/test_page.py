"""The fair's page: what is said of it stands on every page, card, poster, mail and file."""

from io import BytesIO

import pytest
from PIL import Image

from jobfair.ops import paper
from jobfair.queries.fair import fair_identity
from jobfair.services import mail
from jobfair.services.fair import fair, hall_screen
from jobfair.unit_of_work import actors
from tests.support import factories
from tests.support.organisers import Organiser


def picture():
    file = BytesIO()
    Image.new("RGB", (400, 200), "navy").save(file, "PNG")
    return file.getvalue()


def test_the_last_day_is_set_and_what_follows_is_said(organiser):
    assert "nothing is removed by itself" in organiser.get("/admin/fair").text
    page = organiser.follow(organiser.post("/admin/fair", ends_on="2126-11-26"))
    assert 'value="2126-11-26"' in page.text
    assert "removed on 26 December 2126" in page.text
    organiser.follow(organiser.post("/admin/fair", ends_on=""))
    assert "nothing is removed by itself" in organiser.get("/admin/fair").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"ends_on": "soon"}, "Give a day such as"),
        ({"ends_on": "2001-01-01"}, "So long ago that the data would be removed"),
        ({"starts_on": "2126-11-27", "ends_on": "2126-11-26"}, "The last day comes before"),
        ({"zone": "Europe/Atlantis"}, "Give a time zone such as"),
        ({"zone": "../../etc/passwd"}, "Give a time zone such as"),
        ({"name": "x" * 81}, "At most 80 characters"),
    ],
)
def test_what_cannot_be_is_refused_next_to_it(organiser, typed, said):
    page = organiser.post("/admin/fair", welcome="Come in", **typed)
    assert page.status_code == 400
    assert said in page.text
    assert "Come in</textarea>" in page.text
    assert fair_identity.current().welcome is None


def test_its_name_is_on_every_kind_of_page(app, organiser):
    client = app.test_client()
    company = factories.company("TechCorp", stand="A1")
    hall_screen.make_link(actors.SYSTEM)
    assert " · JobFair</title>" in organiser.get("/admin/").text
    organiser.post("/admin/fair", name="Forum <des> métiers", starts_on="2126-11-26")
    said = "Forum &lt;des&gt; métiers"
    for path in ("/admin/", "/admin/print/links", "/admin/print/posters", "/admin/paper"):
        assert said in organiser.get(path).text, path
    for path in ("/login", "/offline", f"/companies/{company}", "/company/unknown"):
        assert said in client.get(path).text, path
    welcome = client.get("/", headers={"Accept-Language": "en"}).text
    assert f"<bdi>{said}</bdi></h1>" in welcome
    assert "From 26 November 2126" in welcome
    assert client.get("/manifest.webmanifest").json["name"] == "Forum <des> métiers"
    posters = organiser.get("/admin/print/posters").text
    assert "From 26 November 2126" in posters
    with app.test_request_context():
        assert said in paper.page()


def test_an_export_is_called_after_it(organiser):
    def file_name():
        return organiser.get("/admin/exports/students.csv").headers["Content-Disposition"]

    assert "jobfair-students-" in file_name()
    organiser.post("/admin/fair", name="Forum des métiers")
    assert "forum-des-metiers-students-" in file_name()


def test_a_mail_comes_from_it(app, monkeypatch):
    sent = []

    class Server:
        def send_message(self, message):
            sent.append(message)

        def quit(self):
            pass

    monkeypatch.setattr(mail, "_server", lambda _url: Server())
    monkeypatch.setitem(app.config, "MAIL_FROM", "fair@example.org")
    mail.send("a@example.org", "Hello", "Text\n")
    fair.set_details(actors.SYSTEM, {"name": "Forum"})
    mail.send("a@example.org", "Hello", "Text\n")
    monkeypatch.setitem(app.config, "MAIL_FROM", "The school <fair@example.org>")
    mail.send("a@example.org", "Hello", "Text\n")
    assert [each["From"] for each in sent] == [
        "fair@example.org",
        "Forum <fair@example.org>",
        "The school <fair@example.org>",
    ]
    assert sent[0].get_content() == "Text\n"
    assert sent[1].get_content() == "Text\n\n-- \nForum\n"


def test_the_logo_is_shown_on_every_page_until_it_is_taken_away(app, organiser):
    client = app.test_client()
    page = organiser.follow(
        organiser.post("/admin/fair/logo", logo=(BytesIO(picture()), "logo.png"))
    )
    digest = fair_identity.current().logo
    assert f"/logos/fair/{digest}-large.webp" in page.text
    for size in ("small", "large"):
        file = client.get(f"/logos/fair/{digest}-{size}.webp")
        assert file.mimetype == "image/webp"
        assert Image.open(BytesIO(file.data)).format == "WEBP"
    assert f"/logos/fair/{digest}-small.webp" in client.get("/login").text
    organiser.post("/admin/fair/logo/remove")
    assert "/logos/fair/" not in client.get("/login").text
    assert client.get(f"/logos/fair/{digest}-small.webp").status_code == 404


def test_what_is_no_picture_is_refused_beside_the_file(organiser):
    page = organiser.post("/admin/fair/logo", logo=(BytesIO(b"text"), "logo.png"))
    assert page.status_code == 400
    assert "no PNG, JPEG or WebP" in page.text


def test_times_are_those_of_its_zone_from_then_on(organiser):
    company = factories.company("TechCorp")
    factories.interview(factories.student("Alice"), company)
    assert "Europe/Paris" in organiser.get("/admin/paper").text
    organiser.post("/admin/fair", zone="Pacific/Auckland")
    assert "Pacific/Auckland" in Organiser(organiser._client).get("/admin/paper").text


def test_its_colours_are_on_every_page_in_either_scheme(app, organiser):
    assert "/colours/" not in organiser.get("/admin/").text
    organiser.post("/admin/fair", colour="#1B4AA0", colour_dark="#A4C2FF")
    address = "/colours/1b4aa0-a4c2ff.css"
    assert f'href="{address}"' in organiser.get("/admin/").text
    sheet = app.test_client().get(address)
    assert sheet.mimetype == "text/css"
    assert "--link:#1b4aa0" in sheet.text
    assert "prefers-color-scheme:dark){:root{--link:#a4c2ff" in sheet.text
    for wrong in ("red-ours", "1b4aag-ours", "1b4aa0-1b4aa"):
        assert app.test_client().get(f"/colours/{wrong}.css").status_code == 404
