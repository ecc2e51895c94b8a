"""Make mistakes in the code, one at a time, and print those that no test notices.

Run from the project: `sh tools/mutants.sh domain`, or `services`, or `live`. mutmut
makes the mistakes, in a copy of the project in `.mutants/`, and runs the tests that reach each. It
uses one processor and lets everything else go first. Patterns make a piece of it:
`… services '*queues*'` tries what is in that module; `… live sample=200` two hundred of them, drawn
by a seed, the same each time.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

COPIES = Path(".mutants")
SEED = 7
SAMPLE = "sample="
NONE = "*none*of*them*"
"""A pattern that fits nothing: the mistakes are made, and none is tried."""
NOTICED = {"killed", "timeout", "segfault", "caught by type check"}
NOT_TRIED = {"not checked", "skipped"}


@dataclass(frozen=True)
class Area:
    """Files that are changed, the tests that have to notice, and those that cannot be run on them:
    they read the sources."""

    files: tuple[str, ...]
    tests: tuple[str, ...]
    left_out: tuple[str, ...] = ()


AREAS = {
    "domain": Area(
        ("jobfair/domain/**/*.py",), ("tests/domain",), ("tests/domain/test_purity.py",)
    ),
    "services": Area(
        ("jobfair/services/**/*.py", "jobfair/unit_of_work/*.py"),
        (
            "tests/services",
            "tests/unit_of_work",
            *(f"tests/blueprints/{each}" for each in ("account", "stand", "student")),
        ),
        (
            "tests/services/test_audit_trail.py::test_every_act_of_an_admin_is_here",
            "tests/unit_of_work/test_path_of_a_click.py",
            # Ten thousand entries are for the index, not for what is decided.
            "tests/unit_of_work/test_rows_visited.py::test_ten_thousand_cost_what_sixty_do",
        ),
    ),
    "live": Area(
        ("jobfair/feed/*.py", "jobfair/live/*.py"),
        ("tests/feed", "tests/live"),
        # Every form of every page, for minutes: what it has of streams, others notice first.
        ("tests/live/test_every_form.py",),
    ),
}

EQUIVALENT = {
    r"re\.sub\(|__name__\)\.upper": "the kinds are named at import, before a mistake is chosen",
    r"__setattr__\(": "pages are declared at import, too",
    r"^\+\s+log\.": "the words of a log's line are promised to nobody",
    r"strict=(None|False)|zip\(.*, \)": "both have the same length: `strict` is only said",
    r"isinstance\(event, HoldEnded.*\) or True": "turns are looked at again, and none has changed",
    r"self\.since < start": "a start at `since` counts from `since` either way",
    r"called_at <= self\.since <= now": "a change at the call counts from it either way",
    r"entry\.ended is None and entry\.completed_at": "what is done has both",
    r"NOT_LEFT & also|\.outerjoin\(": "these statements are made at import, too",
    r"NotFound\(None\)|NotFound\(\"XX": "the answer is the same, whatever was not found",
    r"\.limit\(None\)": "of all rows the first alone is read",
    r"email\.partition\(": "an address has one @",
    r"least > LONG |most >= LONG ": "an hour is a multiple of both steps",
    r"_moments\(ends, 1\.0\)\[0\]": "the mean does not depend on the doubt",
    r"\(seats \+ 1\), 2\.0\)": "one second or two are both no minutes",
}
"""Mistakes that are none, by what the changed line holds: all that is promised stays true."""

SETTINGS = """[mutmut]
source_paths=
    jobfair
only_mutate=
    {files}
also_copy=
    {around}
process_isolation=forkserver
pytest_add_cli_args=
    -p
    no:xdist
    -k
    not postgresql
    {left_out}
pytest_add_cli_args_test_selection=
    {tests}
"""


def main() -> None:
    """Try an area's mistakes, those that match the patterns, or a sample of them."""
    name, *patterns = sys.argv[1:]
    _copy(COPIES / name, AREAS[name])
    os.chdir(COPIES / name)
    os.nice(19)
    with contextlib.suppress(AttributeError):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    sampled = [each.removeprefix(SAMPLE) for each in patterns if each.startswith(SAMPLE)]
    if sampled:
        # It then says that nothing fits; by then the mistakes are made.
        _run(NONE, check=False)
        patterns = _drawn(int(sampled[0]))
    _run(*patterns)
    _report(name, set(patterns) if sampled else None)


def _run(*patterns: str, check: bool = True) -> None:
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", "1", *patterns]
    subprocess.run(command, check=check)


def _drawn(size: int) -> list[str]:
    """This many of the mistakes that mutmut has made, drawn by the seed."""
    made = [
        name
        for each in Path("mutants").rglob("*.meta")
        for name in json.loads(each.read_text())["exit_code_by_key"]
    ]
    # Not to keep a secret, but to draw the same ones again.
    return random.Random(SEED).sample(sorted(made), min(size, len(made)))  # noqa: S311


def _copy(to: Path, area: Area) -> None:
    """The project's files as they are now, and mutmut's settings. Earlier results stay there."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], capture_output=True)
    files = [Path(each) for each in listed.stdout.decode().split("\n") if Path(each).is_file()]
    for each in files:
        (to / each).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(each, to / each)
    around = {each.parts[0] for each in files} - {"jobfair", "tests", "pyproject.toml"}
    left_out = [word for each in area.left_out for word in ("--deselect", each)]
    changed = [str(each) for pattern in area.files for each in sorted(Path().glob(pattern))]
    lists = {"files": changed, "around": around, "left_out": left_out, "tests": area.tests}
    settings = SETTINGS.format(**{key: "\n    ".join(each) for key, each in lists.items()})
    (to / "setup.cfg").write_text(settings)


def _report(name: str, only: set[str] | None) -> None:
    """Print what survived, as it was changed, and the share of what was noticed."""
    command = [sys.executable, "-m", "mutmut", "results", "--all", "true"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    counts: Counter[str] = Counter()
    for mutant, status in re.findall(r"^\s+(\S+): (.+)$", said, re.MULTILINE):
        if only is not None and mutant not in only:
            continue
        if status in NOTICED | NOT_TRIED:
            counts["noticed" if status in NOTICED else "not tried"] += 1
            continue
        changed = [line for line in _difference(mutant).split("\n") if _is_change(line)]
        if any(re.search(each, line) for each in EQUIVALENT for line in changed if line[0] == "+"):
            counts["equivalent"] += 1
            continue
        counts["survived"] += 1
        print(f"\n{mutant} ({status})", *changed, sep="\n")
    tried = counts["noticed"] + counts["survived"]
    print(f"\n{name}: {counts['noticed'] / max(1, tried):.1%} noticed", dict(counts))


def _difference(mutant: str) -> str:
    command = [sys.executable, "-m", "mutmut", "show", mutant]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _is_change(line: str) -> bool:
    return line[:1] in ("+", "-") and line[:3] not in ("+++", "---")


if __name__ == "__main__":
    main()
