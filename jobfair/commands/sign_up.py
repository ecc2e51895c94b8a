"""Who may sign up, from a terminal."""

from __future__ import annotations

import click
from flask.cli import with_appcontext
from flask_babel import force_locale

from jobfair.domain.refusals import Refusal
from jobfair.domain.signing_up import SignUp
from jobfair.fields.fair.fair import SIGN_UP_DOMAINS, SIGN_UP_WORD
from jobfair.fields.input.declaration import in_edit, shape
from jobfair.fields.input.parsing import Input, Invalid, parse
from jobfair.queries.fair import sign_up as current
from jobfair.services.fair import sign_up as setting
from jobfair.unit_of_work.actors import SYSTEM
from jobfair.wording import refusals

Typed = shape("Typed", [SIGN_UP_DOMAINS, SIGN_UP_WORD], in_edit, Input)


@click.command("sign-up")
@click.argument("mode", required=False, type=click.Choice([each.value for each in SignUp]))
@click.option("--domains", help="Of the school's addresses, separated by commas.")
@click.option("--word", help="The word to sign up with.")
@click.option("--new-word", is_flag=True, help="Another word, made by chance.")
@with_appcontext
def sign_up(mode: str | None, domains: str | None, word: str | None, new_word: bool) -> None:
    """Say who may sign up, or change it at once.

    open: anybody; code: who knows the word; domains: who has an address of the school;
    invited: only imported people.
    """
    typed = _typed(sign_up_domains=domains, sign_up_word=word)
    given = {"sign_up": mode, "sign_up_domains": typed.get("sign_up_domains")}
    changes = {name: value for name, value in given.items() if value is not None}
    if changes:
        _or_fail(setting.set_sign_up(SYSTEM, changes))
    if new_word or word:
        _or_fail(setting.set_word(SYSTEM, typed.get("sign_up_word")))
    click.echo(_now())


def _typed(**given: str | None) -> dict[str, str]:
    """What was typed, as a form would read it. Raises ClickException."""
    with force_locale("en"):
        read = parse(Typed, {name: value for name, value in given.items() if value is not None})
    if isinstance(read, Invalid):
        raise click.ClickException(" ".join(read.errors.values()))
    return read.model_dump(exclude_unset=True)


def _or_fail(refusal: Refusal | None) -> None:
    if refusal is not None:
        with force_locale("en"):
            raise click.ClickException(f"{refusals.sentence(refusal)}.")


def _now() -> str:
    rule = current.rule()
    match rule.mode:
        case SignUp.OPEN:
            return "Anybody may sign up."
        case SignUp.CODE:
            return f"People who know the word may sign up: {rule.word}"
        case SignUp.DOMAINS:
            return f"People with an address of these domains may sign up: {', '.join(rule.domains)}"
        case SignUp.INVITED:
            return "Nobody may sign up; imported people have their personal links."
