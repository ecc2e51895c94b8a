"""A mail server that keeps what it is given."""

import email
from email import policy

import pytest
from aiosmtpd.controller import Controller

from tests.support.real_servers import free_port


class Mailbox:
    """What a mail server has taken."""

    def __init__(self):
        self.mails = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the library's name
        self.mails.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture(scope="session")
def mail_server():
    controller = Controller(Mailbox(), hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller
    controller.stop()


@pytest.fixture
def mailbox(mail_server):
    """The mails that the server has taken."""
    mail_server.handler.mails.clear()
    return mail_server.handler.mails


@pytest.fixture
def mail_settings(mail_server):
    """The settings of an application that sends its mail there."""
    return {
        "SMTP_URL": f"smtp://127.0.0.1:{mail_server.port}",
        "MAIL_FROM": "JobFair <fair@example.org>",
        "PUBLIC_URL": "https://fair.example/",
    }
