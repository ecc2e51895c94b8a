"""What a stand does with its link, beside calling students."""

from __future__ import annotations

from jobfair.blueprints.api.stand import figures, messages, profile, screen

BLUEPRINTS = (screen.blueprint, messages.blueprint, profile.blueprint, figures.blueprint)
