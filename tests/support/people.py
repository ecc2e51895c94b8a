"""Who is at the fair in many tests. A test that needs somebody else makes them by `factories`."""

import pytest

from tests.support import factories
from tests.support.organisers import Organiser


@pytest.fixture
def organiser(client):
    """An organiser's browser."""
    return Organiser(client)


@pytest.fixture
def admin(app):
    """An organiser's account."""
    return factories.admin()


@pytest.fixture
def techcorp(app):
    """The id of a company that recruits."""
    return factories.company("TechCorp")


@pytest.fixture
def alice(app):
    return factories.student("Alice", email="alice@example.org")


@pytest.fixture
def bob(app):
    return factories.student("Bob")
