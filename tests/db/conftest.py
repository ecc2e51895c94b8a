"""Every test here runs on SQLite and on PostgreSQL."""

import pytest


@pytest.fixture
def app(app_on_both_databases):
    return app_on_both_databases
