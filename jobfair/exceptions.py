"""What is raised, anywhere above the domain, when a request cannot be answered."""

from __future__ import annotations


class NotFound(Exception):
    """No such thing, or not the asker's: the two are not told apart. `what` names its kind."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class Problem(Exception):
    """A request that cannot be answered: raise it anywhere above the services.

    `code` is for programs, `sentence` (translated) for people, `status` the HTTP status.
    """

    def __init__(self, code: str, sentence: str, status: int = 400) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence
        self.status = status


class PinWanted(Problem):
    """A company's link was used by somebody who has not given the stand's PIN."""
