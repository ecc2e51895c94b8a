"""Each row of the map of ASVS names what proves it, and that can be taken out to see it fail."""

from pathlib import Path

from tools import claims

PROJECT = Path(claims.__file__).parents[1]


def test_each_row_has_a_take_out_or_says_why_there_is_none():
    tried = {each.row for each in claims.take_outs()}
    wanted = {
        row for row, proof in claims.rows().items() if not proof.startswith(claims.WITHOUT_TEST)
    }
    assert sorted(wanted - tried) == [], "add a take-out to tools/claims.toml"
    assert sorted(tried - wanted) == [], "no row of docs/asvs.md asks for it"


def test_each_take_out_is_noticed_by_a_test_that_its_row_names():
    rows = claims.rows()
    for each in claims.take_outs():
        named = each.test.partition("::")[0].removeprefix("tests/")
        assert f"`{named}`" in rows[each.row], f"{each.row}: {named}"


def test_what_is_taken_out_is_there():
    for each in claims.take_outs():
        text = (PROJECT / each.file).read_text()
        assert claims.without(each, text) != text, each.row
