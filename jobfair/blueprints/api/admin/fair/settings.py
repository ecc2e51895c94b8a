"""The fair itself through JSON: its phase, what is said of it, its logo, how long a call lasts."""

from __future__ import annotations

from typing import Annotated

from flask import Blueprint
from pydantic import Field

from jobfair.blueprints.api.admin.shapes.fair import Fair
from jobfair.blueprints.api.calls import answers, changes, takes
from jobfair.blueprints.api.files import PICTURE, takes_file
from jobfair.blueprints.api.shapes.companies import LogoAddresses
from jobfair.domain.refusals import Refusal
from jobfair.domain.state import Phase
from jobfair.fields.companies.logos import encode
from jobfair.fields.fair.fair import BY_LOT, CALL_MINUTES, DETAILS
from jobfair.fields.input.declaration import in_form, in_json_change, shape
from jobfair.fields.input.edits import as_text
from jobfair.fields.input.parsing import Input
from jobfair.queries.admin.fair import overview
from jobfair.queries.fair import fair_identity, profile_editing
from jobfair.services.access.rights import Right
from jobfair.services.companies import own_profiles
from jobfair.services.fair import fair, opening_lot
from jobfair.web.pictures import encoded
from jobfair.web.security.sign_in.authentication import current_actor, needs
from jobfair.web.urls import link_to

blueprint = Blueprint("api_fair", __name__, url_prefix="/api/admin/fair")


class NewPhase(Input):
    phase: Annotated[Phase, Field(strict=False)]


class ProfileEditing(Input):
    allowed: bool


OpeningByLot = shape("OpeningByLot", [BY_LOT], in_form, Input)


FairChange = shape("FairChange", DETAILS, in_json_change, Input)
CallLength = shape(
    "CallLength", [CALL_MINUTES], in_form, Input, "Null: a call does not run out by itself."
)


@blueprint.get("/")
@answers("Show what is said of the fair and what is set for it", Fair)
@needs(Right.MANAGE)
def show() -> Fair:
    return _shaped()


@blueprint.patch("/")
@answers("Change what is said of the fair, all at once", Fair)
@needs(Right.MANAGE)
@takes(FairChange)
def change(given: Input) -> Fair | Refusal:
    return fair.set_details(current_actor(), changes(given)) or _shaped()


@blueprint.put("/phase/")
@answers("Prepare, open or close the fair; opening calls the first of each queue", Fair)
@needs(Right.MANAGE)
@takes(NewPhase)
def change_phase(given: NewPhase) -> Fair | Refusal:
    outcome = fair.set_phase(current_actor(), given.phase)
    return outcome if isinstance(outcome, Refusal) else _shaped()


@blueprint.put("/calls/")
@answers("Set after how many minutes a call runs out", Fair)
@needs(Right.MANAGE)
@takes(CallLength)
def set_call_length(given: Input) -> Fair | Refusal:
    minutes = changes(given)[CALL_MINUTES.name]
    return fair.set_call_minutes(current_actor(), minutes) or _shaped()


@blueprint.put("/profile_editing/")
@answers("Let companies write their own profiles until the fair opens, or no longer", Fair)
@needs(Right.MANAGE)
@takes(ProfileEditing)
def set_profile_editing(given: ProfileEditing) -> Fair:
    own_profiles.set_editing(current_actor(), given.allowed)
    return _shaped()


@blueprint.put("/lot/")
@answers("Let the fair open by lot, or no longer; only while it is preparing", Fair)
@needs(Right.MANAGE)
@takes(OpeningByLot)
def set_by_lot(given: Input) -> Fair | Refusal:
    outcome = opening_lot.set_by_lot(current_actor(), changes(given)[BY_LOT.name])
    return outcome if isinstance(outcome, Refusal) else _shaped()


@blueprint.put("/logo/")
@answers("Set the fair's logo: a PNG, JPEG or WebP of up to 5 MB, as the body", Fair)
@needs(Right.MANAGE)
@takes_file(PICTURE)
def set_logo(data: bytes) -> Fair | Refusal:
    logo = encoded(data, encode)
    if isinstance(logo, Refusal):
        return logo
    fair.set_logo(current_actor(), logo)
    return _shaped()


@blueprint.delete("/logo/")
@answers("Take the fair's logo away; where there is none it is no error")
@needs(Right.MANAGE)
def remove_logo() -> None:
    fair.set_logo(current_actor(), None)


def _shaped() -> Fair:
    identity, figures = fair_identity.current(), overview.figures()
    details = {each.name: getattr(identity, each.name) for each in DETAILS}
    return Fair(
        **{
            **details,
            "opens": as_text(identity.opens) or None,
            "closes": as_text(identity.closes) or None,
        },
        phase=figures.phase,
        logo=_logo(identity.logo),
        call_minutes=figures.call_minutes,
        profile_editing=profile_editing.is_allowed(),
        by_lot=identity.by_lot,
    )


def _logo(digest: str | None) -> LogoAddresses | None:
    if digest is None:
        return None
    small, large = (link_to("logos.of_fair", digest=digest, size=each) for each in _SIZES)
    return LogoAddresses(small=small, large=large)


_SIZES = ("small", "large")
