"""Forms that carry a picture: larger than other requests, and read beside them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Blueprint, request
from gevent import get_hub
from werkzeug.exceptions import RequestEntityTooLarge

from jobfair.domain.refusals import Refusal
from jobfair.exceptions import RequestCode
from jobfair.fields.pictures import LARGEST_FILE

SPARE = 64 * 1024
"""The most bytes that a form holds beside the file."""

Again = TypeVar("Again", bound=Callable[..., tuple[str, int]])
Picture = TypeVar("Picture")


def carries_picture(blueprint: Blueprint, too_large: RequestCode) -> Callable[[Again], Again]:
    """Let a blueprint's forms carry a picture.

    The decorated function shows the form again: it gets a refusal and the values of the address. If
    the file is too large, it gets `too_large`.
    """

    def declare(again: Again) -> Again:
        @blueprint.url_value_preprocessor
        def take_large_files(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
            # Before the form is read; the check of its token reads it.
            request.max_content_length = LARGEST_FILE + SPARE

        @blueprint.errorhandler(RequestEntityTooLarge)
        def refuse_larger(_error: Exception) -> tuple[str, int]:
            return again(Refusal(too_large), **(request.view_args or {}))

        return again

    return declare


def uploaded(name: str, encode: Callable[[bytes], Picture | Refusal]) -> Picture | Refusal:
    """What `encode` makes of the file in a form's field of that name."""
    file = request.files.get(name)
    return encoded(file.read() if file else b"", encode)


def encoded(data: bytes, encode: Callable[[bytes], Picture | Refusal]) -> Picture | Refusal:
    """What `encode` makes of a file.

    In a thread, because decoding a large picture would hold up everybody else.
    """
    picture: Picture | Refusal = get_hub().threadpool.apply(encode, (data,))
    return picture
