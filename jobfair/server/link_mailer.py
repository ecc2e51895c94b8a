"""The loop in every worker that mails the stands' links, where mail is set up."""

from __future__ import annotations

from flask import Flask, current_app

from jobfair import background
from jobfair.services import mail
from jobfair.services.companies import link_mails
from jobfair.web.urls import site

LOOK_EVERY_SECONDS = 1.0


def start(app: Flask) -> None:
    """Send mails in the background, as long as the process lives."""
    with app.app_context():
        if not mail.is_configured():
            return
    pace = 60 / app.config["MAILS_A_MINUTE"]
    background.start(app, "link mailer", send_one, min(LOOK_EVERY_SECONDS, pace))


def send_one() -> None:
    """Send the next mail, if one is due."""
    link_mails.send_next(link_address)


def link_address(token: str) -> str:
    """The whole address of a stand's link, made outside of a request."""
    return site() + current_app.url_map.bind("").build("company.dashboard", {"token": token})
