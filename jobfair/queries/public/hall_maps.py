"""The halls' maps, and where a company's stand is on one."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from jobfair.db.statements import CompiledStatement
from jobfair.db.transactions import autocommit
from jobfair.exceptions import NotFound
from jobfair.models import Company, HallMap, MapPlace, map_of_company


@dataclass(frozen=True, slots=True)
class MapView:
    """A map: the digest in its address, and its size in pixels."""

    digest: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class MarkedMap:
    """A map with a stand's place, from left and top in ten-thousandths of its sides."""

    map: MapView
    x: int
    y: int


_MARKED = CompiledStatement(
    select(HallMap.digest, HallMap.width, HallMap.height, MapPlace.x, MapPlace.y)
    .join(HallMap, HallMap.hall == MapPlace.hall)
    .join(Company, Company.id == MapPlace.company_id)
    .where(
        MapPlace.company_id == bindparam("company_id"),
        # Nowhere, if the company is in another hall since.
        MapPlace.hall == map_of_company(),
    )
)


def marked(company_id: int) -> MarkedMap | None:
    """The map on which a company's stand is marked, if there is one."""
    with autocommit() as connection:
        row = _MARKED.row(connection, company_id=company_id)
    if row is None:
        return None
    *drawn, x, y = row
    return MarkedMap(MapView(*drawn), x, y)


def file(digest: str) -> bytes:
    """A map as WebP. Raises NotFound for one that is no longer up."""
    query = select(HallMap.file).where(HallMap.digest == digest).limit(1)
    with autocommit() as connection:
        found: bytes | None = connection.execute(query).scalar()
    if found is None:
        raise NotFound("map")
    return found
