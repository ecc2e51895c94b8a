"""French, unless somebody asks for English."""

import pytest

ENGLISH = {"Accept-Language": "en-GB,en;q=0.9"}


def language_of(page):
    return page.text.split('<html lang="')[1][:2]


@pytest.mark.parametrize(
    ("wish", "language"),
    [
        (None, "fr"),
        ("", "fr"),
        ("*", "fr"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("de,en;q=0.5,fr;q=0.1", "en"),
        ("fr-CA,en;q=0.5", "fr"),
        ("de", "fr"),
        ("q=,;;,\x7f", "fr"),
    ],
)
def test_a_browser_gets_what_it_prefers(client, wish, language):
    headers = {} if wish is None else {"Accept-Language": wish}
    assert language_of(client.get("/login", headers=headers)) == language


def test_a_language_picked_on_a_page_stays(client):
    answer = client.post("/language", data={"language": "fr", "next": "/register"})
    assert (answer.status_code, answer.location) == (303, "/register")
    assert language_of(client.get("/login", headers=ENGLISH)) == "fr"
    client.post("/language", data={"language": "en", "next": "/"})
    assert language_of(client.get("/login")) == "en"


@pytest.mark.parametrize("language", ["", "de", "../x", "fr\x00", "é" * 5000])
def test_a_language_that_does_not_exist_changes_nothing(client, language):
    assert client.post("/language", data={"language": language}).status_code == 303
    assert language_of(client.get("/login")) == "fr"


def test_picking_a_language_leads_back_and_never_elsewhere(client):
    form = {"language": "en", "next": "//evil.example"}
    referrer = {"Referer": "http://localhost/register?next=/companies"}
    assert client.post("/language", data=form).location == "/"
    assert client.post("/language", data=form, headers=referrer).location == (
        "/register?next=/companies"
    )


def test_json_follows_the_client_alone(client):
    client.post("/language", data={"language": "en"})
    french = client.get("/api/auth/me/").json["detail"]
    english = client.get("/api/auth/me/", headers=ENGLISH).json["detail"]
    assert english == "Please sign in first."
    assert french != english


def test_the_page_among_the_json_calls_follows_what_was_picked(client):
    client.post("/language", data={"language": "en"})
    assert language_of(client.get("/api/docs/")) == "en"
    assert language_of(client.get("/api/docs/", headers={"Accept-Language": "fr"})) == "en"
