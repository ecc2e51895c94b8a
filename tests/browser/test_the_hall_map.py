"""Stands are placed on the hall's map by hand: dragged, or by the keyboard alone."""

from __future__ import annotations

from io import BytesIO

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitors
from tests.browser.people import create_company, organiser


def number_placed(plate: Locator) -> float:
    return float((plate.get_attribute("x") or "").rstrip("%"))


def put_up(admin: Page) -> None:
    file = BytesIO()
    Image.new("RGB", (900, 300), "white").save(file, "PNG")
    admin.goto("/admin/map")
    picture = {"name": "map.png", "mimeType": "image/png", "buffer": file.getvalue()}
    admin.set_input_files("#map", picture)  # type: ignore[arg-type]
    admin.locator("form", has=admin.locator("#map")).locator("button[type=submit]").click()


def test_a_plate_is_dragged_and_moved_by_the_keyboard(visitors: Visitors) -> None:
    admin = organiser(visitors)
    create_company(admin, "Carte")
    put_up(admin)
    plate = admin.locator('[data-plate][data-name="Carte"]')
    said = admin.locator("[data-map-said]")
    plate.locator(".map-pin").hover()
    admin.mouse.down()
    middle = admin.locator("[data-hall-map]").bounding_box()
    assert middle
    admin.mouse.move(middle["x"] + middle["width"] / 2, middle["y"] + middle["height"] / 2)
    admin.mouse.up()
    expect(said).to_contain_text("Carte : 50")
    dragged = number_placed(plate)
    plate.focus()
    admin.keyboard.press("Shift+ArrowRight")
    admin.keyboard.press("ArrowLeft")
    admin.keyboard.press("Enter")
    expect(said).to_contain_text("Carte : 54")
    admin.reload()
    expect(plate).not_to_have_attribute("data-loose", "")
    assert number_placed(plate) == dragged + 4.5
