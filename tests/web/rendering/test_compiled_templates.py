"""A process that starts compiles no template again that another has compiled."""

import os
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from jobfair.web.rendering import compiled_templates
from jobfair.web.rendering.compiled_templates import kept_in


@pytest.fixture
def package(tmp_path, monkeypatch):
    """The code and the translations that templates are compiled with."""
    for name in ("filters.py", "messages.mo", "page.html"):
        (tmp_path / "package" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "package" / name).write_text(name)
    monkeypatch.setattr(compiled_templates, "PACKAGE", tmp_path / "package")
    return tmp_path / "package"


@pytest.fixture
def compiled(monkeypatch):
    """The source of each template that is compiled."""
    sources, compile_ = [], Environment.compile

    def seen(self, source, *rest, **more):
        sources.append(source)
        return compile_(self, source, *rest, **more)

    monkeypatch.setattr(Environment, "compile", seen)
    return sources


def started(directory: Path, source: str = "Bonjour") -> str:
    """What a process that starts makes of its template."""
    environment = Environment(
        loader=DictLoader({"page.html": source}),
        bytecode_cache=kept_in(directory),
        autoescape=True,
    )
    return environment.get_template("page.html").render()


def test_the_next_process_compiles_nothing(tmp_path, package, compiled):
    assert [started(tmp_path / "kept") for _ in range(3)] == ["Bonjour"] * 3
    assert compiled == ["Bonjour"]


def test_another_source_is_compiled(tmp_path, package):
    started(tmp_path / "kept")
    assert started(tmp_path / "kept", "Bonsoir") == "Bonsoir"


@pytest.mark.parametrize("name", ["filters.py", "messages.mo"])
def test_all_is_compiled_after_a_change_to_code_or_translations(tmp_path, package, compiled, name):
    started(tmp_path / "kept")
    (package / name).write_text("anything else")
    started(tmp_path / "kept")
    assert compiled == ["Bonjour"] * 2
    was = (package / name).stat()
    os.utime(package / name, ns=(was.st_atime_ns, was.st_mtime_ns + 1))
    started(tmp_path / "kept")
    assert compiled == ["Bonjour"] * 3


def test_the_folder_is_its_owners_alone(tmp_path, package):
    started(tmp_path / "kept")
    assert (tmp_path / "kept").stat().st_mode & 0o077 == 0


def test_where_nothing_can_be_kept_pages_are_compiled(tmp_path, package):
    (tmp_path / "file").write_text("")
    assert started(tmp_path / "file" / "kept") == "Bonjour"


def test_a_full_disk_fails_no_page(tmp_path, package, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("jinja2.bccache.tempfile.NamedTemporaryFile", full)
    assert started(tmp_path / "kept") == "Bonjour"
    assert not any((tmp_path / "kept").iterdir())
