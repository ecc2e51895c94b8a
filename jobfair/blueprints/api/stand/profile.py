"""What a company says about itself, by its link, through JSON."""

from __future__ import annotations

from flask import Blueprint

from jobfair.blueprints.api.calls import answers, changes, takes
from jobfair.blueprints.api.files import PICTURE, takes_file
from jobfair.blueprints.api.links import link_only
from jobfair.blueprints.api.shapes.shaping import logo_addresses
from jobfair.blueprints.api.stand.shapes import OwnProfile
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.fields.companies.company_profiles import WRITTEN_BY_COMPANIES
from jobfair.fields.companies.logos import encode
from jobfair.fields.input.declaration import in_json_change, shape
from jobfair.fields.input.edits import NOTHING_SEEN
from jobfair.fields.input.parsing import Input
from jobfair.queries.admin import roster
from jobfair.queries.fair import profile_editing
from jobfair.queries.views import CompanyView
from jobfair.services.companies import own_profiles
from jobfair.web.pictures import encoded
from jobfair.web.security.sign_in.authentication import stand_actor

blueprint = Blueprint("api_own_profile", __name__, url_prefix="/api/company/<token>/profile")

ProfileChange = shape("ProfileChange", WRITTEN_BY_COMPANIES, in_json_change, Input)


@blueprint.get("/")
@answers("Show what the company says of itself", OwnProfile, anyone=True)
@link_only
def show(company: CompanyView) -> OwnProfile:
    return _profile(company)


@blueprint.patch("/")
@answers(
    "Change what the company says of itself, while the organisers let it",
    OwnProfile,
    anyone=True,
    also=(RequestCode.PROFILE_CLOSED,),
)
@link_only
@takes(ProfileChange)
def change(given: Input, company: CompanyView) -> OwnProfile | Refusal:
    outcome = own_profiles.edit(stand_actor(company), company.id, changes(given), NOTHING_SEEN)
    return outcome if isinstance(outcome, Refusal) else _profile(company)


@blueprint.put("/logo/")
@answers(
    "Give the company another logo, while the organisers let it",
    OwnProfile,
    anyone=True,
    also=(RequestCode.PROFILE_CLOSED,),
)
@link_only
@takes_file(PICTURE)
def change_logo(data: bytes, company: CompanyView) -> OwnProfile | Refusal:
    logo = encoded(data, encode)
    if isinstance(logo, Refusal):
        return logo
    return own_profiles.set_logo(stand_actor(company), company.id, logo) or _profile(company)


def _profile(company: CompanyView) -> OwnProfile:
    managed = roster.company(company.id)
    said = {each.name: getattr(managed.profile, each.name) for each in WRITTEN_BY_COMPANIES}
    return OwnProfile(
        **said,
        logo=logo_addresses(company.id, managed.profile.logo),
        may_be_changed=profile_editing.is_open(),
    )
