"""What organisers do with the whole fair, through JSON; a file for each resource."""

from __future__ import annotations

from jobfair.blueprints.api.organisers import (
    audit,
    backups,
    day,
    emergency,
    exports,
    fair,
    halls,
    imports,
    link_mails,
    links,
    many,
    rehearsals,
    report,
    second_factor,
    sign_up,
)

BLUEPRINTS = tuple(
    each.blueprint
    for each in (
        fair,
        sign_up,
        halls,
        emergency,
        audit,
        report,
        day,
        exports,
        links,
        link_mails,
        many,
        imports,
        backups,
        rehearsals,
        second_factor,
    )
)
