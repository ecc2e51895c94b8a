"""Each row of the map of ASVS names what proves it, and that can be taken out to see it fail."""

import re
from pathlib import Path

from tools import claims

PROJECT = Path(claims.__file__).parents[1]
NAMED = re.compile(r"`((?:\w+/)*test_\w+\.py|make lint)`")


def test_each_row_has_a_take_out_or_says_why_there_is_none():
    tried = {each.row for each in claims.take_outs()}
    wanted = {
        row for row, proof in claims.rows().items() if not proof.startswith(claims.WITHOUT_TEST)
    }
    assert sorted(wanted - tried) == [], "add a take-out to tools/claims.toml"
    assert sorted(tried - wanted) == [], "no row of docs/asvs.md asks for it"


def test_each_test_that_a_row_names_has_to_miss_something():
    missing = {row: set(NAMED.findall(proof)) for row, proof in claims.rows().items()}
    for each in claims.take_outs():
        named = each.test.partition("::")[0].removeprefix("tests/")
        assert f"`{named}`" in claims.rows()[each.row], f"{each.row}: {named}"
        missing[each.row].discard(named)
    assert {row: names for row, names in missing.items() if names} == {}


def test_what_is_taken_out_is_there():
    for each in claims.take_outs():
        text = (PROJECT / each.file).read_text()
        assert claims.without(each, text) != text, each.row


def test_each_test_that_has_to_fail_is_there():
    for each in claims.take_outs():
        if each.test != claims.LINT:
            file, *names = each.test.partition("[")[0].split("::")
            text = (PROJECT / file).read_text()
            assert all(re.search(rf"(?:def|class) {name}\b", text) for name in names), each.test
