"""Take out one protection after another, and print those that no test misses.

Run from the project: `python -m tools.claims`. Each row of docs/asvs.md has at least one «take-out»
in tools/claims.toml: a change that removes what the row claims, and the test that has to fail then.
They are tried one at a time, in a copy of the project. `--only 3.5.1` tries what the
pattern finds, `--sample 4 --seed 7` that number of quick ones drawn by a seed.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import multiprocessing
import os
import re
import shutil
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from random import Random

import pytest

PROJECT = Path(__file__).parents[1]
CLAIMS = PROJECT / "docs" / "asvs.md"
TAKE_OUTS = PROJECT / "tools" / "claims.toml"

NOT_COPIED = (".git", ".venv", ".*_cache", ".mutants", ".hypothesis", "__pycache__", "results")
LONGEST_SECONDS = 600
OUTPUT = "output"

LINT = "make lint"
"""In the place of a test: ruff's rules about security."""

FORK = multiprocessing.get_context("fork")

IMPORTED_ONCE = (
    "alembic argon2 babel brotli email_validator flask_babel flask_jwt_extended flask_limiter "
    "flask_login flask_migrate flask_sqlalchemy gevent py_vapid pydantic pywebpush redis "
    "sqlalchemy.dialects.sqlite zxcvbn"
)
"""What each test would import again, which takes longer than the test."""

WITHOUT_TEST = ("does not apply", "the organiser's", "a departure", "by reading")
"""How the last column of a row begins that has nothing to take out."""


class Outcome(StrEnum):
    """What the named test said of a take-out."""

    NOTICED = "noticed"
    MISSED = "NOT NOTICED"
    SKIPPED = "not tried: the test is skipped here"
    BROKEN = "BROKEN: the test does not pass untouched, or does not get as far as to fail"


@dataclass(frozen=True, slots=True)
class TakeOut:
    """One protection removed: `file` with `find`, which is there once, replaced by `put`.

    `row` is the first column of its row in docs/asvs.md, `test` the node id that has to fail.
    A `slow` one takes more than ten seconds.
    """

    row: str
    what: str
    file: str
    find: str
    put: str
    test: str
    slow: bool = False


class Stale(Exception):
    """The text that a take-out removes is not in its file, or more than once."""


def main() -> None:
    """Try what is asked for. Ends with 1 unless each is noticed or cannot be tried here."""
    asked = argparse.ArgumentParser(description="Take out protections, and see their tests fail.")
    asked.add_argument("--only", default="", help="those whose row or words this pattern finds")
    asked.add_argument("--sample", type=int, help="that number of quick ones")
    asked.add_argument("--seed", type=int, default=0, help="which ones")
    given = asked.parse_args()
    chosen = [each for each in take_outs() if re.search(given.only, f"{each.row}: {each.what}")]
    if given.sample is not None:
        chosen = sample(chosen, given.sample, given.seed)
    os.nice(5)
    for name in IMPORTED_ONCE.split():
        importlib.import_module(name)
    missed = 0
    for take_out, outcome, seconds in tried(chosen):
        missed += outcome in (Outcome.MISSED, Outcome.BROKEN)
        print(f"{take_out.row}: {take_out.what}: {outcome} ({seconds:.0f} s)", flush=True)
    print(f"{len(chosen)} tried, {missed} of them not noticed")
    sys.exit(1 if missed else 0)


def take_outs() -> list[TakeOut]:
    """All of them, in the order of their rows."""
    declared = tomllib.loads(TAKE_OUTS.read_text())["take_out"]
    return [TakeOut(**each) for each in declared]


def rows() -> dict[str, str]:
    """The rows of docs/asvs.md: the last column by the first."""
    found = {}
    for line in CLAIMS.read_text().splitlines():
        cells = [each.strip() for each in line.strip("|").split("|")]
        if line.startswith("| ") and cells[0] != "items":
            found[cells[0]] = cells[-1]
    return found


def sample(among: Iterable[TakeOut], number: int, seed: int) -> list[TakeOut]:
    """This many quick ones, the same for the same seed."""
    quick = [each for each in among if not each.slow]
    return Random(seed).sample(quick, min(number, len(quick)))  # noqa: S311 - guards nothing


def without(take_out: TakeOut, text: str) -> str:
    """The file's text with the protection taken out. Raises Stale."""
    found = text.count(take_out.find)
    if found != 1:
        raise Stale(f"{take_out.row}: {take_out.file} has {found} times:\n{take_out.find}")
    return text.replace(take_out.find, take_out.put)


def tried(chosen: Sequence[TakeOut]) -> Iterator[tuple[TakeOut, Outcome, float]]:
    """Try them one after the other in a copy of the project: each with its outcome and seconds.

    Raises Stale.
    """
    with tempfile.TemporaryDirectory(prefix="jobfair-claims-") as directory:
        copy = Path(directory) / "project"
        shutil.copytree(PROJECT, copy, ignore=shutil.ignore_patterns(*NOT_COPIED))
        for each in chosen:
            without(each, (copy / each.file).read_text())
        untouched = _untouched(copy, chosen)
        for each in chosen:
            began = time.monotonic()
            outcome = untouched[each.test]
            if outcome is Outcome.MISSED:
                outcome = _try(copy, each)
            elif outcome is Outcome.NOTICED:
                outcome = Outcome.BROKEN
            yield each, outcome, time.monotonic() - began


def _untouched(copy: Path, chosen: Sequence[TakeOut]) -> dict[str, Outcome]:
    """What each test says of the project as it is: the quick ones in one go if they all pass."""
    found = {LINT: Outcome.MISSED}
    quick = sorted({each.test for each in chosen if not each.slow} - {LINT})
    if quick and _run(copy, *quick) is Outcome.MISSED and "skipped" not in _last_line(copy):
        found |= dict.fromkeys(quick, Outcome.MISSED)
    for each in chosen:
        if each.test not in found:
            found[each.test] = _run(copy, each.test)
    return found


def _try(copy: Path, take_out: TakeOut) -> Outcome:
    file = copy / take_out.file
    original = file.read_text()
    _write(file, without(take_out, original))
    try:
        return _run(copy, take_out.test, changed=take_out.file)
    finally:
        _write(file, original)


def _write(file: Path, text: str) -> None:
    file.write_text(text)
    # Python takes a file of the same size and second for the one that it has compiled.
    if file.suffix == ".py":
        Path(importlib.util.cache_from_source(str(file))).unlink(missing_ok=True)


def _run(copy: Path, *tests: str, changed: str = "") -> Outcome:
    """What tests say of the copy as it stands: MISSED where they pass."""
    child = FORK.Process(target=_in_copy, args=(copy, tests, changed))
    child.start()
    child.join(LONGEST_SECONDS)
    if child.exitcode is None:
        # On a machine that is busy enough any test takes so long.
        child.kill()
        return Outcome.BROKEN
    last = _last_line(copy)
    if child.exitcode == 0:
        return Outcome.MISSED if LINT in tests or "passed" in last else Outcome.SKIPPED
    # A test that could not be read, or whose fixture broke, has noticed nothing.
    failed = LINT in tests or re.search(r"\d+ failed", last)
    return Outcome.NOTICED if child.exitcode == 1 and failed else Outcome.BROKEN


def _last_line(copy: Path) -> str:
    return (copy.parent / OUTPUT).read_text().rstrip().rpartition("\n")[2]


def _in_copy(copy: Path, tests: Sequence[str], changed: str) -> None:
    """In a process of its own, which has all that tests import but the project itself."""
    with (copy.parent / OUTPUT).open("wb") as file:
        for descriptor in (1, 2):
            os.dup2(file.fileno(), descriptor)
    os.chdir(copy)
    sys.path[:] = [str(copy), *(each for each in sys.path if Path(each).resolve() != PROJECT)]
    if LINT in tests:
        os.execv(sys.executable, [sys.executable, "-m", "ruff", "check", "--select", "S", changed])  # noqa: S606
    sys.exit(pytest.main(["-q", "-x", *tests]))


if __name__ == "__main__":
    main()
