"""What needs no sign-in: the hall's screen, the draw, health, and the files of the web app.

Imports what all blueprints may import, and no other blueprint package.
"""

from __future__ import annotations

from jobfair.blueprints.public import colours, draw, hall, hall_maps, health, logos, web_app

BLUEPRINTS = tuple(
    each.blueprint for each in (hall, hall_maps, logos, colours, draw, health, web_app)
)
