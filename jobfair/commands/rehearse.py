"""Rehearsing the fair from a terminal, and the process in which a page's rehearsal is played."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from flask_babel import force_locale
from werkzeug.datastructures import MultiDict

from jobfair.fields.fair.rehearsals import FIELDS, FairAsSetUp, RehearsalAsked, plan_of
from jobfair.fields.input.parsing import Invalid, parse
from jobfair.imports import mapping, uploads
from jobfair.imports.layouts import COMPANIES
from jobfair.queries.admin.fair import rehearsals
from jobfair.simulation.plan import Plan
from jobfair.simulation.rehearsal import Outcome, Range, rehearse
from jobfair.wording.fair import rehearsals as wording


def _options(command: Any) -> Any:
    """An option for each field of the form."""
    for each in reversed(FIELDS):
        name = each.name.replace("_", "-")
        choices = None if each.choices is None else click.Choice(list(each.choices))
        command = click.option(f"--{name}", each.name, type=choices)(command)
    return command


@click.command("rehearse")
@click.option(
    "--companies",
    "path",
    type=click.Path(exists=True, path_type=Path),
    help="A list of companies as it is imported; the fair's own unless said.",
)
@click.option("--json", "as_json", is_flag=True, help="All figures, for a program.")
@_options
@with_appcontext
def rehearse_fair(path: Path | None, as_json: bool, **asked: str | None) -> None:
    """Play the fair before it happens, by chance on its own rules. Changes nothing.

    What is not said is as the fair is set up, or a guess.
    """
    with force_locale("en"):
        fair = rehearsals.fair_as_set_up() if path is None else _listed(path)
        typed = MultiDict({name: value for name, value in asked.items() if value})
        given = parse(RehearsalAsked, typed)
        if isinstance(given, Invalid):
            raise click.ClickException(_all_of(given))
        plan = plan_of(fair, given.model_dump())
        outcome = _played(plan)
        if as_json:
            click.echo(json.dumps(rehearsals.outcome_as_stored(outcome)))
        else:
            _print(plan, outcome)


@click.command("play-rehearsal", hidden=True)
@click.argument("rehearsal_id", type=int)
@with_appcontext
def play_rehearsal(rehearsal_id: int) -> None:
    """Play a rehearsal that a page asked for, and tell the worker that began it."""
    plan = rehearsals.rehearsal(rehearsal_id).plan
    outcome = rehearse(plan, lambda played, days: _tell("progress", [played, days]))
    _tell("outcome", rehearsals.outcome_as_stored(outcome))


def _tell(what: str, value: Any) -> None:
    click.echo(json.dumps({what: value}))


def _listed(path: Path) -> FairAsSetUp:
    """The fair with the companies of a file. Raises ClickException."""
    try:
        table = uploads.open_file(path.read_bytes()).table
    except ValueError as error:
        raise click.ClickException(_all_of(uploads.why_not(error))) from error
    wrong = uploads.wrong_size(table)
    if wrong is not None:
        raise click.ClickException(_all_of(wrong))
    upload = uploads.read(table, COMPANIES, mapping.guessed(COMPANIES, table))
    for bad in upload.bad:
        reasons = " ".join(bad.reasons.values())
        click.echo(f"Line {bad.number} is left out: {reasons}", err=True)
    return rehearsals.set_up(upload.cards)


def _all_of(invalid: Invalid) -> str:
    return " ".join(invalid.errors.values())


def _played(plan: Plan) -> Outcome:
    if not plan.stands or plan.closes <= plan.opens:
        raise click.ClickException("There are no companies, or it closes before it opens.")
    outcome = rehearse(plan, _show_progress)
    click.echo(err=True)
    return outcome


def _show_progress(played: int, days: int) -> None:
    click.echo(f"\r{played} of {days} days", nl=False, err=True)


def _print(plan: Plan, outcome: Outcome) -> None:
    click.echo(
        f"{len(plan.stands)} companies, {plan.students} students, {outcome.days} days played"
    )
    for name, words in wording.FIGURES.items():
        click.echo(f"{words!s:44} {_in_words(getattr(outcome.figures, name))}")
    for gain in outcome.gains:
        click.echo(wording.gain(gain, plan))


def _in_words(of: Range) -> str:
    return f"{of.mean:8.0f}   ({of.least:.0f} to {of.most:.0f})"
