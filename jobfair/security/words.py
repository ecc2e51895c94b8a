"""Words that are said in a hall: the same in French and in English, and easy to type."""

from __future__ import annotations

import secrets

_WORDS = (
    "agate alpha alto atlas banjo biscuit bonsai bravo cactus canal caramel cobra cosmos dahlia "
    "delta disco domino duo festival gala gamma golf iris jade jersey judo kayak kimono kiwi koala "
    "laser lava lotus magnolia melon mimosa nougat nova oasis onyx orange panda piano pixel polo "
    "poncho puma quartz radar radio robot rose rugby rumba safari samba sigma solo sonar studio "
    "tango tennis tram trio turbo yoga"
)


def new() -> str:
    """A word with a number behind it, of some sixty thousand: `piano482`."""
    return f"{secrets.choice(_WORDS.split())}{100 + secrets.randbelow(900)}"
