"""Print the table of docs/estimates.md: promised waits against real ones, at simulated fairs.

Run from the project: `.venv/bin/python -m tools.estimates`. Takes about a minute.
"""

from tests.simulated.promised_fairs import KINDS, Promise, Score, score, simulated

SEEDS = range(5)
WAITS = ((0, 10), (10, 20), (20, 40), (40, 80), (80, 240))
HEAD = "| {} | promises | kept | came sooner | came later | median wait | median width | hidden |"
RULE = "|---|---|---|---|---|---|---|---|"


def main() -> None:
    """The fairs by kind, then all of them by what was promised."""
    every: list[Promise] = []
    hidden = 0
    print(HEAD.format("kind of fair"), RULE, sep="\n")
    for kind in KINDS:
        promises, of_kind = simulated(kind, SEEDS)
        print(_line(score(kind.name, promises, of_kind)))
        every += promises
        hidden += of_kind
    print(_line(score("**all**", every, hidden)))
    print()
    print(HEAD.format("middle of the range").removesuffix(" hidden |"), RULE[:-4], sep="\n")
    for least, most in WAITS:
        some = [each for each in every if least <= (each.low + each.high) / 2 < most]
        print(
            _line(score(f"{least} to {most} min", some, 0)).rpartition(" |")[0].rpartition("|")[0]
            + "|"
        )


def _line(of: Score) -> str:
    shares = " | ".join(f"{each:.0%}" for each in (of.kept, of.early, of.late))
    times = f"{of.wait:.0f} min | {of.width:.0f} min"
    return f"| {of.name} | {of.promises} | {shares} | {times} | {of.hidden:.0%} |"


if __name__ == "__main__":
    main()
