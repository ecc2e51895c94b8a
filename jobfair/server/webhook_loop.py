"""The loop in every worker that tells other servers of events; one at a time tells each."""

from __future__ import annotations

from functools import partial

from flask import Flask

from jobfair import background
from jobfair.web_push import endpoints
from jobfair.webhooks import sender

LOOK_EVERY_SECONDS = 1.0


def start(app: Flask) -> None:
    """Tell other servers in the background, as long as the process lives."""
    connections = endpoints.connections(app.config["PUSH_ANYWHERE"], at_once=1)
    background.start(app, "webhooks", partial(sender.tell, connections), LOOK_EVERY_SECONDS)
