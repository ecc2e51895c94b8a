"""`flask fair`: what is done from a terminal, before the day and beside it."""

from __future__ import annotations

import secrets

import click
from flask import current_app
from flask.cli import AppGroup

from jobfair import demo
from jobfair.inputs import AdminAccount, Invalid, parse
from jobfair.services import accounts

fair = AppGroup("fair", help="Prepare and look after the fair.")


@fair.command("setup")
def setup() -> None:
    """Make the admin of JOBFAIR_ADMIN_EMAIL and JOBFAIR_ADMIN_PASSWORD, unless there is one."""
    admin = _configured_admin()
    if admin is None:
        raise click.ClickException("Set JOBFAIR_ADMIN_EMAIL and JOBFAIR_ADMIN_PASSWORD.")
    made = accounts.ensure_admin(admin.email, admin.password)
    click.echo(f"Admin {admin.email} {'made' if made else 'was there already'}.")


@fair.command("demo")
@click.option("--base-url", default="http://127.0.0.1:8000", help="Where the fair is served.")
def load_demo(base_url: str) -> None:
    """Load a small fair in motion, once, and print what to try."""
    admin = _configured_admin()
    password = admin.password if admin else secrets.token_urlsafe(9)
    email = admin.email if admin else demo.ADMIN_EMAIL
    for line in demo.load(base_url, email, password):
        click.echo(line)


def _configured_admin() -> AdminAccount | None:
    """The admin that the environment names. Raises ClickException when it cannot be one."""
    config = current_app.config
    if not config["ADMIN_EMAIL"] and not config["ADMIN_PASSWORD"]:
        return None
    given = {"email": config["ADMIN_EMAIL"], "password": config["ADMIN_PASSWORD"]}
    admin = parse(AdminAccount, given)
    if isinstance(admin, Invalid):
        reasons = " ".join(f"{name}: {why}" for name, why in admin.errors.items())
        raise click.ClickException(f"JOBFAIR_ADMIN_EMAIL or JOBFAIR_ADMIN_PASSWORD: {reasons}")
    return admin
