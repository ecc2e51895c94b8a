"""Tells each server what it has not been told, one event after the other."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC

from gevent import Timeout
from urllib3 import PoolManager
from urllib3.exceptions import HTTPError

from jobfair import clock
from jobfair.feed import journal
from jobfair.fields.access.webhooks import host_of
from jobfair.security.webhook_signatures import signature
from jobfair.services import webhooks
from jobfair.services.webhooks import Outcome, Target
from jobfair.webhooks import messages
from jobfair.webhooks.messages import Message

DEADLINE_SECONDS = 5.0
"""For a server that answers a byte at a time."""

AT_ONCE = 4
"""Events in one turn of a server: with one that is sent again, and each as slow as may be, the
turn is over before `webhooks.CLAIM_LASTS`."""

HEAD_BYTES = 150

log = logging.getLogger(__name__)


def claimed() -> Iterator[Target]:
    """The servers for which there is something to do, each claimed for this worker's turn."""
    for webhook_id in webhooks.due(journal.span()[1]):
        target = webhooks.claim(webhook_id)
        if target is not None:
            yield target


def tell(target: Target, connections: PoolManager) -> None:
    """One turn of a server: some of what it has not been told, in order."""
    for asked in webhooks.asked_again(target)[:1]:
        found = messages.one(asked.change, asked.place)
        outcome = None if found is None else send(target, found, connections)
        webhooks.store_again(target, asked, outcome)
    found_now, complete_to = messages.following(min(target.reached, journal.span()[1]))
    wanted = [
        each for each in found_now if each.type in target.events and not _was_sent(target, each)
    ]
    for message in wanted[:AT_ONCE]:
        outcome = send(target, message, connections)
        if not webhooks.store(target, message.change, message.place, message.type, outcome):
            return
        target = replace(target, failures=0)
    if len(wanted) > AT_ONCE:
        webhooks.release(target)
    else:
        webhooks.release(target, reached=complete_to, sent_of_next=0)


def _was_sent(target: Target, message: Message) -> bool:
    return message.change == target.reached + 1 and message.place < target.sent_of_next


def send(target: Target, message: Message, connections: PoolManager) -> Outcome:
    """Send one event, signed. Never raises for what the other side does."""
    message_id = f"msg_{message.change}_{message.place}_{target.id}"
    at = message.at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    body = json.dumps({"type": message.type, "timestamp": at, "data": message.data}).encode()
    sent_at = int(clock.now().timestamp())
    try:
        with Timeout(DEADLINE_SECONDS, TimeoutError("no answer in time")):
            response = connections.request(
                "POST",
                target.url,
                body=body,
                headers={
                    "Content-Type": "application/json",
                    "webhook-id": message_id,
                    "webhook-timestamp": str(sent_at),
                    "webhook-signature": signature(target.secret, message_id, sent_at, body),
                },
                redirect=False,
                # The answer may be endless: how it begins is enough.
                preload_content=False,
            )
            head = response.read(HEAD_BYTES).decode(errors="replace")
            response.close()
    except (HTTPError, OSError, ValueError) as error:
        log.warning("webhook to %s not delivered: %s", host_of(target.url), type(error).__name__)
        return Outcome(None, type(error).__name__)
    return Outcome(response.status, "".join(filter(str.isprintable, head)))
