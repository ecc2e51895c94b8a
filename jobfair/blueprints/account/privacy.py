"""What is stored about somebody: said, handed out, deleted."""

from __future__ import annotations

import json

from flask import Blueprint, Response, flash, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from jobfair.domain.refusals import Refusal
from jobfair.fields.input.parsing import Input, Invalid, parse
from jobfair.fields.input.types import AnyPassword
from jobfair.queries.student import own_data, places
from jobfair.services.students import students
from jobfair.web.pages.responses import see_other
from jobfair.web.refusals import refuse
from jobfair.web.rendering.file_names import dated
from jobfair.web.security.sign_in import own_password
from jobfair.web.security.sign_in.authentication import current_actor, delete_cookies, student_only
from jobfair.wording import stored_data

blueprint = Blueprint("privacy", __name__)


class Farewell(Input):
    """The form with which a student deletes their own account."""

    password: AnyPassword


@blueprint.get("/privacy")
def index() -> str:
    return render_template(
        "public/privacy.html",
        stored=stored_data.STORED.values(),
        sent_on=stored_data.sent_on(),
    )


@blueprint.get("/profile/data")
@student_only
def download() -> Response:
    data = own_data.everything(current_user.student_id)
    text = json.dumps(data, ensure_ascii=False, indent=2)
    response = Response(text, mimetype="application/json")
    name = dated(_("jobfair-my-data"))
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.json")
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/profile/delete")
@student_only
def confirm_deletion() -> str:
    return _question()


@blueprint.post("/profile/delete")
@student_only
def delete() -> Response | tuple[str, int]:
    given = parse(Farewell, request.form)
    if isinstance(given, Invalid):
        return _question(given.errors["password"]), 400
    refusal = own_password.confirmed(given.password)
    if refusal is not None:
        refused = refuse(refusal)
        return _question(refused.sentence), refused.status
    outcome = students.delete_own(current_actor())
    assert not isinstance(outcome, Refusal)
    flash(_("Your account is deleted"), "success")
    response = see_other("/")
    delete_cookies(response)
    return response


def _question(error: str | None = None) -> str:
    dashboard = places.dashboard(current_user.student_id)
    return render_template("public/deletion.html", dashboard=dashboard, compact=True, error=error)
