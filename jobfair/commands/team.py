"""The team from a terminal: who is in it, inviting, changing a role, removing."""

from __future__ import annotations

import click
from flask import current_app, url_for
from flask.cli import with_appcontext
from flask_babel import force_locale

from jobfair.commands.group import FairGroup
from jobfair.domain.refusals import Refusal
from jobfair.exceptions import NotFound
from jobfair.fields.access.accounts import NewMember
from jobfair.fields.input.parsing import Invalid, parse
from jobfair.models import Outcome, Role
from jobfair.queries.admin import team as members
from jobfair.queries.admin.team import Member
from jobfair.services.access import team as services
from jobfair.services.access import team_mail
from jobfair.services.access.rights import TEAM
from jobfair.services.access.team import Invited
from jobfair.unit_of_work.actors import SYSTEM
from jobfair.web.security import traces
from jobfair.wording.refusals import sentence

ROLES = click.Choice([role.value for role in TEAM])

team = FairGroup("team", help="See and change who runs the fair, in which role.")


@team.command("list")
@with_appcontext
def every_member() -> None:
    """List the team: address, role, last sign-in."""
    for each in members.members():
        click.echo(f"{each.email}  {each.role}  {_seen(each)}")


@team.command("invite")
@click.argument("email")
@click.argument("role", type=ROLES)
@with_appcontext
def invite(email: str, role: str) -> None:
    """Print a link by which somebody chooses a password; it works once, for three days."""
    with force_locale("en"):
        given = parse(NewMember, {"email": email, "role": role})
    if isinstance(given, Invalid):
        raise click.ClickException(" ".join(given.errors.values()))
    _say_link(_done(services.invite(SYSTEM, given.email, Role(given.role))), Role(given.role))


@team.command("link")
@click.argument("email")
@with_appcontext
def invite_again(email: str) -> None:
    """Print another link for somebody who has not used theirs."""
    found = _member(email)
    _say_link(_done(services.invite_again(SYSTEM, found.user_id)), found.role)


@team.command("role")
@click.argument("email")
@click.argument("role", type=ROLES)
@with_appcontext
def change_role(email: str, role: str) -> None:
    """Give somebody of the team another role, which signs them out."""
    _done(services.change_role(SYSTEM, _member(email).user_id, Role(role)))
    click.echo(f"{email} is now: {role}.")


@team.command("remove")
@click.argument("email")
@with_appcontext
def remove(email: str) -> None:
    """Remove somebody from the team, signed out at once."""
    _done(services.remove(SYSTEM, _member(email).user_id))
    click.echo(f"{email} is no longer in the team.")


@team.command("remove-factor")
@click.argument("email")
@with_appcontext
def remove_factor(email: str) -> None:
    """Take the second factor of somebody who lost it away, signed out at once."""
    found = _member(email)
    if not found.has_second_factor:
        raise click.ClickException(f"{email} has no second factor.")
    _done(services.remove_second_factor(SYSTEM, found.user_id))
    with current_app.test_request_context():
        traces.second_factor(Outcome.FACTOR_REMOVED, found.user_id, found.email)
    click.echo(f"{email} signs in with the password alone.")


def _member(email: str) -> Member:
    try:
        return members.member_with(email)
    except NotFound as error:
        raise click.ClickException(f"{email} is not in the team.") from error


def _done(outcome: Invited | Refusal | None) -> Invited | None:
    """What came of it. Raises ClickException with the sentence of a refusal."""
    if isinstance(outcome, Refusal):
        with force_locale("en"):
            raise click.ClickException(sentence(outcome))
    return outcome


def _say_link(invited: Invited | None, role: Role) -> None:
    assert invited is not None
    site = current_app.config["PUBLIC_URL"].rstrip("/")
    with current_app.test_request_context():
        address = f"{site}{url_for('invitation.welcome', token=invited.token)}"
        mailed = team_mail.send(invited, role, address)
    click.echo(address)
    if not site:
        click.echo("Put the fair's address before it: JOBFAIR_PUBLIC_URL is not set.", err=True)
    if mailed:
        click.echo(f"It was sent to {invited.email} too.", err=True)


def _seen(member: Member) -> str:
    if member.signed_in_at is not None:
        return f"last sign-in {member.signed_in_at:%Y-%m-%d %H:%M} UTC"
    if member.has_password:
        return "not signed in yet"
    if member.invited_until is not None:
        return f"invited until {member.invited_until:%Y-%m-%d %H:%M} UTC"
    return "the link has expired"
