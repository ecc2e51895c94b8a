"""`flask fair`: what is done from a terminal, before the day and beside it."""

from __future__ import annotations

from jobfair.commands import admin, backup, paper, purge, setup, where
from jobfair.commands.group import FairGroup

fair = FairGroup("fair", help="Prepare and look after the fair.")

for command in (
    setup.setup,
    setup.demo,
    admin.admin,
    paper.paper,
    backup.backup,
    backup.restore,
    purge.purge,
    where.where,
):
    fair.add_command(command)
