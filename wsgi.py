"""The application object, for gunicorn (`wsgi:app`) and `flask --app wsgi`.

Nothing is monkey-patched here: gunicorn's gevent worker patches before it imports this file,
which is early enough for psycopg and redis (both look at the sockets they find on import), and
the command line has no event loop to protect.
"""

import sys

from jobfair import create_app
from jobfair.settings import InvalidSettings

try:
    app = create_app()
except InvalidSettings as error:
    # Sentences, and not the stack, to the person who called a command.
    sys.exit(str(error))
