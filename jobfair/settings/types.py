"""The types of settings: how each is parsed, and the rule to show for an invalid value."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import no_info_before_validator_function

VAPID_KEY_BYTES = 32
GIBIBYTE = 1024**3
DISCOVERY = "/.well-known/openid-configuration"
"""Where a provider of OpenID Connect describes itself, below its issuer's address."""

# An unescaped @ would end the password too soon, and the rest would be taken for a host name.
_USER = r"(?:[^:/@]*(?::[^@]*)?@)?"
_HOST = r"(?:\[[^\]/]+\]|[^\[\]:/?@]*)(?::\d+)?"
_DATABASE = (
    r"sqlite://(?:/[^?]*)?(?:\?.*)?"
    rf"|(?:postgres|postgresql)(?:\+psycopg)?://{_USER}{_HOST}/[^?]+(?:\?.*)?"
)


@dataclass(frozen=True)
class SettingType:
    """How the text of a setting is parsed, and the rule to show if it cannot be.

    `parse` raises ValueError, LookupError or OSError. `secret` keeps a text that may hold a
    password out of the sentence. Used as an annotation: `Annotated[int, whole(1, 256)]`.
    """

    parse: Callable[[str], Any]
    rule: str
    secret: bool = False

    def __call__(self, given: object) -> Any:
        """Parse a text, or a number given by a program; None stays None.

        Raises PydanticCustomError, whose message is the rule.
        """
        if not isinstance(given, str | int | float):
            return given
        text = str(given).lower() if isinstance(given, bool) else str(given)
        try:
            return self.parse(text)
        except (ValueError, LookupError, OSError) as error:
            it_is = "" if self.secret else f"; it is «{text}»"
            sentence = {"rule": self.rule, "it_is": it_is}
            raise PydanticCustomError("setting", "must {rule}{it_is}.", sentence) from error

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return no_info_before_validator_function(self, handler(source))


def _ensure(holds: object) -> None:
    if not holds:
        raise ValueError


def whole(least: int, most: int) -> SettingType:
    """A whole number from `least` to `most`."""

    def parse(text: str) -> int:
        # ASCII digits only: int() would also accept 1_000 and Arabic digits.
        _ensure(text.isascii() and text.isdigit() and least <= int(text) <= most)
        return int(text)

    return SettingType(parse, f"be a whole number from {least} to {most}")


def seconds(most: float) -> SettingType:
    """A duration in seconds, above zero; may have a fraction."""

    def parse(text: str) -> float:
        _ensure(0 < float(text) <= most)
        return float(text)

    return SettingType(parse, f"be a number of seconds, above 0 and at most {most:g}")


def like(pattern: str, rule: str, secret: bool = False) -> SettingType:
    """Text that matches a pattern, or is empty."""

    def parse(text: str) -> str:
        _ensure(not text or re.fullmatch(pattern, text))
        return text

    return SettingType(parse, rule, secret)


def _database_url(text: str) -> str:
    _ensure(re.fullmatch(_DATABASE, text))
    # Hosting services give URLs without the driver; SQLAlchemy needs it.
    return re.sub(r"^postgres(ql)?(\+psycopg)?:", "postgresql+psycopg:", text)


def _address_and_port(text: str) -> tuple[str, int]:
    host, _, number = text.rpartition(":")
    return str(ip_address(host.removeprefix("[").removesuffix("]"))), PORT.parse(number)


def _addresses(text: str) -> tuple[str, ...]:
    for each in text.split(","):
        host, _, number = each.rpartition(":")
        if re.fullmatch("unix:.+", each):
            continue
        PORT.parse(number)
        if host.startswith("[") and host.endswith("]"):
            IPv6Address(host[1:-1])
        else:
            _ensure(re.fullmatch(r"[\w.-]*", host))
    return tuple(text.split(","))


def _hosts(text: str) -> tuple[str, ...]:
    for each in text.split(","):
        _ensure(re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", each))
    return tuple(text.split(","))


def _origins(text: str) -> tuple[str, ...]:
    for each in text.split(","):
        _ensure(re.fullmatch(r"https?://(\[[0-9a-f:]+\]|[a-z0-9-]+(\.[a-z0-9-]+)*)(:\d+)?", each))
    return tuple(text.split(","))


def _issuer(text: str) -> str:
    address = urlsplit(text)
    _ensure(not text or (address.scheme in ("http", "https") and address.hostname))
    _ensure(not address.query and not address.fragment and "@" not in address.netloc)
    return text.removesuffix(DISCOVERY)


def _vapid_key(text: str) -> str:
    padded = text + "=" * (-len(text) % 4)
    _ensure(not text or len(urlsafe_b64decode(padded)) == VAPID_KEY_BYTES)
    return text


SWITCH = SettingType(
    {"true": True, "1": True, "false": False, "0": False}.__getitem__, "be true or false"
)
TEXT = SettingType(str, "be text", secret=True)
PORT = whole(1, 65_535)
ZONE = SettingType(lambda text: ZoneInfo(text).key, "be a zone such as Europe/Paris")
SECOND_FACTOR = like("optional|required", "be optional or required")
LOG_FORMAT = like("json|lines", "be json or lines")
DATABASE_URL = SettingType(
    _database_url,
    "look like postgresql://user:password@host:5432/database, or sqlite:////a/path; "
    "@ : / ? # and % in a password are written %40 %3A %2F %3F %23 %25",
    secret=True,
)
REDIS_URL = like(
    rf"rediss?://{_USER}{_HOST}(?:/\d*)?(?:\?.*)?|unix://.+",
    "look like redis://host:6379/0",
    secret=True,
)
SMTP_URL = like(
    rf"smtps?://{_USER}{_HOST}/?",
    "look like smtp://user:password@host:587, or smtps://…:465",
    secret=True,
)
PUBLIC_URL = like(r"https?://.+", "look like https://fair.example", secret=True)
ISSUER = SettingType(_issuer, "look like https://login.school.example")
CLAIM = like(r"[^=\s]+=.+", "look like groups=jobfair")
CONTACT = like("(mailto:|https://).+", "begin with mailto: or https://")
VAPID_KEY = SettingType(_vapid_key, f"be {VAPID_KEY_BYTES} bytes in base64url", secret=True)
METRICS_ADDRESS = SettingType(_address_and_port, "be an address and a port, such as 127.0.0.1:9464")
HOSTS = SettingType(_hosts, "be host names such as fair.example, with commas between")
ORIGINS = SettingType(
    _origins, "be origins such as https://screen.example:8443, with commas between and no path"
)
ADDRESSES = SettingType(
    _addresses, "be host:port, [::1]:port or unix:/path, with commas between several"
)
JSON = SettingType(json.loads, 'be JSON, where text has quotes, such as "a name"', secret=True)

BY_TYPE: Mapping[type, SettingType] = {
    bool: SWITCH,
    int: whole(0, GIBIBYTE),
    str: TEXT,
    timedelta: SettingType(
        lambda text: timedelta(seconds=seconds(GIBIBYTE).parse(text)), seconds(GIBIBYTE).rule
    ),
}
"""How a setting of Flask's own is parsed, by the type of its default."""
