"""`flask fair`: what organisers do from a terminal, before the fair and while it runs.

May import `ops`, services, queries and what is below them. Must not know any page or blueprint.
"""

from __future__ import annotations

from jobfair.commands import (
    accounts,
    backups,
    forecast,
    locations,
    organisers,
    paper,
    purge,
    rehearse,
    setup,
    sign_up,
    team,
)
from jobfair.commands.group import FairGroup

fair = FairGroup("fair", help="Prepare and look after the fair.")

for command in (
    setup.setup,
    setup.demo,
    organisers.admin,
    team.team,
    paper.paper,
    backups.backup,
    backups.restore,
    purge.purge,
    rehearse.rehearse_fair,
    rehearse.play_rehearsal,
    forecast.forecast,
    sign_up.sign_up,
    accounts.remove_accounts,
    accounts.confirm_address,
    locations.where,
):
    fair.add_command(command)
