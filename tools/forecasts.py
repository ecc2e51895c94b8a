"""Print the tables of docs/estimates.md about forecasts: what was said against what came.

Run from the project: `.venv/bin/python -m tools.forecasts`. Takes some minutes.
"""

from tests.simulated.forecast_fairs import (
    FIFTHS,
    UNLIKE,
    Counted,
    Told,
    by_fifth,
    played,
    share_within,
    where_many,
)

SEEDS = range(4)
PLAYS = 25


def main() -> None:
    """Places by how likely they were said to be reached, then companies, by kind of fair."""
    every_told: list[Told] = []
    every_counted: list[Counted] = []
    companies = []
    heads = [f"{20 * each} to {20 * (each + 1)} %" for each in range(FIFTHS)]
    print("| kind of fair | places |", " | ".join(heads), "|")
    print("|---|---|" + "---|" * FIFTHS)
    for kind in UNLIKE:
        told, counted = played(kind, SEEDS, PLAYS)
        print(_places(kind.name, told))
        companies.append(_companies(kind.name, counted))
        every_told += told
        every_counted += counted
    print(_places("**all**", every_told))
    companies.append(_companies("**all**", every_counted))
    print()
    print("| kind of fair | forecasts | within the range | many unmet: said | came |")
    print("|---|---|---|---|---|", *companies, sep="\n")


def _places(name: str, told: list[Told]) -> str:
    fifths = by_fifth(told)
    shares = " | ".join(f"{sum(each) / len(each):.0%}" for each in fifths)
    return f"| {name} | {sum(map(len, fifths))} | {shares} |"


def _companies(name: str, counted: list[Counted]) -> str:
    said, came = where_many(counted)
    return f"| {name} | {len(counted)} | {share_within(counted):.0%} | {said:.1f} | {came:.1f} |"


if __name__ == "__main__":
    main()
