"""What an application for each test would compile again and again: its addresses and statements.

The one door to the insides of werkzeug's `Rule` and of SQLAlchemy's cache that the tests use;
tests/project/test_compiled_once.py fails on the release that changes them.
"""

from collections.abc import Callable

from werkzeug.routing import Rule

OF_A_RULE = ("_parts", "_trace", "_converters", "arguments")
BUILDERS = ("_build", "_build_unknown")
"""What `Rule.compile` makes: values that rules may share, and methods that each needs bound."""

WERKZEUGS_COMPILE = Rule.compile
"""As it is before the tests replace it."""


class CompiledStatements(dict):
    """SQLAlchemy's cache of compiled statements, shared by the engines of all tests.

    Its keys begin with the engine's dialect, which is the same for all applications here.
    """

    def get(self, key, default=None):
        return super().get(key[1:], default)

    def __setitem__(self, key, compiled):
        super().__setitem__(key[1:], compiled)


def compile_once() -> Callable[[Rule], None]:
    """A `Rule.compile` that compiles each address once."""
    compiled = {}

    def compile_or_copy(rule):
        defaults = tuple(sorted((rule.defaults or {}).items()))
        key = (rule.rule, rule.subdomain, rule.merge_slashes, defaults)
        if key not in compiled:
            WERKZEUGS_COMPILE(rule)
            compiled[key] = rule
        first = compiled[key]
        for name in OF_A_RULE:
            setattr(rule, name, getattr(first, name))
        for name in BUILDERS:
            setattr(rule, name, getattr(first, name).__func__.__get__(rule))

    return compile_or_copy
