"""Who may sign up, as an organiser sets it."""

import pytest

from jobfair.queries.fair import sign_up
from tests.support import factories


def change(organiser, **form):
    return organiser.post("/admin/sign-up", **form)


def test_the_page_says_what_counts_now(organiser):
    assert "anybody makes an account" in organiser.get("/admin/sign-up").text
    page = organiser.follow(
        change(organiser, sign_up="domains", sign_up_domains="@Univ.fr ; été.fr")
    )
    assert "people with an address of univ.fr, xn--t-9fab.fr make an account" in page.text
    assert "nobody makes an account" in organiser.follow(change(organiser, sign_up="invited")).text


def test_the_word_is_shown_large_and_changed_at_a_tap(organiser):
    page = organiser.follow(change(organiser, sign_up="code"))
    word = sign_up.rule().word
    assert f'<p class="said-word"><bdi>{word}</bdi>' in page.text
    assert f"/register?code={word}" in page.text
    page = organiser.follow(organiser.post("/admin/sign-up/word/new"))
    assert sign_up.rule().word != word
    assert sign_up.rule().word in page.text
    organiser.post("/admin/sign-up/word", sign_up_word="Pivoine d'été")
    assert sign_up.rule().word == "Pivoine d'été"


@pytest.mark.parametrize(
    ("path", "form", "sentence"),
    [
        ("", {"sign_up": "domains"}, "Give at least one domain"),
        ("", {"sign_up": "domains", "sign_up_domains": "univ"}, "Give domains such as univ.fr"),
        ("", {"sign_up": "whatever"}, "Choose one of these"),
        ("/word", {"sign_up_word": "a-b"}, "At least 4 letters or digits."),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(organiser, path, form, sentence):
    change(organiser, sign_up="code")
    before = sign_up.rule()
    answer = organiser.post(f"/admin/sign-up{path}", **form)
    assert answer.status_code == 400
    assert sentence in answer.text
    assert sign_up.rule() == before


def test_posters_carry_the_word_while_it_counts(organiser, techcorp):
    assert "code=" not in organiser.get("/admin/print/posters").text
    change(organiser, sign_up="code")
    poster = organiser.get(f"/admin/companies/{techcorp}/print/poster").text
    word = sign_up.rule().word
    assert f"/join/{techcorp}?code={word}" in poster
    assert f"Word of the fair: {word}" in poster


def test_it_says_how_many_registered_themselves(organiser, time):
    factories.student("Early")
    time.pass_(hours=2)
    factories.student("Late")
    organiser.post(
        "/admin/students/new",
        first_name="Ada",
        last_name="L",
        email="ada@example.org",
        password="correct horse battery",
    )
    page = organiser.get("/admin/sign-up").text
    figures = page.partition('<dl class="figures">')[2].partition("</dl>")[0]
    assert [each.partition("<")[0] for each in figures.split("<dd>")[1:]] == ["1", "2", "0"]


def test_the_change_is_in_the_log(organiser):
    change(organiser, sign_up="code")
    log = organiser.get("/admin/audit").text
    assert "Who may sign up was changed" in log
    assert "The word to sign up with was changed" in log
    assert sign_up.rule().word not in log
