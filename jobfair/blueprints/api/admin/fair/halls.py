"""The halls through JSON: the screen's link and names, the maps, and the stands on them."""

from __future__ import annotations

from typing import Annotated

from flask import Blueprint
from pydantic import Field

from jobfair.blueprints.api.admin.shapes.fair import (
    HallMapPlan,
    HallScreenSetting,
    MapPicture,
    PlacedStand,
)
from jobfair.blueprints.api.calls import answers, asks, takes
from jobfair.blueprints.api.files import PICTURE, takes_file
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import ScreenNames
from jobfair.exceptions import NotFound, RequestCode
from jobfair.fields.fair.hall_maps import encode
from jobfair.fields.input.parsing import Input, Query
from jobfair.queries.admin.fair.hall_maps import Plate, plan
from jobfair.queries.public import hall
from jobfair.queries.public.hall_maps import MapView
from jobfair.services.access.rights import Right
from jobfair.services.fair import hall_maps, hall_screen
from jobfair.web.pictures import encoded
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.web.urls import link_to

SCALE = 100
"""Places are kept in ten-thousandths of a map's sides, and are percentages outside."""

blueprint = Blueprint("api_halls", __name__, url_prefix="/api/admin")

Percent = Annotated[float, Field(ge=0, le=100, strict=False)]


class ScreenNamesChange(Input):
    names: Annotated[ScreenNames, Field(strict=False)]


class HallChoice(Query):
    """A hall by its name; blank is the map of the fair as a whole."""

    hall: Annotated[str, Field(max_length=40)] = ""


class MapSpot(Input):
    """From the left and from the top of the map, in percent of its sides."""

    x: Percent
    y: Percent


@blueprint.get("/hall_screen/")
@answers("Show the links of the hall's screen, and how it says who is called", HallScreenSetting)
@needs(Right.MANAGE)
def screen() -> HallScreenSetting:
    return _screen()


@blueprint.patch("/hall_screen/")
@answers("Choose how the hall's screen says who is called", HallScreenSetting)
@needs(Right.MANAGE)
@takes(ScreenNamesChange)
def set_names(given: ScreenNamesChange) -> HallScreenSetting:
    hall_screen.set_names(current_actor(), given.names)
    return _screen()


@blueprint.post("/hall_screen/link/")
@answers("Give the hall's screen a new link; the old one is dead at once", HallScreenSetting)
@needs(Right.MANAGE)
def make_link() -> HallScreenSetting:
    hall_screen.make_link(current_actor())
    return _screen()


@blueprint.delete("/hall_screen/link/")
@answers("Withdraw the link of the hall's screen; open screens go dark")
@needs(Right.MANAGE)
def withdraw_link() -> None:
    hall_screen.withdraw_link(current_actor())


@blueprint.get("/halls/map/")
@answers(
    "Show a hall's map and where the stands are on it", HallMapPlan, also=(RequestCode.NOT_FOUND,)
)
@needs(Right.MANAGE)
@asks(HallChoice)
def show_map(choice: HallChoice) -> HallMapPlan:
    return _plan(_known(choice))


@blueprint.put("/halls/map/")
@answers(
    "Put up a hall's map: a PNG, JPEG or WebP of up to 5 MB, as the body",
    HallMapPlan,
    also=(RequestCode.NOT_FOUND,),
)
@needs(Right.MANAGE)
@asks(HallChoice)
@takes_file(PICTURE)
def set_map(data: bytes, choice: HallChoice) -> HallMapPlan | Refusal:
    name, picture = _known(choice), encoded(data, encode)
    if isinstance(picture, Refusal):
        return picture
    hall_maps.set_map(current_actor(), name, picture)
    return _plan(name)


@blueprint.delete("/halls/map/")
@answers(
    "Take a hall's map down; the stands keep their places for another",
    also=(RequestCode.NOT_FOUND,),
)
@needs(Right.MANAGE)
@asks(HallChoice)
def remove_map(choice: HallChoice) -> None:
    hall_maps.set_map(current_actor(), _known(choice), None)


@blueprint.put("/halls/map/stands/<int:company_id>/")
@answers("Place a company's stand on the map that shows its hall")
@needs(Right.MANAGE)
@takes(MapSpot)
def place(given: MapSpot, company_id: int) -> None:
    hall_maps.place(current_actor(), company_id, (round(given.x * SCALE), round(given.y * SCALE)))


@blueprint.delete("/halls/map/stands/<int:company_id>/")
@answers("Take a company's stand off the map; one that is on none is no error")
@needs(Right.MANAGE)
def take_off(company_id: int) -> None:
    hall_maps.place(current_actor(), company_id, None)


def _known(choice: HallChoice) -> str:
    """The hall that was asked for. Raises NotFound where no company is in it."""
    if choice.hall and choice.hall not in hall.halls():
        raise NotFound("hall")
    return choice.hall


def _screen() -> HallScreenSetting:
    now = hall.screen()
    if now.token is None:
        return HallScreenSetting(names=now.names, access_url=None, of_halls={})
    return HallScreenSetting(
        names=now.names,
        access_url=link_to("hall.screen", token=now.token),
        of_halls={
            each: link_to("hall.screen", token=now.token, hall=each) for each in hall.halls()
        },
    )


def _plan(name: str) -> HallMapPlan:
    found = plan(name)
    return HallMapPlan(
        hall=name, map=_picture(found.map), stands=[_placed(each) for each in found.plates]
    )


def _picture(drawn: MapView | None) -> MapPicture | None:
    if drawn is None:
        return None
    url = link_to("hall_maps.file", digest=drawn.digest)
    return MapPicture(url=url, width=drawn.width, height=drawn.height)


def _placed(plate: Plate) -> PlacedStand:
    return PlacedStand(
        company=plate.company_id,
        name=plate.name,
        stand=plate.stand,
        x=None if plate.x is None else plate.x / SCALE,
        y=None if plate.y is None else plate.y / SCALE,
    )
