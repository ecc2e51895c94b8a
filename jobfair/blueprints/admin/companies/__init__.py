"""The companies: their list, each one with its queue, their links and prints."""

from __future__ import annotations

from jobfair.blueprints.admin.companies import (
    company,
    directory,
    leaving,
    links,
    logo,
    many,
    paper_interviews,
    pin,
    prints,
    queue,
)

BLUEPRINTS = tuple(
    each.blueprint
    for each in (
        directory,
        links,
        many,
        company,
        leaving,
        logo,
        pin,
        queue,
        paper_interviews,
        prints,
    )
)
