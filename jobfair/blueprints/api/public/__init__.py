"""What anybody may read through JSON: the draw, and what the hall's screen shows by its link.

Imports what the interface is made of. Must not know who is signed in.
"""

from __future__ import annotations

from jobfair.blueprints.api.public import draws, hall_screen

BLUEPRINTS = (draws.blueprint, hall_screen.blueprint)
