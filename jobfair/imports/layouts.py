"""The columns that lists of students and of companies may have."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic

from flask_babel.speaklater import LazyString

from jobfair.fields.companies import companies
from jobfair.fields.companies.companies import NewCompany
from jobfair.fields.input.company_names import name_key
from jobfair.fields.input.declaration import Field, shape, with_default
from jobfair.fields.input.folding import folded
from jobfair.fields.input.parsing import Input
from jobfair.fields.students import students
from jobfair.fields.students.introductions import FROM_SCHOOL
from jobfair.imports.comparing import Card, ListedStudent
from jobfair.imports.full_names import FIRST_NAME_FIRST, LAST_NAME_FIRST


@dataclass(frozen=True)
class Layout(Generic[Card]):
    """How a list is read.

    `fields` are the possible columns, `shape` validates a line, and `card` makes the value from
    it. Two lines with the same key are duplicates; `key` makes it from what the `key_field` holds.
    `together` are columns that hold a first and a last name.
    """

    fields: Sequence[Field]
    shape: type[Input]
    card: Callable[..., Card]
    key_field: str
    key: Callable[[str], str]
    together: Sequence[Field] = ()

    @property
    def choices(self) -> tuple[Field, ...]:
        """What a column may hold."""
        return (*self.fields, *self.together)

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(each.name for each in self.choices)

    @cached_property
    def key_shape(self) -> type[Input]:
        """The shape of the key's field alone: a bad line may still say whom it means."""
        keys = [each for each in self.fields if each.name == self.key_field]
        return shape("Key", keys, with_default, Input)

    def key_of(self, value: Any) -> str:
        """The key of a card, or of anything else that has its field."""
        return self.key(getattr(value, self.key_field))

    def known(self, headings: Sequence[str]) -> int:
        """How many of these headings name one of its fields."""
        return sum(self.field(each) is not None for each in headings)

    def field(self, heading: str) -> str | None:
        """The field that a column's heading names."""
        named = heading_key(heading)
        return next((each.name for each in self.choices if named in each.headings.split()), None)

    def label(self, name: str) -> LazyString:
        """What a field is called in words."""
        return next(each.label for each in self.fields if each.name == name)


_STUDENT_FIELDS = (*students.CARD, *FROM_SCHOOL)
STUDENTS = Layout(
    _STUDENT_FIELDS,
    shape("StudentLine", _STUDENT_FIELDS, with_default, Input),
    ListedStudent,
    "email",
    str,
    (FIRST_NAME_FIRST, LAST_NAME_FIRST),
)

COMPANIES = Layout(
    companies.IN_LISTS,
    shape("CompanyLine", companies.IN_LISTS, with_default, Input),
    NewCompany,
    "name",
    name_key,
)

LAYOUTS: Mapping[str, Layout[Any]] = {"students": STUDENTS, "companies": COMPANIES}
"""By what they list, as addresses have it."""


def is_known(heading: str) -> bool:
    """Whether any list has a column of this name."""
    return any(layout.field(heading) is not None for layout in LAYOUTS.values())


def heading_key(text: str) -> str:
    """A heading for comparing: without case, accents, blanks and punctuation."""
    return "".join(filter(str.isalnum, folded(text)))
