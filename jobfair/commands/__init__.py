"""`flask fair`: what is done from a terminal, before the day and beside it."""

from __future__ import annotations

from jobfair.commands import (
    backups,
    locations,
    organisers,
    paper,
    purge,
    setup,
)
from jobfair.commands.group import FairGroup

fair = FairGroup("fair", help="Prepare and look after the fair.")

for command in (
    setup.setup,
    setup.demo,
    organisers.admin,
    paper.paper,
    backups.backup,
    backups.restore,
    purge.purge,
    locations.where,
):
    fair.add_command(command)
