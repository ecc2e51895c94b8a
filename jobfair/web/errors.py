"""What is said when something does not work: one sentence, as a page, as JSON or as a toast."""

from __future__ import annotations

from collections.abc import Iterable

from flask import (
    Flask,
    Response,
    current_app,
    g,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, InternalServerError, Unauthorized
from werkzeug.wrappers import Response as AnyResponse

from jobfair import metrics
from jobfair.exceptions import NotFound, PinWanted, Problem
from jobfair.live.fragments import toast
from jobfair.web.request_log import request_id
from jobfair.web.responses import FRAGMENTS, wants_fragments
from jobfair.web.urls import IdConverter, came_from

DATA_PATHS = ("/api/", "/live/", "/health", "/devices/")
"""Where a program asks, not a person: answered in JSON, and never sent elsewhere."""

UNAVAILABLE = 503

Headers = Iterable[tuple[str, str]]


def init_app(app: Flask) -> None:
    """Answer every failure in words."""
    app.url_map.converters["int"] = IdConverter
    app.register_error_handler(Problem, _problem_raised)
    app.register_error_handler(PinWanted, _pin_wanted)
    app.register_error_handler(NotFound, not_found)
    app.register_error_handler(HTTPException, _http_error)
    for unavailable in (OperationalError, InterfaceError, PoolTimeout):
        app.register_error_handler(unavailable, _database_unavailable)


def problem(
    code: str, sentence: str, status: int = 400, errors: dict[str, str] | None = None
) -> Response:
    """A JSON error: `{"detail", "code"}`, and sentences by field name under `errors`."""
    body: dict[str, object] = {"detail": sentence, "code": code}
    if errors:
        body["errors"] = errors
    response = jsonify(body)
    response.status_code = status
    return response


def invalid(errors: dict[str, str]) -> Response:
    """The JSON error for input that was refused field by field."""
    return problem("invalid", _("Some of this cannot be accepted."), 400, errors)


def sentence_of(status: int) -> str:
    """What is said for an HTTP status."""
    return _words(status)[1]


def _problem_raised(raised: Problem) -> AnyResponse:
    return _answer(raised.code, raised.sentence, raised.status)


def _pin_wanted(wanted: PinWanted) -> AnyResponse:
    form = url_for("pin.form", token=(request.view_args or {})["token"])
    return _led_to(form, wanted.code, wanted.sentence, wanted.status)


def not_found(_raised: NotFound) -> AnyResponse:
    """The answer for what does not exist, or is not the asker's."""
    return _answer(*_words(404), 404, advice=_advice(404))


def unknown_link(title: str, sentence: str) -> tuple[str, int]:
    """The page for a secret link that opens nothing, or does not any more."""
    return render_template("errors/unknown_link.html", title=title, sentence=sentence), 404


def _http_error(error: HTTPException) -> AnyResponse:
    status = error.code or InternalServerError.code
    if isinstance(error, Unauthorized):
        return _not_signed_in()
    headers = [each for each in error.get_headers() if each[0] != "Content-Type"]
    return _answer(*_words(status), status, headers, _advice(status))


def _database_unavailable(error: Exception) -> AnyResponse:
    current_app.logger.error("database unavailable: %s", error)
    return _answer(*_words(503), 503, [("Retry-After", "5")], _advice(503))


def _not_signed_in() -> AnyResponse:
    code, sentence = _words(401)
    if g.get("token_expired"):
        code, sentence = "token_expired", _("Your access token has expired.")
    # Back to the page itself: an address that is posted to shows nothing when it is opened.
    wanted = request.full_path.rstrip("?") if request.method in ("GET", "HEAD") else came_from()
    return _led_to(url_for("auth.sign_in_form", next=wanted), code, sentence)


def _led_to(form: str, code: str, sentence: str, status: int = 401) -> AnyResponse:
    """For whoever has to prove something first: people are led to the form for it."""
    if _for_programs():
        return problem(code, sentence, status)
    if wants_fragments():
        # Nothing to show: the page reloads, and that leads to the form.
        return make_response("", 401)
    return redirect(form, 303)


def _for_programs() -> bool:
    return request.path.startswith(DATA_PATHS)


def _answer(
    code: str, sentence: str, status: int, headers: Headers = (), advice: str = ""
) -> AnyResponse:
    # What somebody may read out to whoever can look it up in the log.
    reference = request_id() if status >= InternalServerError.code else None
    if reference is None:
        metrics.refused(code)
    if _for_programs():
        response = problem(code, sentence, status)
    elif wants_fragments():
        said = sentence if reference is None else f"{sentence} ({reference})"
        response = make_response(toast("error", said), status)
        response.mimetype = FRAGMENTS
    else:
        response = make_response(_page(sentence, status, advice, reference), status)
    response.headers.extend(headers)
    return response


def _words(status: int) -> tuple[str, str]:
    """The code and the sentence of an HTTP status."""
    known = {
        401: ("not_signed_in", _("Please sign in first.")),
        403: ("forbidden", _("This is not open to you.")),
        404: ("not_found", _("There is nothing here, or no longer.")),
        405: ("method_not_allowed", _("This address does not take that kind of request.")),
        413: ("too_large", _("This is too large to be sent.")),
        415: ("unsupported_media_type", _("Send this as JSON.")),
        429: ("too_many", _("Too many attempts. Wait a minute, then try again.")),
        503: ("unavailable", _("We cannot answer just now. Try again in a moment.")),
    }
    if status in known:
        return known[status]
    if status < InternalServerError.code:
        return "bad_request", _("This request cannot be understood.")
    return "server_error", _("Something went wrong on our side. Try again in a moment.")


def _page(sentence: str, status: int, advice: str, reference: str | None) -> str:
    looked = request.method in ("GET", "HEAD")
    return render_template(
        "errors/error.html",
        title=_title(status),
        sentence=sentence,
        advice=advice,
        back=came_from(),
        home=_home(),
        again=request.full_path.rstrip("?") if looked and status == UNAVAILABLE else None,
        reference=reference,
    )


def _home() -> str:
    """Where whoever is at this address begins."""
    parts = request.path.split("/")
    if parts[1] == "company" and len(parts) > len(["", "company", "token"]):
        return "/".join(parts[:3])
    return "/admin/" if parts[1] == "admin" else "/"


def _advice(status: int) -> str:
    """What to do about it, said to a person."""
    if status == UNAVAILABLE:
        return _("This page tries again by itself.") if request.method == "GET" else ""
    if status >= InternalServerError.code:
        return _("If it happens again, tell the organisers: they can do everything for you.")
    return {
        403: _("Sign in with the account that may see it, or start from your own page."),
        404: _("Check the address, or start from your own page."),
    }.get(status, "")


def _title(status: int) -> str:
    if status == UNAVAILABLE:
        return _("Out of reach for a moment")
    if status >= InternalServerError.code:
        return _("A fault on our side")
    return {
        403: _("Not allowed"),
        404: _("Not found"),
        429: _("Too many attempts"),
    }.get(status, _("This did not work"))
