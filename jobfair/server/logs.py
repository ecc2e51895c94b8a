"""The format of all log records: of the server, of libraries and of our own code.

All use the standard library's logging; structlog only renders. Values are passed as `extra`:
`log.info("stream ended", extra={"seconds": 12.5})`, and become fields of their own.
"""

from __future__ import annotations

import sys
from typing import Any

from flask import g, has_app_context
from structlog.dev import ConsoleRenderer, plain_traceback
from structlog.processors import JSONRenderer, TimeStamper, format_exc_info
from structlog.stdlib import ExtraAdder, ProcessorFormatter, add_log_level, add_logger_name
from structlog.typing import EventDict, Processor

from jobfair.security.readable import Readable
from jobfair.server.redaction import redacted


def logging_config(log_format: str | None) -> dict[str, Any]:
    """For `logging.config.dictConfig`: everything goes to stderr, one line for each record."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"jobfair": {"()": formatter, "log_format": log_format}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stderr",
                "formatter": "jobfair",
            }
        },
        "root": {"level": "INFO", "handlers": ["stderr"]},
        "loggers": {
            # With a handler of its own it would print every line twice.
            "gunicorn.error": {"handlers": [], "propagate": True},
            # It lists its plugins at every start.
            "alembic": {"level": "WARNING"},
        },
    }


def formatter(log_format: str | None) -> ProcessorFormatter:
    """What turns each record into one line: `json`, or `lines` for people.

    None means lines on a terminal, else JSON.
    """
    log_format = log_format or ("lines" if sys.stderr.isatty() else "json")
    renderer: Processor = JSONRenderer(ensure_ascii=False, default=str)
    if log_format == "lines":
        renderer = ConsoleRenderer(exception_formatter=plain_traceback)
    return ProcessorFormatter(
        processors=[
            add_log_level,
            add_logger_name,
            ExtraAdder(),
            _add_request_id,
            TimeStamper(fmt="iso", utc=True, key="time"),
            # The stack, and no values of variables.
            format_exc_info,
            ProcessorFormatter.remove_processors_meta,
            redact,
            renderer,
        ]
    )


def redact(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Redact every value except the `Readable` ones; the last step before rendering."""
    return {name: _redacted(value) for name, value in event.items()}


def _redacted(value: object) -> object:
    plain = value is None or isinstance(value, (bool, int, float, Readable))
    return value if plain else redacted(str(value))


def _add_request_id(_logger: object, _method: str, event: EventDict) -> EventDict:
    # The hub's threads have their own context, without a request.
    if has_app_context() and "request_id" in g:
        event["request_id"] = g.request_id
    return event
