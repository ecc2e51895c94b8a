"""`python -m bench [names] [--quick] [--keep] [--set-up postgresql|sqlite]`."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path

from bench import (
    comparison,
    directory,
    growth,
    memory,
    pages,
    pushes,
    sign_ins,
    streams,
    transitions,
    whole_fair,
    wire,
    workers,
)
from bench.fairs import Ground, servers
from bench.figures import as_json, table

BENCHMARKS = {
    each.__name__.removeprefix("bench."): each.measure
    for each in (
        wire,
        pages,
        directory,
        transitions,
        growth,
        pushes,
        streams,
        sign_ins,
        whole_fair,
        memory,
        workers,
    )
}
LONG = ("memory", "workers")
"""Run only where they are named: the one takes long, the other says what a machine is good for."""
HINTED = ("pushes", "streams")
"""Watch a server while this process changes the fair, which it hears of at once by Redis alone."""
RESULTS = Path(__file__).parent / "results"


def main() -> None:
    """Run what was asked for, print the table and keep the JSON; fails when one is worse."""
    asked, worse = _asked(), []
    for set_up in asked.set_up:
        figures = []
        with ExitStack() as stack:
            ground = Ground(None if set_up == "sqlite" else stack.enter_context(servers()))
            for name in asked.names or [each for each in BENCHMARKS if each not in LONG]:
                if set_up == "sqlite" and name in HINTED:
                    continue
                measured = 0
                for figure in BENCHMARKS[name](ground, asked.quick):
                    print(f"  {name}: {figure.what}: {figure.value:.4g} {figure.unit}", flush=True)
                    figures.append(figure)
                    measured += 1
                if not measured:
                    print(f"  {name}: left out, as nothing of it is quick", flush=True)
        print(f"\n{set_up}\n\n{table(figures)}\n")
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / f"{set_up}.json").write_text(as_json(figures, set_up) + "\n")
        now = comparison.ratios(figures)
        worse += comparison.worse(now, comparison.kept(set_up))
        if asked.keep:
            comparison.keep(set_up, now)
    if worse:
        sys.exit("\n".join(["Slower than what was kept:", *worse]))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description=sys.modules["bench"].__doc__
    )
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(BENCHMARKS))
    parser.add_argument("--quick", action="store_true", help="shorter, and less exact")
    parser.add_argument("--keep", action="store_true", help="hold later runs against this one")
    parser.add_argument(
        "--set-up", action="append", choices=("postgresql", "sqlite"), help="postgresql unless said"
    )
    asked = parser.parse_args()
    asked.set_up = asked.set_up or ["postgresql"]
    if unknown := set(asked.names) - set(BENCHMARKS):
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    return asked


if __name__ == "__main__":
    main()
