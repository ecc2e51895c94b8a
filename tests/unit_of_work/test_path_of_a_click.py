"""How far one click goes: from a student's «start» to its commit and hint, file by file."""

import inspect
import sys
import tomllib
from pathlib import Path

import pytest

import jobfair
from jobfair.blueprints.student import entries
from jobfair.unit_of_work.batching import transact
from tests.support import factories

HOME = Path(jobfair.__file__).parent

AT_HAND = {"db", "models", "extensions", "exceptions", "clock", "metrics"}
"""What everything stands on. A reader who follows a click need not open it."""

MOST_FILES = 15


def package(file):
    """The package, or the module beside the packages, that a file belongs to."""
    return file.relative_to(HOME).with_suffix("").parts[0]


def storeys():
    """How high each package stands, as the check of the imports has it."""
    settings = tomllib.loads((HOME.parent / "pyproject.toml").read_text())
    contracts = settings["tool"]["importlinter"]["contracts"]
    (layers,) = (each["layers"] for each in contracts if each["type"] == "layers")
    return {
        name: height
        for height, storey in enumerate(reversed(layers))
        for name in storey.split(" | ")
    }


def ours(frame):
    """The file of ours in which a frame runs, or else its nearest caller that is ours."""
    while frame is not None:
        file = Path(frame.f_code.co_filename)
        if file.is_relative_to(HOME) and file.suffix == ".py":
            return file
        frame = frame.f_back
    return None


@pytest.fixture
def entered(app):
    """The files that a click enters, in order, each with the file that first called into it.

    Followed from the view until `transact` returns: the change is committed, and the hint is out.
    """
    alice = factories.student("Alice")
    entry_id = factories.entry(alice, factories.company())
    headers = alice.bearer() | {"Idempotency-Key": "a key"}
    view, last = inspect.unwrap(entries.start).__code__, transact.__code__
    found, inside = {}, []

    def follow(frame, event, _arg):
        if event == "call" and frame.f_code is view:
            inside.append(frame)
            found[ours(frame)] = None
        elif event == "return" and frame.f_code is last:
            inside.clear()
        elif inside and event == "call" and ours(frame) not in found:
            found[ours(frame)] = ours(frame.f_back)

    client = app.test_client()
    sys.setprofile(follow)
    try:
        answer = client.post(f"/entries/{entry_id}/start", headers=headers)
    finally:
        sys.setprofile(None)
    assert answer.status_code == 303
    return found


def test_a_click_enters_few_files(entered):
    followed = [str(file.relative_to(HOME)) for file in entered if package(file) not in AT_HAND]
    assert {"services", "unit_of_work", "domain", "feed"} <= {package(file) for file in entered}
    assert len(followed) <= MOST_FILES, followed


def test_a_click_goes_down_only(entered):
    """What is passed down, as the decision is, is called from below: in a file already entered."""
    height = storeys()
    upwards = [
        (str(caller), str(file))
        for file, caller in entered.items()
        if caller is not None and height[package(file)] > height[package(caller)]
    ]
    assert upwards == []
