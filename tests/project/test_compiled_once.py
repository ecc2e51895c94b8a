"""What tests compile once says the same as what a library would compile again."""

from sqlalchemy import select, text
from werkzeug.routing import Map, Rule

from jobfair.extensions import db
from jobfair.models import Fair
from tests.support.compiled_once import (
    BUILDERS,
    OF_A_RULE,
    WERKZEUGS_COMPILE,
    CompiledStatements,
    compile_once,
)


def bound(compile_, monkeypatch):
    """Two rules of the same address, in two maps."""
    monkeypatch.setattr(Rule, "compile", compile_)
    address, maps = "/company/<int:company_id>/<name>", []
    for _ in range(2):
        rules = Map([Rule(address, endpoint="company"), Rule("/", endpoint="home")])
        rules.update()
        maps.append(rules.bind("fair.example"))
    return maps


def answers(adapter):
    values = {"company_id": 3, "name": "é/x", "more": "q"}
    return (
        adapter.build("company", values),
        adapter.match("/company/3/x"),
        adapter.match("/"),
        adapter.allowed_methods("/company/3/x"),
    )


def test_an_address_is_matched_and_built_as_by_werkzeug(monkeypatch):
    expected = [answers(each) for each in bound(WERKZEUGS_COMPILE, monkeypatch)]
    assert [answers(each) for each in bound(compile_once(), monkeypatch)] == expected


def test_compiling_makes_nothing_else():
    """What a release adds to a rule would be missing in the copies."""

    made = set()

    class Watched(Rule):
        def __setattr__(self, name, value):
            made.add(name)
            super().__setattr__(name, value)

    rule = Watched("/company/<int:company_id>", endpoint="company")
    rule.map = Map()
    made.clear()
    WERKZEUGS_COMPILE(rule)
    # The arguments are filled, and not set.
    assert made | {"arguments"} == {*OF_A_RULE, *BUILDERS}


def test_a_cached_statement_is_found_by_another_engine(app):
    cache = CompiledStatements()
    with db.engine.connect().execution_options(compiled_cache=cache) as connection:
        query = select(Fair.id).where(text("1 = 1"))
        assert connection.execute(query).all() == connection.execute(query).all()
        (key,) = cache
        assert db.engine.dialect not in key
        assert cache.get((connection.dialect, *key)) is not None
