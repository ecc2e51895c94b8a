"""What is installed is locked, all of it, with hashes, and agrees with what is asked for."""

import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from subprocess import run

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).parents[2]
LOCKS = {
    "requirements.lock": ["requirements.txt"],
    "tools/uv.lock": ["tools/uv.txt"],
    "requirements-dev.lock": ["requirements.txt", "requirements-dev.txt"],
}
PYTHONS = ["3.11.0", "3.11.9", "3.12.0", "3.13.0", "3.14.0"]
MACHINES = ["x86_64", "aarch64"]
LOCKED = re.compile(r"^([\w.-]+)==(\S+)((?: \\\n    --hash=sha256:[0-9a-f]{64})+)$", re.MULTILINE)


def asked_for(file):
    lines = (PROJECT / file).read_text().splitlines()
    return [Requirement(line) for line in lines if line and line[0].isalpha()]


def locked(lock):
    """Versions by name."""
    found = LOCKED.findall((PROJECT / lock).read_text())
    return {canonicalize_name(name): version for name, version, _hashes in found}


def everywhere(requirement, extra=""):
    """Whether any machine and Python that we run on needs it."""
    return requirement.marker is None or any(
        requirement.marker.evaluate(
            {
                **default_environment(),
                "extra": extra,
                "python_full_version": python,
                "python_version": python.rpartition(".")[0],
                "platform_machine": machine,
            }
        )
        for python in PYTHONS
        for machine in MACHINES
    )


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_agrees_with_what_is_asked_for(lock):
    has = locked(lock)
    for file in LOCKS[lock]:
        for wanted in asked_for(file):
            version = has.get(canonicalize_name(wanted.name))
            said = f"{wanted}: {lock} has {version}; run `make lock` and commit what it writes"
            assert version is not None, said
            assert wanted.specifier.contains(version), said


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_all_that_its_packages_need(lock):
    """On each Python from 3.11 on and on both kinds of machine."""
    has, todo, seen = locked(lock), [], set()
    for file in LOCKS[lock]:
        todo += [(each.name, frozenset(each.extras)) for each in asked_for(file)]
    while todo:
        name, extras = todo.pop()
        assert canonicalize_name(name) in has, f"{lock} lacks {name}: run `make lock`"
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        try:
            needs = [Requirement(each) for each in distribution(name).requires or []]
        except PackageNotFoundError:
            # For another Python than this one.
            continue
        for need in needs:
            if any(everywhere(need, extra) for extra in ("", *extras)):
                todo.append((need.name, frozenset(need.extras)))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_and_nothing_unhashed(lock):
    text = (PROJECT / lock).read_text()
    assert not LOCKED.sub("", re.sub(r"^#.*$", "", text, flags=re.MULTILINE)).strip()
    assert "://" not in text


@pytest.mark.parametrize("lacking", ["-m uv ", "tools/uv.lock"])
def test_what_uv_cannot_install_pip_installs(tmp_path, lacking):
    """It does not read pip's settings, and is not to be had on every machine."""
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\necho "$*" >> asked\ncase "$*" in *"{lacking}"*) exit 1;; esac\n')
    python.chmod(0o755)
    run(["sh", PROJECT / "tools" / "install.sh", "some.lock"], cwd=tmp_path, check=True)
    last = (tmp_path / "asked").read_text().splitlines()[-1]
    assert last.startswith("-m pip install ")
    assert last.endswith(" --require-hashes -r some.lock")
