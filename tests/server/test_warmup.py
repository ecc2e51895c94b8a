"""A worker that has just started makes ready what the crowd would wait for."""

import gc
import logging

import pytest
from sqlalchemy import text
from sqlalchemy.sql.compiler import SQLCompiler

from jobfair.db import statements
from jobfair.extensions import db
from jobfair.queries.stand import stands
from jobfair.server import warmup
from jobfair.services.queues import interviews
from tests.support import factories


@pytest.fixture
def techcorp(app):
    company_id = factories.company()
    alice = factories.student("Alice")
    factories.entry(alice, company_id)
    return company_id, alice


def test_afterwards_no_page_of_the_crowd_compiles_anything(app, client, techcorp, monkeypatch):
    company_id, alice = techcorp
    list(warmup.steps(app))

    def compiled(*_args, **_more):
        raise AssertionError("a template was compiled while somebody waited")

    monkeypatch.setattr(app.jinja_env, "compile", compiled)
    link = f"/company/{stands.token_of(company_id)}"
    assert client.get(link).status_code == 200
    alice.sign_in(client)
    for language in ("fr", "en"):
        headers = {"Accept-Language": language}
        for path in ("/dashboard", "/companies", "/notifications"):
            assert client.get(path, headers=headers).status_code == 200


def test_afterwards_a_start_makes_no_statement(app, techcorp, monkeypatch):
    """The heads of the queues, the largest of all, are made."""
    company_id, alice = techcorp
    (entry,) = stands.called(company_id)
    # Not what other tests have made.
    db.engine.update_execution_options(compiled_cache={})
    for each in statements.every():
        monkeypatch.setattr(each, "_compiled", {})
    list(warmup.steps(app))
    made = []
    compile_ = SQLCompiler.__init__

    def compiled(compiler, dialect, statement, *args, **more):
        made.append(str(statement))
        compile_(compiler, dialect, statement, *args, **more)

    monkeypatch.setattr(SQLCompiler, "__init__", compiled)
    interviews.start(alice.actor, entry.id)
    assert made == []


def test_without_a_database_the_pages_are_made_ready_all_the_same(app, caplog):
    with db.engine.begin() as connection:
        connection.execute(text("DROP TABLE entries"))
    with caplog.at_level(logging.WARNING):
        steps = len(list(warmup.steps(app)))
    assert "statements not prepared" in caplog.text
    assert steps > 40


@pytest.fixture
def as_python_does():
    """The collector as it was before, for the tests that follow."""
    thresholds, frozen = gc.get_threshold(), gc.get_freeze_count()
    gc.unfreeze()
    yield
    gc.set_threshold(*thresholds)
    if frozen:
        gc.freeze()


def test_afterwards_no_look_for_garbage_stops_the_worker_for_long(app, as_python_does, monkeypatch):
    """By how much there is to look through: what was loaded is left alone, and is most of it."""
    monkeypatch.setattr(warmup, "PAUSE_SECONDS", 0)
    before = len(gc.get_objects())
    warmup.start(app).join(30)
    assert len(gc.get_objects()) < before / 10
    newest, older, all_of_it = gc.get_threshold()
    assert newest * older * all_of_it > 100 * 700 * 10 * 10
