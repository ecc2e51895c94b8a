"""Making an admin, or giving one a new password."""

from __future__ import annotations

import sys

import click
from flask.cli import with_appcontext
from flask_babel import force_locale
from sqlalchemy import select

from jobfair.db.transactions import read_transaction
from jobfair.fields.access.accounts import AdminAccount
from jobfair.fields.input.emails import folded
from jobfair.fields.input.parsing import Invalid, parse
from jobfair.models import Role, User
from jobfair.services.access import accounts
from jobfair.unit_of_work import actors


@click.command("admin")
@click.argument("email")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@with_appcontext
def admin(email: str, password_stdin: bool) -> None:
    """Make an admin, or give one a new password, which signs them out everywhere.

    Asks for the password twice, without showing it. Its owner changes it at the first sign-in,
    within three days.
    """
    user_id = _admin_with(email)
    account = admin_account(email, _password(password_stdin))
    if user_id is not None:
        accounts.set_password(actors.SYSTEM, user_id, account.password)
        click.echo(f"Admin {account.email} has a new password and is signed out everywhere.")
    elif accounts.ensure_admin(account.email, account.password, issued=True):
        click.echo(f"Admin {account.email} made.")


def admin_account(email: str, password: str, where: str = "") -> AdminAccount:
    """What an admin's account is made from. Raises ClickException, which says after `where`
    what is wrong."""
    with force_locale("en"):
        account = parse(AdminAccount, {"email": email, "password": password})
    if isinstance(account, Invalid):
        reasons = " ".join(f"{name}: {why}" for name, why in account.errors.items())
        raise click.ClickException(f"{where}{reasons}")
    return account


def _admin_with(email: str) -> int | None:
    """The admin with an address. Raises ClickException when it is somebody else's."""
    own = select(User.id, User.role).where(User.email == folded(email))
    with read_transaction() as connection:
        row = connection.execute(own).first()
    if row is not None and row.role is Role.STUDENT:
        raise click.ClickException(f"{email} is a student's account; an admin needs another.")
    if row is not None and row.role is not Role.ADMIN:
        raise click.ClickException(
            f"{email} is in the team already: change the role by «flask fair team role»."
        )
    return None if row is None else row.id


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return password
