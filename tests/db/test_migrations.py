"""The migrations make exactly the tables of the models, on both databases, and unmake them."""

import pytest
from flask_migrate import check, downgrade, upgrade
from sqlalchemy import inspect, make_url

from jobfair import create_app
from jobfair.extensions import db
from tests.conftest import settings
from tests.support import real_servers


@pytest.fixture
def unmigrated(migrated_app, tmp_path):
    """An application on an empty database beside the one of the other tests."""
    url = migrated_app.config["SQLALCHEMY_DATABASE_URI"]
    if make_url(url).get_backend_name() == "sqlite":
        yield create_app(settings(f"sqlite:///{tmp_path / 'new.sqlite'}"))
        return
    with real_servers.database(url) as new:
        yield create_app(settings(new))


def test_up_and_down(unmigrated):
    with unmigrated.app_context():
        upgrade()
        check()
        downgrade(revision="base")
        assert inspect(db.engine).get_table_names() == ["alembic_version"]
        upgrade()
        db.engine.dispose()
