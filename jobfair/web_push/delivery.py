"""Sending one push to the push service of a browser, encrypted for that browser."""

from __future__ import annotations

import logging
from datetime import timedelta
from urllib.parse import urlsplit

from gevent import Timeout
from pywebpush import WebPusher
from urllib3 import BaseHTTPResponse, PoolManager
from urllib3.exceptions import HTTPError

from jobfair import clock
from jobfair.security import vapid
from jobfair.web_push import pushes
from jobfair.web_push.notifications import content, is_urgent
from jobfair.web_push.pushes import ClaimedPush

DEADLINE_SECONDS = 5.0
"""For a push service that answers a byte at a time: well below `pushes.CLAIM_LASTS`."""

LONGEST_WAIT = timedelta(minutes=2)

GONE = (404, 410)
PATIENCE = (408, 425, 429)

log = logging.getLogger(__name__)


def deliver(push: ClaimedPush, connections: PoolManager) -> bool | None:
    """Send a push, and note how it went.

    Returns whether the push service answered; None if it was not asked.
    """
    if push.until - clock.now() < timedelta(seconds=DEADLINE_SECONDS):
        # It has waited so long that another worker may claim it now.
        return None
    try:
        with Timeout(DEADLINE_SECONDS, TimeoutError("no answer in time")):
            response = _post(push, connections)
    except (HTTPError, OSError) as error:
        log.warning("push to %s not sent: %s", _host(push), type(error).__name__)
        pushes.later(push)
        return False
    except ValueError:
        # Keys that no browser made.
        pushes.gone(push)
        return None
    _note(push, response)
    return True


def _note(push: ClaimedPush, response: BaseHTTPResponse) -> None:
    status = response.status
    if status in GONE:
        pushes.gone(push)
    elif status in PATIENCE or status >= 500:
        log.warning("push to %s put off: %d", _host(push), status)
        pushes.later(push, _asked_wait(response))
    elif status >= 300:
        log.warning("push to %s refused: %d", _host(push), status)
        pushes.refused(push)
    else:
        pushes.sent(push)


def _post(push: ClaimedPush, connections: PoolManager) -> BaseHTTPResponse:
    """Raises HTTPError and OSError when nobody answers, ValueError for keys that are none."""
    keys = {"p256dh": push.p256dh, "auth": push.auth}
    body = WebPusher({"endpoint": push.endpoint, "keys": keys}).encode(content(push))["body"]
    response = connections.request(
        "POST",
        push.endpoint,
        body=body,
        headers={
            "Authorization": vapid.authorization(push.endpoint),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(max(1, int((push.ends_at - clock.now()).total_seconds()))),
            "Topic": f"entry-{push.entry_id}",
            "Urgency": "high" if is_urgent(push) else "normal",
        },
        redirect=False,
        # The body of the response is not needed, and may be endless.
        preload_content=False,
    )
    if int(response.headers.get("Content-Length") or 0) == 0:
        response.drain_conn()
    else:
        response.close()
    return response


def _asked_wait(response: BaseHTTPResponse) -> timedelta | None:
    asked = response.headers.get("Retry-After", "")
    if not asked.isdecimal():
        return None
    return min(timedelta(seconds=int(asked[:6])), LONGEST_WAIT)


def _host(push: ClaimedPush) -> str | None:
    # Not the whole address, with which one can write to the browser.
    return urlsplit(push.endpoint).hostname
