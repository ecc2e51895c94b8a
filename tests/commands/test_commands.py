"""`flask fair`: what each command does and prints; a refusal is one sentence and exit code 1."""

import json
import re
import stat
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from jobfair import create_app
from jobfair.db.transactions import current_phase
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import Phase
from jobfair.extensions import db
from jobfair.models import Fair, Role, User
from jobfair.ops import demo
from jobfair.queries.access import second_factors, security_log
from jobfair.security.hashing import passwords
from jobfair.services.access import sign_ins
from tests.conftest import settings
from tests.support import codes, factories

PASSWORD = "known to one organiser"


@pytest.fixture(autouse=True)
def instance(app, tmp_path, monkeypatch):
    """Where the commands write unless told otherwise."""
    monkeypatch.setattr(app, "instance_path", str(tmp_path / "instance"))
    return tmp_path / "instance"


@pytest.fixture
def fair(app):
    """Run a command: `fair("backup", "--to", path)`."""

    def run(*words, typed=""):
        return app.test_cli_runner().invoke(args=["fair", *map(str, words)], input=typed)

    return run


@pytest.fixture
def queue(app, monkeypatch):
    """A company with one student waiting and one in an interview."""
    monkeypatch.setattr(passwords, "hash_password", lambda password: "not a hash")
    techcorp = factories.company("TechCorp <&>", stand="A1")
    factories.interview(factories.student("Alice"), techcorp)
    factories.entry(factories.student("Bob"), techcorp)
    return techcorp


def said(result):
    assert result.exit_code == 0, result.output
    return result.output.strip()


def refused(result):
    """The sentence of a refusal; nothing else is printed after it."""
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit), result.exception
    last = result.output.strip().splitlines()[-1]
    assert "Traceback" not in result.output
    return last.removeprefix("Error: ")


def students():
    with db.engine.connect() as connection:
        query = select(func.count()).where(User.role == Role.STUDENT)
        return connection.execute(query).scalar_one()


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


# On paper


def test_paper_is_one_file_that_needs_no_other(fair, queue, instance):
    path = Path(said(fair("paper")))
    assert path.parent == instance / "paper"
    html = path.read_text()
    assert "TechCorp &lt;&amp;&gt;" in html
    assert "Alice Martin" in html
    assert "Bob Martin" in html
    assert "@page" in html
    assert not re.search(r'(src|href)="', html)
    assert (path.parent / "latest.html").read_text() == html
    assert {mode(each) for each in path.parent.iterdir()} == {0o600}
    assert mode(path.parent) == 0o700


def test_the_newest_papers_stay(fair, queue, tmp_path, time):
    folder = tmp_path / "there"
    strange = folder / "queues-of-mine.html"
    names = []
    for _ in range(4):
        names.append(Path(said(fair("paper", "--to", folder, "--keep", 2))).name)
        strange.touch()
        time.pass_(minutes=5)
    assert {each.name for each in folder.iterdir()} == {*names[2:], "latest.html", strange.name}


# There and back


def test_backup_and_restore(fair, queue, tmp_path):
    path = tmp_path / "fair.gz"
    assert said(fair("backup", "--to", path)) == str(path)
    assert mode(path) == 0o600
    factories.student("Carol")
    assert "--replace" in refused(fair("restore", path))
    assert students() == 3
    assert refused(fair("restore", path, "--replace", typed="yes\n")) == "Nothing was changed."
    assert students() == 3
    told = said(fair("restore", path, "--replace", typed="replace\n"))
    assert "1 company, 2 students" in told
    assert "3 students" in told
    assert students() == 2


def test_what_was_replaced_is_kept(fair, queue, tmp_path, time):
    path = tmp_path / "fair.gz"
    said(fair("backup", "--to", path))
    factories.student("Carol")
    told = said(fair("restore", path, "--replace", "--yes"))
    kept = re.search(r"is kept in (\S+)", told)[1]
    time.pass_(minutes=1)
    said(fair("restore", kept, "--replace", "--yes"))
    assert students() == 3


def test_a_bad_backup_is_refused_in_words(fair, queue, tmp_path):
    path = tmp_path / "fair.gz"
    said(fair("backup", "--to", path))
    path.write_bytes(path.read_bytes()[:-20])
    assert "ends too early" in refused(fair("restore", path, "--replace", "--yes"))
    assert refused(fair("restore", tmp_path / "none")).endswith("none: No such file or directory.")
    assert refused(fair("restore", tmp_path)).endswith("Is a directory.")
    assert refused(fair("backup", "--to", path / "below")).endswith("File exists.")


# After the fair


def test_purge_asks_first(fair, queue):
    asked = fair("purge", typed="n\n")
    assert asked.exit_code == 1
    assert "Remove 2 students, 2 entries, 0 sign-ins, " in asked.output
    assert students() == 2
    assert "Removed 2 students" in said(fair("purge", typed="y\n"))
    assert students() == 0
    assert said(fair("purge", "--yes")) == "Nothing to remove."
    assert "1 company" in said(fair("purge", "--yes", "--everything"))


def test_purge_leaves_a_young_fair_alone(fair, queue, time):
    young = "Nothing removed: the last thing happened 29 days ago, not 30."
    time.pass_(days=29, hours=23)
    assert said(fair("purge", "--older-than", 30, "--yes")) == young
    assert students() == 2
    time.pass_(hours=1)
    assert "Removed 2 students" in said(fair("purge", "--older-than", 30, "--yes"))
    assert students() == 0


def test_purge_tells_of_the_copies(fair, queue, instance):
    assert "still in" not in said(fair("purge", "--yes"))
    said(fair("backup"))
    said(fair("paper"))
    factories.student("Carol")
    told = said(fair("purge", "--yes"))
    assert f"still in {instance / 'backups'}" in told
    assert f"still in {instance / 'paper'}" in told


# Organisers


def test_an_admin_is_made_and_gets_a_new_password(fair):
    made = fair("admin", "Ann@Example.org", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert said(made).endswith("Admin ann@example.org made.")
    assert PASSWORD not in made.output
    opened = sign_ins.sign_in("ann@example.org", PASSWORD, "")
    assert not isinstance(opened, Refusal)
    again = said(fair("admin", "ann@example.org", "--password-stdin", typed="another one\n"))
    assert again.endswith("signed out everywhere.")
    assert sign_ins.session(opened.sign_in_id) is None
    assert not isinstance(sign_ins.sign_in("ann@example.org", "another one", ""), Refusal)


def test_what_makes_no_admin(fair, queue):
    student = factories.student("Carol")
    for email, password, why in (
        (student.email, PASSWORD, f"{student.email} is a student's account"),
        ("ann", PASSWORD, "email: Give an e-mail address"),
        ("ann@example.org", "short", "password: At least 8 characters."),
        ("ann@example.org", "", "password: At least 8 characters."),
    ):
        sentence = refused(fair("admin", email, "--password-stdin", typed=f"{password}\n"))
        assert sentence.startswith(why)
    assert fair("admin", "ann@example.org", typed="one password\nanother one\n").exit_code == 1


def test_the_team_from_a_terminal(fair, app):
    app.config["PUBLIC_URL"] = "https://fair.example/"
    factories.admin()
    link = said(fair("team", "invite", "Ann@Example.org", "desk"))
    assert link.startswith("https://fair.example/welcome/")
    assert said(fair("team", "link", "ann@example.org")) != link
    assert said(fair("team", "role", "ann@example.org", "viewer")).endswith("is now: viewer.")
    first, second = said(fair("team", "list")).splitlines()
    assert first.split()[:2] == ["admin@example.org", "admin"]
    assert second.split()[:3] == ["ann@example.org", "viewer", "invited"]
    assert "desk" not in refused(fair("admin", "ann@example.org", typed=f"{PASSWORD}\n"))
    assert "no longer" in said(fair("team", "remove", "ann@example.org"))


def test_a_lost_second_factor_from_a_terminal(fair):
    boss = factories.admin()
    assert (
        refused(fair("team", "remove-factor", boss.email)) == f"{boss.email} has no second factor."
    )
    codes.set_up(boss)
    assert said(fair("team", "remove-factor", boss.email)).endswith("with the password alone.")
    assert second_factors.of_user(boss.user_id) is None
    assert [each.outcome for each in security_log.latest(boss.user_id, "")] == ["factor_removed"]


def test_what_the_team_refuses_from_a_terminal(fair, queue):
    factories.admin()
    assert refused(fair("team", "remove", "admin@example.org")).startswith("This is the last")
    assert refused(fair("team", "role", "admin@example.org", "desk")).startswith("This is the last")
    assert refused(fair("team", "invite", "admin@example.org", "desk")).startswith("This e-mail")
    assert refused(fair("team", "invite", "no address", "desk")).startswith("Give an e-mail")
    assert refused(fair("team", "link", "admin@example.org")).startswith("They have chosen")
    assert (
        refused(fair("team", "remove", "bob@example.org")) == "bob@example.org is not in the team."
    )


def test_setup_makes_the_configured_admin_once(fair, app, monkeypatch):
    assert refused(fair("setup")) == "Set JOBFAIR_ADMIN_EMAIL and JOBFAIR_ADMIN_PASSWORD."
    monkeypatch.setitem(app.config, "ADMIN_EMAIL", "ann@example.org")
    assert "JOBFAIR_ADMIN_PASSWORD: password: " in refused(fair("setup"))
    monkeypatch.setitem(app.config, "ADMIN_PASSWORD", PASSWORD)
    assert said(fair("setup")).endswith("made.")
    assert said(fair("setup")).endswith("was there already.")


# Where things are


def test_where(fair, queue, app, instance, monkeypatch):
    url = "postgresql+psycopg://ann:secret-one@db.example.org/fair?password=secret-two"
    monkeypatch.setitem(app.config, "SQLALCHEMY_DATABASE_URI", url)
    monkeypatch.setitem(app.config, "REDIS_URL", "redis://:secret-three@localhost:6379/0")
    assert re.search(r"Last backup: +none", said(fair("where")))
    backup = said(fair("backup"))
    told = said(fair("where"))
    assert "ann:***@db.example.org/fair" in told
    assert "secret-" not in told
    assert app.config["SECRET_KEY"] not in told
    assert "1 company, 2 students, 2 accounts, 2 entries" in told
    assert backup in told
    assert str(instance) in told


def test_where_the_secret_key_is(fair, instance, monkeypatch):
    instance.mkdir()
    (instance / "secret_key").write_text("not to be printed")
    told = said(fair("where"))
    assert str(instance / "secret_key") in told
    assert "not to be printed" not in told
    monkeypatch.setenv("JOBFAIR_SECRET_KEY", "nor this one")
    assert "from JOBFAIR_SECRET_KEY" in said(fair("where"))


# The demo fair


def test_a_demo_that_was_broken_off_is_not_taken_for_one(fair, app, monkeypatch):
    monkeypatch.setattr(demo, "_play_minute", lambda *_given: None)
    with monkeypatch.context() as breaking:
        breaking.setattr(demo, "_company", None)
        assert isinstance(fair("demo").exception, TypeError)
    assert refused(fair("demo")).startswith("Loading the demo fair was interrupted.")


def test_a_demo_is_loaded_once(fair, app, monkeypatch):
    monkeypatch.setattr(demo, "_play_minute", lambda *_given: None)
    assert said(fair("demo")) == said(fair("demo"))


def test_a_demo_is_open_though_a_new_fair_is_not(fair, app, monkeypatch):
    monkeypatch.setattr(demo, "_play_minute", lambda *_given: None)
    with db.engine.begin() as connection:
        connection.execute(update(Fair).values(phase=Phase.PREPARING))
    said(fair("demo"))
    assert current_phase() is Phase.OPEN


# A database that is not there


@pytest.mark.parametrize(
    "words",
    [
        ("paper",),
        ("backup",),
        ("restore", __file__),
        ("purge",),
        ("admin", "ann@example.org", "--password-stdin"),
        ("demo",),
    ],
    ids=lambda words: words[0],
)
def test_without_tables_each_command_says_what_to_do(words, tmp_path, monkeypatch):
    empty = create_app(settings(f"sqlite:///{tmp_path / 'empty.sqlite'}"))
    monkeypatch.setattr(empty, "instance_path", str(tmp_path))
    with empty.app_context():
        result = empty.test_cli_runner().invoke(args=["fair", *words], input=f"{PASSWORD}\n")
        db.engine.dispose()
    sentence = "The database does not have JobFair's tables: run «flask db upgrade» first."
    assert refused(result) == sentence


def test_a_database_that_does_not_answer_is_said_to_be_so(tmp_path):
    gone = create_app(settings(f"sqlite:///{tmp_path / 'no' / 'such.sqlite'}"))
    with gone.app_context():
        result = gone.test_cli_runner().invoke(args=["fair", "paper", "--to", str(tmp_path)])
        told = gone.test_cli_runner().invoke(args=["fair", "where"])
    sentence = "The database does not answer: unable to open database file."
    assert refused(result) == sentence
    assert sentence in said(told)


def test_who_may_sign_up_is_said_and_changed(fair):
    assert said(fair("sign-up")) == "Anybody may sign up."
    assert said(fair("sign-up", "domains", "--domains", "Univ.fr")).endswith("sign up: univ.fr")
    assert said(fair("sign-up", "code", "--word", "Pivoine 42")).endswith(": Pivoine 42")
    new = said(fair("sign-up", "--new-word"))
    assert "Pivoine" not in new
    assert said(fair("sign-up")) == new
    assert said(fair("sign-up", "invited")).startswith("Nobody may sign up")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("domains",), "Give at least one domain, such as univ.fr."),
        (("domains", "--domains", "univ"), "Give domains such as univ.fr, separated by commas."),
        (("--word", "ab"), "At least 4 letters or digits."),
    ],
)
def test_what_nobody_can_sign_up_by_is_refused(fair, words, sentence):
    assert sentence in refused(fair("sign-up", *words))


def test_made_up_accounts_are_removed(fair, queue):
    factories.student("Zoe", email="zoe@spam.example", confirmed=False)
    assert "Say which" in refused(fair("remove-accounts"))
    assert said(fair("remove-accounts", "--domain", "nowhere.example")) == "Nothing to remove."
    kept = said(fair("remove-accounts", "--minutes", 60, typed="y\n"))
    assert "Kept: 1 with an interview" in kept
    assert "Remove 2 accounts, 1 entry? It cannot be undone." in kept
    assert kept.endswith("Removed 2 accounts.")


def test_an_address_is_confirmed_as_at_the_desk(fair):
    factories.student("Zoe", email="zoe@spam.example", confirmed=False)
    assert "No student has the address" in refused(fair("confirm-address", "a@b.example"))
    assert said(fair("confirm-address", "ZOE@spam.example")) == "zoe@spam.example is confirmed."
    assert said(fair("remove-accounts", "--unconfirmed")) == "Nothing to remove."


def test_the_fair_is_rehearsed(fair, queue):
    factories.company("Rival")
    told = said(fair("rehearse", "--students", 20, "--wishes", 1, "--opening", "lot"))
    assert "2 companies, 20 students, 8 days played" in told
    assert re.search(r"^Interviews +\d+ +\(\d+ to \d+\)$", told, re.MULTILINE)


def test_a_rehearsal_of_a_list_is_printed_for_a_program(fair, tmp_path):
    path = tmp_path / "companies.csv"
    path.write_text("Nom;Stand;Places\nTechCorp;A1;2\nRival;A2;1\n;A3;1\n")
    result = fair("rehearse", "--companies", path, "--students", 20, "--json")
    assert "Line 4 is left out" in result.stderr
    outcome = json.loads(result.stdout)
    assert [each["name"] for each in outcome["stands"]] == ["TechCorp", "Rival"]
    assert outcome["figures"]["interviews"]["mean"] > 0


def test_what_cannot_be_rehearsed_is_said(fair, tmp_path):
    assert "There are no companies" in refused(fair("rehearse"))
    assert "At least 1." in refused(fair("rehearse", "--students", 0))
    path = tmp_path / "companies.csv"
    path.write_text("")
    assert "no list in this file" in refused(fair("rehearse", "--companies", path))
