"""The companies: their list, each one with its queue, their links and prints."""

from __future__ import annotations

from jobfair.blueprints.admin.companies import company, directory, pin, prints, queue

BLUEPRINTS = tuple(each.blueprint for each in (directory, company, pin, queue, prints))
