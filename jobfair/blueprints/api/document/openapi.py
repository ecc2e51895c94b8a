"""`/api/openapi.json`: the interface described from what its views declare; `/api/docs`: the same
for people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template
from pydantic import TypeAdapter
from werkzeug.routing import Rule

from jobfair.blueprints.api.calls import (
    ASKED,
    DESCRIBED,
    TAKEN,
    Call,
    EventStream,
    answers,
    scope_of,
)
from jobfair.blueprints.api.document import error_codes as error_codes_of
from jobfair.blueprints.api.document import examples, prose
from jobfair.blueprints.api.document.answer_headers import LIMITS, headers_of, unchanged
from jobfair.blueprints.api.document.error_codes import error_codes
from jobfair.blueprints.api.document.for_people import events, headings
from jobfair.blueprints.api.document.live_events import live_events
from jobfair.blueprints.api.document.statuses import CODES, WHY, WITH_RETRY_AFTER, refused_with
from jobfair.blueprints.api.document.tags import tag_of, tags
from jobfair.blueprints.api.files import SENT, File
from jobfair.blueprints.api.shapes import common as shapes
from jobfair.exceptions import RequestCode
from jobfair.feed.viewer import MOST_STREAMS
from jobfair.fields.input.types import LARGEST_ID
from jobfair.web.idempotency import MAX_KEY_LENGTH, NOT_COVERED
from jobfair.web.idempotent_request import HEADER
from jobfair.web.security.browsers.csrf import SAFE_METHODS
from jobfair.web.security.stand.stand_pins import HEADER as PIN_HEADER
from jobfair.web.urls import site
from jobfair.wording.refusals import REFUSALS

blueprint = Blueprint("api_openapi", __name__, url_prefix="/api")

Schema = dict[str, Any]
UNSAID = {"HEAD", "OPTIONS"}
PARAMETER = re.compile(r"<(?:(?P<kind>\w+)[^:<>]*:)?(?P<name>\w+)>")
TITLE = "JobFair"
VERSION = "1"
ABOUT = (
    "What a page of the fair does, a program can do: by the same rules, with the same sentences. "
    "`/api/docs/` shows the same to people, with how to begin."
)
SECURITY = {
    "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
    "key": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "jf_…",
        "description": "A key that an organiser made for a program. It acts as its maker, as far "
        "as its scopes go: `read` for what is read, `write` for what is changed, `exports` for "
        "files with personal data. Each call says which one it needs; one that names no scope is "
        "closed to keys.",
    },
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
    "description": "Live events: `connection_established` first, `heartbeat` in silence. This many "
    f"streams may be open at once: {BOUNDS}. One more ends the oldest, whose last event is "
    "`connection_replaced` {holder, most, message, retry_seconds}: open it again after that time.",
}


HEARD = """event:connection_established
data:{"groups": ["student_12"]}
id:4711-c2VhbA
retry:2000

event:can_start
data:{"queue_id": 41, "company_id": 3, "company_name": "TechCorp", "stand": "B 12", \
"hall": "Hall A", "turn": 4712, "message": "It's your turn at TechCorp", "urgent": true}
id:4713-c2VhbA

"""
HEARD_AT_A_STAND = """event:connection_established
data:{"groups": ["company_Xk3vQ9bTzR4mWn8pLc2sYd6hGf1jKa7e"]}
id:4711-c2VhbA
retry:2000

event:queue_update
data:{"company_id": 3, "action": "started"}
id:4713-c2VhbA

"""

CHALLENGE: Schema = {
    "WWW-Authenticate": {
        "required": True,
        "schema": {"type": "string"},
        "description": "How to sign in (RFC 6750); where a token was sent, what is wrong with it.",
    }
}


class Anything:
    """Stands for an answer that is any JSON object."""


@blueprint.get("/openapi.json")
@answers("Show this document", Anything, anyone=True)
def openapi() -> Response:
    return jsonify(document())


@blueprint.get("/docs/")
def for_people() -> str:
    described = document()
    return render_template(
        "public/api_docs.html",
        headings=headings(described, site()),
        events=list(events(described)),
        codes=described["x-error-codes"],
        site=site(),
    )


def document() -> Schema:
    """The OpenAPI document of the current app, made once."""
    kept: dict[str, Schema] = current_app.extensions.setdefault(__name__, {})
    if "document" not in kept:
        kept["document"] = _made()
    return kept["document"]


def _made() -> Schema:
    schemas, definitions = _schemas()
    paths: dict[str, Schema] = {}
    for rule, method in calls():
        path = PARAMETER.sub(r"{\g<name>}", rule.rule)
        operation = _operation(rule, method, schemas, definitions)
        paths.setdefault(path, {})[method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {"title": TITLE, "version": VERSION, "description": ABOUT},
        "servers": [{"url": current_app.config["PUBLIC_URL"] or "/"}],
        "tags": tags({tag_of(rule) for rule, _method in calls()}),
        "security": [{"bearer": []}, {"session": []}],
        "paths": paths,
        "components": {"schemas": definitions, "securitySchemes": {**SECURITY, "pin": PIN}},
        "x-live-events": live_events(),
        "x-error-codes": error_codes(),
    }


def calls() -> Iterator[tuple[Rule, str]]:
    """Every call of the interface: its rule and method."""
    for rule in current_app.url_map.iter_rules():
        if rule.rule.startswith("/api/") and DESCRIBED in _description(rule):
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
        if answer not in (None, Anything, EventStream) and not isinstance(answer, File):
            wanted["answer", answer] = "serialization"
        if TAKEN in description:
            wanted["body", description[TAKEN]] = "validation"
    inputs = [(key, mode, TypeAdapter(key[1])) for key, mode in wanted.items()]
    found, definitions = TypeAdapter.json_schemas(
        inputs, ref_template="#/components/schemas/{model}"
    )
    for (use, shape), _mode in found:
        if use == "body":
            definitions["$defs"][shape.__name__]["additionalProperties"] = False
    return {key: schema for (key, _mode), schema in found.items()}, definitions["$defs"]


def _operation(rule: Rule, method: str, schemas: dict[Any, Schema], definitions: Schema) -> Schema:
    description = _description(rule)
    call: Call = description[DESCRIBED]
    name, view = rule.endpoint.removeprefix("api_"), current_app.view_functions[rule.endpoint]
    operation: Schema = {
        "tags": [tag_of(rule)],
        "summary": call.summary,
        "description": prose.description(rule, view),
        "operationId": name,
        "parameters": _parameters(rule, method),
        "responses": {
            str(call.status): {
                "description": "Done",
                **headers_of(view, method),
                **_content(rule, call.answer, schemas, definitions),
            },
            **unchanged(view, method),
            **_refusals(rule, method, schemas),
        },
    }
    if TAKEN in description:
        schema = schemas["body", description[TAKEN]]
        body = {"schema": schema, "example": examples.of_body(name, schema, definitions)}
        content = {"application/json": body}
        operation["requestBody"] = {"required": True, "content": content}
    if SENT in description:
        content = _of_file(description[SENT])
        operation["requestBody"] = {"required": True, "content": content}
    if call.anyone:
        # A stand's link is enough, unless it asks for a PIN.
        operation["security"] = [{}, {"pin": []}] if "token" in rule.arguments else []
    else:
        operation["security"] = _security(rule, method)
    return operation


def _security(rule: Rule, method: str) -> list[Schema]:
    """How somebody proves who they are for a call, with the scope that a key needs."""
    scope = scope_of(current_app.view_functions[rule.endpoint], method)
    by_key: list[Schema] = [] if scope is None else [{"key": [scope.value]}]
    return [{"bearer": []}, {"session": []}, *by_key]


def _refusals(rule: Rule, method: str, schemas: dict[Any, Schema]) -> Schema:
    description = _description(rule)
    kept = _is_kept(rule, method)
    statuses = refused_with(
        description[DESCRIBED],
        method,
        rule.arguments,
        takes_body=TAKEN in description or SENT in description,
        keeps_answers=kept,
    )
    return {
        str(status): {
            "description": WHY[status],
            **_headers(status),
            "content": {
                "application/json": {
                    "schema": schemas["answer", shapes.Problem],
                    "example": error_codes_of.example(CODES[status]),
                }
            },
        }
        for status in sorted(statuses)
    }


def _headers(status: int) -> Schema:
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return {"headers": LATER | LIMITS}
    if status in WITH_RETRY_AFTER:
        return {"headers": LATER}
    return {"headers": CHALLENGE} if status == HTTPStatus.UNAUTHORIZED else {}


def _content(rule: Rule, answer: Any, schemas: dict[Any, Schema], definitions: Schema) -> Schema:
    if answer is None:
        return {}
    if answer is EventStream:
        heard = HEARD_AT_A_STAND if "token" in rule.arguments else HEARD
        return {"content": {"text/event-stream": {"schema": EVENTS, "example": heard}}}
    if isinstance(answer, File):
        return {"content": _of_file(answer)}
    if answer is Anything:
        return {"content": {"application/json": {"schema": {"type": "object"}, "example": {}}}}
    schema = schemas["answer", answer]
    shown = examples.example(schema, definitions)
    return {"content": {"application/json": {"schema": schema, "example": shown}}}


def _of_file(file: File) -> Schema:
    schema = {"type": "string", "format": "binary"}
    return {each: {"schema": schema} for each in file.types}


def _parameters(rule: Rule, method: str) -> list[Schema]:
    in_path = [
        {
            "name": found["name"],
            "in": "path",
            "required": True,
            "description": prose.of_path(found["name"]),
            "schema": ID if found["kind"] == "int" else {"type": "string", "minLength": 1},
        }
        for found in PARAMETER.finditer(rule.rule)
    ]
    return [*in_path, *_in_query(rule), *([ONCE] if _is_kept(rule, method) else [])]


def _in_query(rule: Rule) -> Iterator[Schema]:
    shape = _description(rule).get(ASKED)
    said: Schema = {} if shape is None else shape.model_json_schema()
    for name, kept in said.get("properties", {}).items():
        schema = _inlined(kept, said.get("$defs", {}))
        yield {
            "name": name,
            "in": "query",
            "required": False,
            "description": schema.pop("description", None) or shape.__doc__,
            "schema": schema,
        }


def _inlined(schema: Any, definitions: Schema) -> Any:
    """A schema with what it refers to in the place of the reference."""
    if isinstance(schema, list):
        return [_inlined(each, definitions) for each in schema]
    if not isinstance(schema, dict):
        return schema
    whole = (
        {**definitions[schema["$ref"].rpartition("/")[2]], **schema} if "$ref" in schema else schema
    )
    return {name: _inlined(each, definitions) for name, each in whole.items() if name != "$ref"}


def _is_kept(rule: Rule, method: str) -> bool:
    names = {rule.endpoint, rule.endpoint.partition(".")[0]}
    return method not in SAFE_METHODS and names.isdisjoint(NOT_COVERED)
