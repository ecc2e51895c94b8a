"""Made-up accounts, and addresses that are confirmed at the desk, from a terminal."""

from __future__ import annotations

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from jobfair.commands.output import counted
from jobfair.db.transactions import read_transaction
from jobfair.fields.input.emails import folded
from jobfair.models import Student, User
from jobfair.queries.admin.lists import students as students_list
from jobfair.queries.admin.students import registrations
from jobfair.queries.admin.students.registrations import AccountFilter
from jobfair.services.access import addresses
from jobfair.services.students import students
from jobfair.unit_of_work.actors import SYSTEM


@click.command("remove-accounts")
@click.option("--minutes", type=click.IntRange(min=1), help="Registered so lately.")
@click.option("--domain", default="", help="With an address of this domain.")
@click.option("--unconfirmed", is_flag=True, help="Whose address is not confirmed.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_appcontext
def remove_accounts(minutes: int | None, domain: str, unconfirmed: bool, yes: bool) -> None:
    """Remove accounts that students made themselves, all at once.

    Who has an interview is kept. It cannot be undone.
    """
    chosen = AccountFilter(minutes or 0, domain, unconfirmed)
    if not chosen:
        raise click.ClickException("Say which: --minutes, --domain or --unconfirmed.")
    removable = registrations.removable(students_list.student_ids("", chosen))
    if removable.with_interview or removable.not_self_made:
        click.echo(
            f"Kept: {removable.with_interview} with an interview, "
            f"{removable.not_self_made} that organisers made or imported."
        )
    if not removable.student_ids:
        click.echo("Nothing to remove.")
        return
    rows = {"users": len(removable.student_ids), "entries": removable.waiting}
    if not yes:
        click.confirm(f"Remove {counted(rows)}? It cannot be undone.", abort=True)
    removed = students.remove_self_made(SYSTEM, removable.student_ids)
    click.echo(f"Removed {counted({'users': removed})}.")


@click.command("confirm-address")
@click.argument("email")
@with_appcontext
def confirm_address(email: str) -> None:
    """Confirm a student's e-mail address, as the desk does."""
    own = (
        select(Student.id).join(User, User.id == Student.user_id).where(User.email == folded(email))
    )
    with read_transaction() as connection:
        student_id = connection.execute(own).scalar()
    if student_id is None:
        raise click.ClickException(f"No student has the address {email}.")
    addresses.confirm_for(SYSTEM, student_id)
    click.echo(f"{folded(email)} is confirmed.")
