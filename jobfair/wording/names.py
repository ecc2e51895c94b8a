"""The names in a sentence; on a page each one links to its story."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup, escape

from jobfair.wording.elision import fill


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a student, a company or an account; text in a file, a link on a page."""

    text: str
    student_id: int | None = None
    company_id: int | None = None

    def __str__(self) -> str:
        return self.text

    def __html__(self) -> str:
        if self.student_id is not None:
            address = url_for("admin.audit.student_story", student_id=self.student_id)
        elif self.company_id is not None:
            address = url_for("admin.audit.company_story", company_id=self.company_id)
        else:
            return Markup("<b><bdi>{}</bdi></b>").format(self.text)
        return Markup('<a href="{}"><bdi>{}</bdi></a>').format(address, self.text)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Translated words with `%(name)s` in them, and the names; as text or as markup."""

    words: str
    names: Mapping[str, Name | str]

    def __str__(self) -> str:
        return fill(self.words, self.names)

    def __html__(self) -> str:
        return fill(escape(self.words), self.names)
