"""`/api/openapi.json`: the interface described from what its views declare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, current_app, jsonify
from pydantic import TypeAdapter
from werkzeug.routing import Rule

from jobfair.blueprints.api import shapes
from jobfair.blueprints.api.calls import (
    ASKED,
    DESCRIBED,
    TAKEN,
    Call,
    EventStream,
    answers,
)
from jobfair.blueprints.api.statuses import WHY, WITH_RETRY_AFTER, refused_with
from jobfair.exceptions import RequestCode
from jobfair.feed.viewer import MOST_STREAMS
from jobfair.fields.types import LARGEST_ID
from jobfair.web.idempotency import HEADER, MAX_KEY_LENGTH, NOT_COVERED
from jobfair.web.security.csrf import SAFE_METHODS
from jobfair.web.security.stand_pins import HEADER as PIN_HEADER
from jobfair.wording.refusals import REFUSALS

blueprint = Blueprint("api_openapi", __name__, url_prefix="/api")

Schema = dict[str, Any]
UNSAID = {"HEAD", "OPTIONS"}
PARAMETER = re.compile(r"<(?:(?P<kind>\w+)[^:<>]*:)?(?P<name>\w+)>")
TITLE = "JobFair"
VERSION = "1"
SECURITY = {
    "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "jobfair_access",
        "description": "The cookie of the pages. Unsafe calls also send the header X-CSRF-Token, "
        "whose value is in the cookie jobfair_csrf. Over HTTPS both names begin with __Host-.",
    },
}


def _named(code: RequestCode) -> str:
    """A refusal as the document's prose names it."""
    return f"{REFUSALS[code].status} `{code}`"


ONCE: Schema = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "schema": {"type": "string", "maxLength": MAX_KEY_LENGTH},
    "description": "Any text that the sender uses for this request alone. Sent again with the same "
    "key within a day, the request is not carried out again and gets the first answer; another "
    f"request with that key is refused ({_named(RequestCode.KEY_REUSED)}). A request that holds a "
    "password is carried out each time.",
}
ID: Schema = {"type": "integer", "minimum": 1, "maximum": LARGEST_ID}
LATER: Schema = {
    "Retry-After": {
        "required": True,
        "schema": {"type": "integer", "minimum": 0},
        "description": "After how many seconds to try again.",
    }
}


PIN: Schema = {
    "type": "apiKey",
    "in": "header",
    "name": PIN_HEADER,
    "description": "The stand's PIN, where its link asks for one: without it "
    f"{_named(RequestCode.PIN_REQUIRED)}, with another {_named(RequestCode.WRONG_PIN)}, after "
    f"several wrong ones {_named(RequestCode.TOO_MANY_PINS)}. A client that keeps the cookie of "
    "the page `/company/{token}/pin` needs no header.",
}


BOUNDS = ", ".join(
    f"{most} of one {kind.replace('_', '-')}"
    for kind, most in MOST_STREAMS.items()
    if kind != "public"
)
EVENTS: Schema = {
    "type": "string",
    "description": "Live events: `connection_established` first, `heartbeat` in silence. So many "
    f"streams may be open at once: {BOUNDS}. One more ends the oldest, whose last event is "
    "`connection_replaced` {holder, most, message, retry_seconds}: open it again after that time.",
}


class Anything:
    """Stands for an answer that is any JSON object."""


@blueprint.get("/openapi.json")
@answers("Show this document", Anything, anyone=True)
def openapi() -> Response:
    return jsonify(document())


def document() -> Schema:
    """The OpenAPI document of the current app."""
    schemas, definitions = _schemas()
    paths: dict[str, Schema] = {}
    for rule, method in calls():
        path = PARAMETER.sub(r"{\g<name>}", rule.rule)
        paths.setdefault(path, {})[method.lower()] = _operation(rule, method, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": TITLE, "version": VERSION},
        "security": [{name: []} for name in SECURITY],
        "paths": paths,
        "components": {"schemas": definitions, "securitySchemes": {**SECURITY, "pin": PIN}},
    }


def calls() -> Iterator[tuple[Rule, str]]:
    """Every call of the interface: its rule and method."""
    for rule in current_app.url_map.iter_rules():
        if rule.rule.startswith("/api/"):
            for method in sorted((rule.methods or set()) - UNSAID):
                yield rule, method


def _description(rule: Rule) -> dict[str, Any]:
    return vars(current_app.view_functions[rule.endpoint])


def _schemas() -> tuple[dict[Any, Schema], Schema]:
    """The schema of every shape that is taken or answered, and what those refer to."""
    wanted: dict[Any, Any] = {("answer", shapes.Problem): "serialization"}
    for rule, _method in calls():
        description = _description(rule)
        answer = description[DESCRIBED].answer
        if answer not in (None, Anything, EventStream):
            wanted["answer", answer] = "serialization"
        if TAKEN in description:
            wanted["body", description[TAKEN]] = "validation"
    inputs = [(key, mode, TypeAdapter(key[1])) for key, mode in wanted.items()]
    found, definitions = TypeAdapter.json_schemas(
        inputs, ref_template="#/components/schemas/{model}"
    )
    return {key: schema for (key, _mode), schema in found.items()}, definitions["$defs"]


def _operation(rule: Rule, method: str, schemas: dict[Any, Schema]) -> Schema:
    description = _description(rule)
    call: Call = description[DESCRIBED]
    operation: Schema = {
        "summary": call.summary,
        "operationId": rule.endpoint.removeprefix("api_"),
        "parameters": _parameters(rule, method),
        "responses": {
            str(call.status): {"description": "Done", **_content(call.answer, schemas)},
            **_refusals(rule, method, schemas),
        },
    }
    if TAKEN in description:
        content = {"application/json": {"schema": schemas["body", description[TAKEN]]}}
        operation["requestBody"] = {"required": True, "content": content}
    if call.anyone:
        # A stand's link is enough, unless it asks for a PIN.
        operation["security"] = [{}, {"pin": []}] if "token" in rule.arguments else []
    return operation


def _refusals(rule: Rule, method: str, schemas: dict[Any, Schema]) -> Schema:
    description = _description(rule)
    kept = _is_kept(rule, method)
    statuses = refused_with(
        description[DESCRIBED],
        method,
        rule.arguments,
        takes_body=TAKEN in description,
        asks=ASKED in description,
        keeps_answers=kept,
    )
    return {
        str(status): {
            "description": WHY[status],
            **({"headers": LATER} if status in WITH_RETRY_AFTER else {}),
            **_content(shapes.Problem, schemas),
        }
        for status in sorted(statuses)
    }


def _content(answer: Any, schemas: dict[Any, Schema]) -> Schema:
    if answer is None:
        return {}
    if answer is EventStream:
        return {"content": {"text/event-stream": {"schema": EVENTS}}}
    schema = {"type": "object"} if answer is Anything else schemas["answer", answer]
    return {"content": {"application/json": {"schema": schema}}}


def _parameters(rule: Rule, method: str) -> list[Schema]:
    in_path = [
        {
            "name": found["name"],
            "in": "path",
            "required": True,
            "schema": ID if found["kind"] == "int" else {"type": "string", "minLength": 1},
        }
        for found in PARAMETER.finditer(rule.rule)
    ]
    return [*in_path, *_in_query(rule), *([ONCE] if _is_kept(rule, method) else [])]


def _in_query(rule: Rule) -> Iterator[Schema]:
    shape = _description(rule).get(ASKED)
    properties = {} if shape is None else shape.model_json_schema()["properties"]
    for name, schema in properties.items():
        yield {"name": name, "in": "query", "required": False, "schema": schema}


def _is_kept(rule: Rule, method: str) -> bool:
    return method not in SAFE_METHODS and rule.endpoint.partition(".")[0] not in NOT_COVERED
