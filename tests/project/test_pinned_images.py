"""Images are named by tag and digest, and `make pin` renews them; here Docker is a stand-in."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
IMAGES = ("python:3.11-slim-bookworm", "nginx:1.30", "postgres:18", "valkey/valkey:9")


@pytest.fixture
def pin(tmp_path):
    """Runs it on copies of the files, with a Docker that says the same digest of every image."""
    for name in ("Dockerfile", "compose.yaml"):
        shutil.copy(PROJECT / name, tmp_path)
    docker = tmp_path / "docker"

    def run(digest):
        docker.write_text(f"#!/bin/sh\necho {digest}\n")
        docker.chmod(0o755)
        path = f"{tmp_path}:{os.environ['PATH']}"
        script = PROJECT / "tools/pin_images.sh"
        done = subprocess.run(
            ["sh", script], cwd=tmp_path, env={"PATH": path}, capture_output=True, text=True
        )
        files = [(tmp_path / name).read_text() for name in ("Dockerfile", "compose.yaml")]
        return done.returncode, "\n".join(files)

    return run


def test_every_image_is_named_by_tag_and_digest():
    for name in ("Dockerfile", "compose.yaml"):
        text = (PROJECT / name).read_text()
        # That one is built here.
        named = re.findall(r"^(?:FROM|\s+image:)\s+(\S+)", text, re.MULTILINE)
        others = [each for each in named if each != "jobfair"]
        assert others
        for each in others:
            assert re.fullmatch(r"[a-z/]+:[\w.-]+@sha256:[0-9a-f]{64}", each), each


def test_each_image_gets_its_digest_and_later_another(pin):
    first, second = f"sha256:{'a' * 64}", f"sha256:{'b' * 64}"
    for digest in (first, second):
        status, files = pin(digest)
        assert status == 0
        for image in IMAGES:
            assert f" {image}@{digest}" in files
            assert files.count(f" {image}@") == files.count(f" {image}")
    assert first not in files
    assert " AS packages" in files


def test_without_an_answer_nothing_is_written(pin):
    before = "\n".join((PROJECT / name).read_text() for name in ("Dockerfile", "compose.yaml"))
    status, files = pin("unauthorized")
    assert status != 0
    assert files == before
