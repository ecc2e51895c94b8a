"""What docs/asvs.md claims is missed by its test where it is taken out: some rows, others each
time."""

import subprocess
import sys

from tests.support import chance
from tests.system.support.serving import PROJECT

SOME = 4


def test_what_is_taken_out_is_noticed():
    # In a process of its own, which has imported nothing of the project.
    command = [sys.executable, "-m", "tools.claims", f"--sample={SOME}", f"--seed={chance.seed()}"]
    said = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
    assert said.returncode == 0, said.stdout + said.stderr
    assert said.stdout.count("noticed (") + said.stdout.count("not tried") == SOME
