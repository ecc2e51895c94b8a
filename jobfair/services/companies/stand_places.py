"""Two companies swap their places in the hall, in one move."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from jobfair.domain.events import CompanyMoved, CompanyProfileChanged, Event, StandPlaced
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.models import Company, MapPlace
from jobfair.unit_of_work.actors import Actor
from jobfair.unit_of_work.loading import LoadSpec
from jobfair.unit_of_work.transaction import Committed, write_transaction


def swap(actor: Actor, company_id: int, other_id: int) -> Committed | Refusal:
    """Give each of two companies the stand, the hall and the spot on the map of the other.

    The same call again undoes it. Returns `same_place` where nothing would change. Raises NotFound.
    """
    pair = (company_id, other_id)
    with write_transaction(actor) as work:
        hall = work.load(LoadSpec(companies=pair))
        for each in pair:
            hall.known_company(each)
        places = {each: _place(work.connection, each) for each in pair}
        if places[company_id] == places[other_id]:
            return Refusal(RequestCode.SAME_PLACE)
        events: list[Event] = []
        for one, other in (pair, pair[::-1]):
            events += _moved(one, places[one], places[other])
            to = {"stand": places[other]["stand"], "hall": places[other]["hall"]}
            work.connection.execute(update(Company).where(Company.id == one).values(to))
        _put_on_map(work.connection, {one: places[other] for one, other in (pair, pair[::-1])})
        return work.carry_out(actor, hall, tuple(events))


def _place(connection: Connection, company_id: int) -> dict[str, Any]:
    query = (
        select(Company.stand, Company.hall, MapPlace.hall.label("map"), MapPlace.x, MapPlace.y)
        .outerjoin(MapPlace, MapPlace.company_id == Company.id)
        .where(Company.id == company_id)
    )
    return dict(connection.execute(query).one()._mapping)


def _moved(company_id: int, before: dict[str, Any], after: dict[str, Any]) -> list[Event]:
    spots = [None if each["map"] is None else (each["x"], each["y"]) for each in (before, after)]
    events: list[Event] = []
    if before["stand"] != after["stand"]:
        events.append(CompanyMoved(company_id, before["stand"], after["stand"]))
    if before["hall"] != after["hall"]:
        events.append(CompanyProfileChanged(company_id, "hall", before["hall"], after["hall"]))
    if spots[0] != spots[1]:
        events.append(StandPlaced(company_id, *spots))
    return events


def _put_on_map(connection: Connection, places: dict[int, dict[str, Any]]) -> None:
    connection.execute(delete(MapPlace).where(MapPlace.company_id.in_(places)))
    rows = [
        {"company_id": company_id, "hall": place["map"], "x": place["x"], "y": place["y"]}
        for company_id, place in places.items()
        if place["map"] is not None
    ]
    if rows:
        connection.execute(insert(MapPlace), rows)
