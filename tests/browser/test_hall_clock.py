"""The clock of the hall's screen is the fair's, whatever the computer behind the projector says."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Route, expect

from jobfair.settings import Settings
from tests.browser import people
from tests.browser.conftest import DESKTOP

NOON = datetime(2026, 11, 23, 22, 4, 5, tzinfo=UTC)
ELSEWHERE = [("en-GB", "Asia/Kolkata"), ("en-US", "America/New_York"), ("fr-FR", "UTC")]


@pytest.mark.parametrize(("locale", "zone"), ELSEWHERE)
def test_it_shows_the_fairs_time_by_24_hours(visitors, locale, zone):
    organiser = people.organiser(visitors)
    organiser.goto("/admin/hall")
    organiser.locator("form[action='/admin/hall/link'] button").click()
    link = organiser.locator("input[value*='/hall/']").first.input_value()
    screen = visitors.visitor(DESKTOP, locale=locale, timezone_id=zone)
    # The page has the time from the server, not from the device.
    screen.route(link, lambda route: answer_as_of(route, NOON))
    screen.goto(link)
    fairs = NOON.astimezone(ZoneInfo(Settings().babel_default_timezone))
    expect(screen.locator("#hall-clock")).to_have_text(re.compile(f"^{fairs:%H:%M}:\\d\\d$"))


def answer_as_of(route: Route, moment: datetime) -> None:
    """The page as the server would send it at another time."""
    page = route.fetch()
    text = re.sub(
        r'(name="server-time" content=")[^"]*', rf"\g<1>{moment.isoformat()}", page.text()
    )
    route.fulfill(response=page, body=text)
