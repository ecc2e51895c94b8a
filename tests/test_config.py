"""What the application makes for itself in its folder, `instance/`."""

import os
import stat

import pytest
from flask_migrate import upgrade

from jobfair import create_app
from jobfair.domain.state import Phase
from jobfair.extensions import db
from jobfair.ops import backups, demo, paper
from jobfair.services.fair import fair
from jobfair.unit_of_work import actors
from jobfair.web.request_log import LoggedFlask
from tests.support import factories


@pytest.fixture
def instance(tmp_path, monkeypatch):
    """A folder for the instance, where new files are readable to everybody unless said."""
    path = tmp_path / "instance"
    monkeypatch.setattr(LoggedFlask, "auto_find_instance_path", lambda _: str(path))
    before = os.umask(0o022)
    yield path
    os.umask(before)


def not_private(folder):
    return [
        f"{path.name} {stat.filemode(path.stat().st_mode)}"
        for path in (folder, *folder.rglob("*"))
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    ]


def test_all_that_is_written_in_the_instance_is_for_its_owner_alone(instance, tmp_path):
    elsewhere = tmp_path / "elsewhere.sqlite"
    for database in (None, f"sqlite:///{elsewhere}"):
        app = create_app({"TESTING": True, "DATABASE_URL": database})
        with app.app_context():
            upgrade()
            fair.set_phase(actors.SYSTEM, Phase.OPEN)
            factories.interview(factories.student("Alice"), factories.company())
            backups.save(backups.new_path().with_suffix(f".{database is None}"))
            paper.write(paper.default_folder(), keep=12)
            list(demo.load("http://localhost", "admin@example.org", "a password of ours"))
            assert {each.name for each in instance.iterdir()} >= {
                "secret_key", "vapid_private_key", "demo_admin_password", "backups", "paper",
                "jobfair.sqlite",
            }  # fmt: skip
            assert not_private(instance) == []
            assert [stat.S_IMODE(each.stat().st_mode) for each in tmp_path.glob("else*")] == (
                [] if database is None else [0o600] * 3
            )
            db.engine.dispose()


def test_what_an_older_version_left_for_everybody_to_read_is_closed(instance):
    (instance / "backups").mkdir(parents=True)
    for name in ("secret_key", "backups/jobfair-2026.jsonl.gz", "jobfair.sqlite-wal"):
        (instance / name).write_text("a secret that is long enough")
    create_app({"TESTING": True})
    assert not_private(instance) == []
