"""The halls' maps: putting one up, taking it away, and placing stands on it."""

from __future__ import annotations

from sqlalchemy import delete, insert, select

from jobfair.domain.events import HallMapChanged, StandPlaced
from jobfair.exceptions import NotFound
from jobfair.fields.fair.hall_maps import MapPicture
from jobfair.models import Company, HallMap, MapPlace, map_of_company
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.loading import LoadSpec
from jobfair.unit_of_work.transaction import write_transaction

Spot = tuple[int, int]
"""How far from the left and from the top of a map, in ten-thousandths of its sides."""


def set_map(actor: Actor, hall: str, picture: MapPicture | None) -> None:
    """Put up a hall's map, or take it away with None; a blank hall is the fair as a whole.

    The stands keep their places: another picture mostly shows the same hall.
    """
    digest = None if picture is None else picture.digest
    with write_transaction(actor) as work:
        own = HallMap.hall == hall
        before = work.connection.execute(select(HallMap.digest).where(own)).scalar()
        if digest == before:
            return
        work.connection.execute(delete(HallMap).where(own))
        if picture is not None:
            values = {
                "digest": picture.digest,
                "file": picture.file,
                "width": picture.width,
                "height": picture.height,
            }
            work.connection.execute(insert(HallMap).values(hall=hall, **values))
        work.record(actor, HallMapChanged(hall, before, digest))


def place(actor: Actor, company_id: int, spot: Spot | None) -> None:
    """Place a company's stand on the map that shows its hall, or take it off with None.

    Raises NotFound, also where there is no such map.
    """
    with write_transaction(actor) as work:
        loaded = work.load(LoadSpec(companies=(company_id,)))
        loaded.known_company(company_id)
        shown_on = select(map_of_company()).where(Company.id == company_id)
        hall = work.connection.execute(shown_on).scalar_one()
        if hall is None:
            raise NotFound("map")
        own = MapPlace.company_id == company_id
        known = select(MapPlace.x, MapPlace.y).where(own, MapPlace.hall == hall)
        row = work.connection.execute(known).first()
        before = None if row is None else (row.x, row.y)
        if spot == before:
            return
        work.connection.execute(delete(MapPlace).where(own))
        if spot is not None:
            x, y = spot
            values = {"company_id": company_id, "hall": hall, "x": x, "y": y}
            work.connection.execute(insert(MapPlace).values(values))
        work.carry_out(actor, loaded, (StandPlaced(company_id, before, spot),))
