"""The OpenAPI document as people read it: by heading, each call with its fields and an example."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a body, or a parameter; `type` in words, with its limits."""

    name: str
    type: str
    required: bool
    says: str


@dataclass(frozen=True, slots=True)
class ShownCall:
    """A call. `answer` is its example as text, None where nothing is answered or a file.

    `scope` is what a key needs for it; empty where closed to keys, None where nobody signs in.
    """

    id: str
    method: str
    path: str
    summary: str
    description: str
    scope: str | None
    fields: list[Field]
    parameters: list[Field]
    curl: str
    status: str
    answer: str | None
    refusals: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Heading:
    """A tag, with its calls."""

    id: str
    name: str
    description: str
    calls: list[ShownCall]


def headings(document: Schema, site: str) -> list[Heading]:
    """Every call under its heading. `site` is where the examples send their requests."""
    definitions = document["components"]["schemas"]
    under: dict[str, list[ShownCall]] = {each["name"]: [] for each in document["tags"]}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            call = _call(path, method.upper(), operation, definitions, site)
            under[operation["tags"][0]].append(call)
    return [
        Heading(_id(each["name"]), each["name"], each["description"], under[each["name"]])
        for each in document["tags"]
    ]


def events(document: Schema) -> Iterator[tuple[str, str, str]]:
    """Every live event: its name, what it says, and its data as an example."""
    for name, event in document["x-live-events"].items():
        yield name, event["description"], _text(event["example"])


def _id(name: str) -> str:
    return name.lower().replace(" ", "-")


def _call(path: str, method: str, operation: Schema, definitions: Schema, site: str) -> ShownCall:
    (status, done), *refusals = operation["responses"].items()
    body = operation.get("requestBody", {}).get("content", {})
    return ShownCall(
        id=operation["operationId"],
        method=method,
        path=path,
        summary=operation["summary"],
        description=operation["description"],
        scope=_scope(operation["security"]),
        fields=_fields(body.get("application/json", {}).get("schema"), definitions),
        parameters=[_parameter(each, definitions) for each in operation["parameters"]],
        curl=_curl(site + path, method, operation, body),
        status=status,
        answer=_answer(done.get("content", {})),
        refusals=[(code, refused["description"]) for code, refused in refusals],
    )


def _scope(security: list[Schema]) -> str | None:
    if not any("bearer" in each for each in security):
        return None
    return next((each["key"][0] for each in security if "key" in each), "")


def _answer(content: Schema) -> str | None:
    for shown in content.values():
        if "example" in shown:
            example = shown["example"]
            return example if isinstance(example, str) else _text(example)
    return None


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _curl(url: str, method: str, operation: Schema, body: Schema) -> str:
    parts = [f"curl {'' if method == 'GET' else f'-X {method} '}{shlex.quote(url)}"]
    if any("bearer" in each for each in operation["security"]):
        parts.append('-H "Authorization: Bearer $TOKEN"')
    for kind, shown in list(body.items())[:1]:
        parts.append(f"-H 'Content-Type: {kind}'")
        if "example" in shown:
            parts.append(f"-d {shlex.quote(json.dumps(shown['example'], ensure_ascii=False))}")
        else:
            parts.append("--data-binary @file")
    return " \\\n  ".join(parts)


def _fields(schema: Schema | None, definitions: Schema) -> list[Field]:
    if schema is None:
        return []
    shape = _resolved(schema, definitions)
    required = shape.get("required", [])
    return [
        Field(name, _type(said, definitions), name in required, said.get("description", ""))
        for name, said in shape.get("properties", {}).items()
    ]


def _parameter(parameter: Schema, definitions: Schema) -> Field:
    return Field(
        parameter["name"],
        _type(parameter["schema"], definitions),
        parameter["required"],
        parameter["description"],
    )


def _resolved(schema: Schema, definitions: Schema) -> Schema:
    if "$ref" in schema:
        found: Schema = definitions[schema["$ref"].rpartition("/")[2]]
        return found
    return schema


def _type(schema: Schema, definitions: Schema) -> str:
    shape = _resolved(schema, definitions)
    if "anyOf" in shape:
        return " or ".join(_type(each, definitions) for each in shape["anyOf"])
    if "enum" in shape:
        return ", ".join(json.dumps(each, ensure_ascii=False) for each in shape["enum"])
    kind = shape.get("format") or shape.get("type", "anything")
    if kind == "array" and "items" in shape:
        kind = f"list of {_type(shape['items'], definitions)}"
    limits = [words for words in _limits(shape) if words]
    return f"{kind} ({', '.join(limits)})" if limits else str(kind)


def _limits(shape: Schema) -> Iterator[str]:
    for name, words in (
        ("minimum", "from N"),
        ("maximum", "to N"),
        ("minLength", "at least N characters"),
        ("maxLength", "at most N characters"),
        ("maxItems", "at most N"),
    ):
        if shape.get(name) and not (name == "minLength" and shape[name] == 1):
            yield words.replace("N", str(shape[name]))
