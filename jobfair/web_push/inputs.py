"""What a browser sends in order to be reached, or to be left alone."""

from __future__ import annotations

from typing import Annotated

from flask import current_app
from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

from jobfair.fields.input.parsing import Input
from jobfair.web_push.endpoints import may_be_sent_to


def _at_a_push_service(endpoint: str) -> str:
    config = current_app.config
    if not (config["PUSH_ANYWHERE"] or may_be_sent_to(endpoint, config["PUSH_HOSTS"])):
        raise PydanticCustomError("endpoint", "not a push service")
    return endpoint


def _base64(length: int) -> StringConstraints:
    return StringConstraints(pattern=rf"^[A-Za-z0-9_-]{{{length}}}=*$", max_length=length + 2)


Address = Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern="^[!-~]+$")]
Endpoint = Annotated[Address, AfterValidator(_at_a_push_service)]


class Subscription(Input):
    """What a browser gives for being reached: 65 and 16 bytes of keys, in base64url."""

    endpoint: Endpoint
    p256dh: Annotated[str, _base64(87)]
    auth: Annotated[str, _base64(22)]


class Removal(Input):
    """Which browser is to be left alone."""

    endpoint: Address
