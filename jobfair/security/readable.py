"""Values that a log shows although they look like what is redacted."""


class Readable(str):
    """An address that the operator has asked to see in the log, for a program that reads it."""

    __slots__ = ()
