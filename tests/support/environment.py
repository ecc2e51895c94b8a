"""The settings of an environment that a test makes up."""

import os
from unittest.mock import patch

from jobfair import settings


def read(environ, overrides=None):
    """What is read where nothing but `environ` is set."""
    with patch.dict(os.environ, environ, clear=True):
        return settings.read(overrides)
