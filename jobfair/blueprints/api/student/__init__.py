"""What concerns one student: their badge, what they were told, a company as they see it."""

from __future__ import annotations

from jobfair.blueprints.api.student import badge, companies, push_subscriptions, told

BLUEPRINTS = (
    badge.blueprint,
    companies.blueprint,
    told.blueprint,
    push_subscriptions.blueprint,
)
