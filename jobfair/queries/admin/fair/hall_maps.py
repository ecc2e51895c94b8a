"""A hall's map as its organisers place stands on it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from jobfair.db.transactions import read_transaction
from jobfair.fields.input.folding import folded
from jobfair.models import Company, HallMap, MapPlace, map_of_company
from jobfair.queries.public.hall_maps import MapView


@dataclass(frozen=True, slots=True)
class Plate:
    """A company that the map shows. `x` and `y` are as in `MarkedMap`, None before it is placed."""

    company_id: int
    name: str
    stand: str | None
    x: int | None
    y: int | None


@dataclass(frozen=True, slots=True)
class HallPlan:
    """A hall's map, None before there is one, and the companies that it shows, by name."""

    map: MapView | None
    plates: tuple[Plate, ...]


def plan(hall: str) -> HallPlan:
    """The map of a hall; of a blank one, that of all companies whose hall has no map."""
    drawn = select(HallMap.digest, HallMap.width, HallMap.height).where(HallMap.hall == hall)
    shown = func.coalesce(map_of_company(), "") == hall
    placed = (MapPlace.company_id == Company.id) & (MapPlace.hall == hall)
    companies = (
        select(Company.id, Company.name, Company.stand, MapPlace.x, MapPlace.y)
        .outerjoin(MapPlace, placed)
        .where(shown)
    )
    with read_transaction() as connection:
        found = connection.execute(drawn).first()
        plates = [Plate(*row) for row in connection.execute(companies)]
    plates.sort(key=lambda each: (folded(each.name), each.company_id))
    return HallPlan(found and MapView(*found), tuple(plates))
