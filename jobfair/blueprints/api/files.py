"""Files to and from a program: a body that is a file, and an answer that is one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from flask import Flask, current_app, request

from jobfair.exceptions import Problem, RequestCode
from jobfair.fields.pictures import LARGEST_FILE

SENT = "jobfair_sent_file"

Args = ParamSpec("Args")
Returned = TypeVar("Returned")


@dataclass(frozen=True, slots=True)
class File:
    """A file of one of these types: what a call takes, or what it answers."""

    types: tuple[str, ...]
    most_bytes: int = LARGEST_FILE


PICTURE = File(("image/png", "image/jpeg", "image/webp"))


def init_app(app: Flask) -> None:
    """Let the calls that take a file take a large one."""
    app.url_value_preprocessor(_take_large_files)


def takes_file(
    file: File,
) -> Callable[[Callable[Concatenate[bytes, Args], Returned]], Callable[Args, Returned]]:
    """Give a view the request's body, before its other arguments.

    Another type is refused with 415, more bytes with 413. Stands below the decorator that says who
    may call, so that nobody else's body is read.
    """

    def decorate(view: Callable[Concatenate[bytes, Args], Returned]) -> Callable[Args, Returned]:
        @wraps(view)
        def read(*args: Args.args, **kwargs: Args.kwargs) -> Returned:
            if request.mimetype not in file.types:
                raise Problem(RequestCode.UNSUPPORTED_MEDIA_TYPE)
            return view(request.get_data(cache=False), *args, **kwargs)

        vars(read)[SENT] = file
        return read

    return decorate


def _take_large_files(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    # Before anything reads the body. One of another type is not read as a file.
    view = current_app.view_functions.get(endpoint or "")
    file: File | None = vars(view).get(SENT) if view is not None else None
    if file is not None and request.mimetype in file.types:
        request.max_content_length = file.most_bytes
