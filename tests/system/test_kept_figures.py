"""No page and no transition costs twice what it did when the benchmarks were last kept."""

import subprocess
import sys

import pytest

from bench import comparison
from bench.comparison import keep, kept, ratios, worse
from bench.figures import Figure
from tests.system.support.serving import PROJECT

pytestmark = pytest.mark.system

MEASURED = ("pages", "transitions")


def test_nothing_costs_twice_what_it_did():
    command = [sys.executable, "-m", "bench", *MEASURED, "--quick"]
    said = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
    assert said.returncode == 0, said.stdout[-3000:] + said.stderr[-3000:]


def test_what_is_measured_there_was_kept():
    assert len(kept("postgresql")) >= 8
    assert comparison.KEPT.parent == PROJECT / "bench"


def page(milliseconds: float, floor: float) -> Figure:
    return Figure("a page", milliseconds, "ms", floor=floor, kept=True)


@pytest.mark.parametrize(
    ("milliseconds", "floor", "fails"), [(19, 1, False), (21, 1, True), (42, 2.2, False)]
)
def test_what_doubles_beside_its_floor_is_named(tmp_path, milliseconds, floor, fails):
    path = tmp_path / "kept.json"
    keep("postgresql", ratios([page(10, 1)]), path)
    keep("postgresql", {"another": 3.0}, path)
    found = worse(ratios([page(milliseconds, floor)]), kept("postgresql", path))
    assert bool(found) == fails
    assert all(each.startswith("a page: ") for each in found)


def test_what_is_bound_by_more_than_the_processor_is_not_compared():
    assert ratios([Figure("a page a second", 10, "/s", floor=20)]) == {}
