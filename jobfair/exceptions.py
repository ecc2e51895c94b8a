"""What is raised when somebody asks for a thing that is not there."""

from __future__ import annotations


class NotFound(Exception):
    """No such thing, or not the asker's: the two are not told apart. `what` names its kind."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what
