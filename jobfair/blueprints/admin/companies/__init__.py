"""The companies: their list, each one with its queue, their links and prints."""

from __future__ import annotations

from jobfair.blueprints.admin.companies import (
    company,
    directory,
    leaving,
    link_mails,
    links,
    logo,
    many,
    paper_interviews,
    pin,
    prints,
    queue,
    swapping,
)

BLUEPRINTS = tuple(
    each.blueprint
    for each in (
        directory,
        links,
        link_mails,
        many,
        company,
        leaving,
        logo,
        pin,
        queue,
        swapping,
        paper_interviews,
        prints,
    )
)
