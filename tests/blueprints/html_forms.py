"""The forms of a page, as a browser without scripts has them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag

from jobfair.web.security.browsers import csrf

TYPED = {"text", "search", "email", "number", "date", "tel", "url", "textarea"}
"""Kinds of fields that show what stands in them; a password's does not."""


@dataclass
class Form:
    """Where a form goes, its id, and the kind and the value of each of its fields.

    `stays`: a script sends it, and puts the answer into the page.
    """

    action: str
    method: str
    stays: bool = False
    id: str = ""
    kinds: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)

    def typed(self):
        """The names of what somebody types."""
        return [name for name, kind in self.kinds.items() if kind in TYPED]


class _Reader(HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.forms = []
        self._path = path
        self._form = None
        self._text_of = None
        self._choice_of = None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            action = urldefrag(given.get("action") or self._path).url
            self._form = Form(
                action, given.get("method", "get"), "hx-post" in given, given.get("id", "")
            )
            self.forms.append(self._form)
        elif self._form is not None and given.get("name"):
            self._field(tag, given)
        elif tag == "option" and self._choice_of and "selected" in given:
            self._form.values[self._choice_of] = given.get("value", "")

    def _field(self, tag, given):
        name = given["name"]
        if name == csrf.FIELD:
            return
        self._form.kinds[name] = _kind(tag, given)
        value = given.get("value") or ""
        if given.get("type") == "checkbox":
            # Of a list, as one value: each box that is ticked.
            ticked = [self._form.values.get(name), value if "checked" in given else ""]
            self._form.values[name] = ", ".join(filter(None, ticked))
        elif given.get("type") != "radio" or "checked" in given:
            self._form.values[name] = value
        self._text_of = name if tag == "textarea" else None
        self._choice_of = name if tag == "select" else None

    def handle_data(self, data):
        if self._text_of:
            self._form.values[self._text_of] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._text_of = None
        elif tag == "select":
            self._choice_of = None
        elif tag == "form":
            self._form = None


def _kind(tag, given):
    if tag != "input":
        return tag
    # A password manager's hint stands in the form, and nobody sees it.
    return "hidden" if "hidden" in given or "readonly" in given else given.get("type", "text")


def forms(html, path):
    """The forms of the page at an address that post."""
    reader = _Reader(path)
    reader.feed(html)
    return [form for form in reader.forms if form.method.lower() == "post"]
