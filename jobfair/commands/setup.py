"""Making the configured admin, and loading a demo fair."""

from __future__ import annotations

import secrets

import click
from flask import current_app
from flask.cli import with_appcontext

from jobfair.commands.organisers import admin_account
from jobfair.fields.access.accounts import AdminAccount
from jobfair.ops import demo as demo_fair
from jobfair.services.access import accounts


@click.command("setup")
@with_appcontext
def setup() -> None:
    """Make the admin of JOBFAIR_ADMIN_EMAIL and JOBFAIR_ADMIN_PASSWORD, unless there is one."""
    account = _configured_admin()
    if account is None:
        raise click.ClickException("Set JOBFAIR_ADMIN_EMAIL and JOBFAIR_ADMIN_PASSWORD.")
    # Not issued: the operator chose it in the settings, and it may wait there for weeks.
    made = accounts.ensure_admin(account.email, account.password, issued=False)
    click.echo(f"Admin {account.email} {'made' if made else 'was there already'}.")


@click.command("demo")
@click.option("--base-url", default="http://127.0.0.1:8000", help="Where the fair is served.")
@with_appcontext
def demo(base_url: str) -> None:
    """Load a small fair in motion, once, and print what to try."""
    account = _configured_admin()
    password = account.password if account else secrets.token_urlsafe(9)
    email = account.email if account else demo_fair.ADMIN_EMAIL
    try:
        for line in demo_fair.load(base_url, email, password):
            click.echo(line)
    except demo_fair.BrokenOff as error:
        raise click.ClickException(
            "Loading the demo fair was interrupted. Remove the database, by default "
            "instance/jobfair.sqlite*, and start again."
        ) from error


def _configured_admin() -> AdminAccount | None:
    """The admin that the environment names. Raises ClickException when it cannot be one."""
    config = current_app.config
    if not config["ADMIN_EMAIL"] and not config["ADMIN_PASSWORD"]:
        return None
    return admin_account(
        config["ADMIN_EMAIL"],
        config["ADMIN_PASSWORD"],
        "JOBFAIR_ADMIN_EMAIL or JOBFAIR_ADMIN_PASSWORD: ",
    )
