"""Examples of what is sent and answered, made from the schemas and from one list of values.

A test sends each request's example, and holds each answer's against its schema.
"""

from __future__ import annotations

from typing import Any

from jobfair.domain.events import AddressConfirmed, kind

Schema = dict[str, Any]

_OF_LINK = "Xk3vQ9bTzR4mWn8pLc2sYd6hGf1jKa7e"
_JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMiJ9.c2lnbmF0dXJl"

VALUES: dict[str, tuple[Any, ...]] = {
    "access": (_JWT,),
    "access_token": (_OF_LINK,),
    "access_url": (f"https://fair.example.org/company/{_OF_LINK}",),
    "action": ("started",),
    kind(AddressConfirmed): (True,),
    "allowed": (True,),
    "audience": ("everyone",),
    "auth": ("tBHItJI5svbpez7KI4CCXg",),
    "can_start": (True,),
    "can_start_any": (True,),
    "code": ("482913",),
    "colour": ("#1B4AA0",),
    "colour_dark": ("#9DB8F5",),
    "company_name": ("TechCorp",),
    "completed_at": (None,),
    "contact": ("recruiting@techcorp.example",),
    "current_password": ("correct horse battery",),
    "description": ("We build software for trains.",),
    "domains": ("univ.example",),
    "ends_on": ("2026-11-30",),
    "opens": ("09:00",),
    "closes": ("17:00",),
    "email": ("alice.martin@univ.example",),
    "endpoint": ("https://fcm.googleapis.com/fcm/send/example",),
    "ended_at": ("2026-11-30T09:15:00Z",),
    "fair": ("Career fair 2026",),
    "first_name": ("Alice",),
    "full_name": ("Alice Martin",),
    "hall": ("Hall A",),
    "id": (12,),
    "keep_days": (90,),
    "kind": ("queue_stuck",),
    "languages": (["French", "English"], "French, English"),
    "last_name": ("Martin",),
    "link": ("https://techcorp.example/jobs",),
    "url": ("https://hooks.example.org/jobfair",),
    "looking_for": (["internship", "job"],),
    "max_queue_size": (40,),
    "key": ("jf_8Hq2mZ4tRw6yKc1nXb5vDs9pLg3jFa7e",),
    "made_by": ("Alice Martin",),
    "message": ("Done.",),
    "name": ("TechCorp",),
    "new_password": ("staple for a while",),
    "next_step": ("Send the case study",),
    "p256dh": (
        "BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM",
    ),
    "password": ("correct horse battery",),
    "pin": ("4729",),
    "position": (3,),
    "queue_ids": ([41, 40],),
    "reason": ("2 people ahead of you",),
    "refresh": (_JWT,),
    "secret": ("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",),
    "sectors": (["Transport", "Software"],),
    "seeking": (["internship"],),
    "sentence": ("I like trains and compilers.",),
    "stand": ("B 12",),
    "started_at": ("2026-11-30T09:05:00Z",),
    "starts_on": ("2026-11-30",),
    "student_name": ("Alice Martin",),
    "studies": ("Computer science",),
    "text": ("Back at two o'clock",),
    "wait_minutes": ([10, 20],),
    "welcome": ("Welcome to the fair.",),
    "word": ("orchard",),
    "x": (42.5,),
    "y": (17.5,),
    "year": ("Master 2",),
    "zone": ("Europe/Paris",),
}
"""What a field of that name is shown with: the first that is of its type."""

OF_ONE: dict[str, Schema] = {
    "auth.change_address": {"email": "alice.new@univ.example"},
    "students.admit": {"status": "available", "current_company": None},
    "students.change_student": {"status": "in_interview", "email": "a.martin@univ.example"},
    "students.change_my_status": {"status": "paused"},
    "companies.create": {"name": "Acme Rail"},
    "companies.change": {"name": "Acme Railways"},
    "companies.put_up_sign": {"sign": "own_words"},
    "messages.send": {"text": "The talks begin in hall B.", "company": None, "student": None},
    "emergency.pause": {"text": "Leave the hall by the nearest door."},
    "emergency.resume": {"text": "The alarm is over."},
    "link_mails.preview": {"whom": "all", "text": "Dear {company}, your link: {link}"},
    "link_mails.send": {"whom": "all", "text": "Dear {company}, your link: {link}"},
    "many.preview_companies": {"filter": None},
    "many.change_companies": {"filter": None, "hall": None, "pin": None},
    "many.preview_students": {"filter": None},
    "many.change_students": {"filter": None, "text": None},
    "report.close": {"typed_name": "Career fair 2026"},
    "people_met.write_note": {"text": "Knows our field well"},
    "people_met.write_own_note": {"text": "Write to them in January"},
    "team.invite": {"role": "desk", "email": "desk@univ.example"},
    "team.change_role": {"role": "desk"},
    "fair.change": {"name": "Career fair 2026"},
    "fair.change_phase": {"phase": "open"},
}
"""Fields of the body of one call, where the others would contradict each other or say little."""

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}

_OF_FORMATS = {
    "date": "2026-11-30",
    "date-time": "2026-11-30T09:05:00Z",
    "time": "09:00",
}


def of_body(operation_id: str, schema: Schema, definitions: Schema) -> Any:
    """An example of what a call takes."""
    made = example(schema, definitions)
    return made | OF_ONE.get(operation_id, {}) if isinstance(made, dict) else made


def example(schema: Schema, definitions: Schema, name: str = "") -> Any:
    """A value that fits a schema. `definitions` are what it refers to, `name` is the field's."""
    if "$ref" in schema:
        return example(definitions[schema["$ref"].rpartition("/")[2]], definitions, name)
    for known in VALUES.get(name, ()):
        if _fits(known, schema, definitions):
            return known
    if "anyOf" in schema:
        return example(schema["anyOf"][0], definitions, name)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    return _of_type(schema, definitions, name)


def _of_type(schema: Schema, definitions: Schema, name: str) -> Any:
    match schema.get("type"):
        case "object":
            properties = schema.get("properties", {})
            return {each: example(said, definitions, each) for each, said in properties.items()}
        case "array" if "prefixItems" in schema:
            return [example(each, definitions) for each in schema["prefixItems"]]
        case "array":
            return [example(schema.get("items", {}), definitions)]
        case "integer" | "number":
            return max(schema.get("minimum", 2), 2) if schema.get("maximum", 2) >= 2 else 1
        case "boolean":
            return False
        case "string":
            return _OF_FORMATS.get(schema.get("format", ""), name.replace("_", " ") or "text")
        case _null_or_anything:
            return None


def _fits(value: Any, schema: Schema, definitions: Schema) -> bool:
    if "anyOf" in schema:
        return any(_fits(value, each, definitions) for each in schema["anyOf"])
    if "$ref" in schema:
        return _fits(value, definitions[schema["$ref"].rpartition("/")[2]], definitions)
    if value not in schema.get("enum", [value]):
        return False
    if isinstance(value, list) and "items" in schema:
        return all(_fits(each, schema["items"], definitions) for each in value)
    return isinstance(value, _TYPES.get(schema.get("type", ""), (object,)))
