"""What happens to a request before and after its view: sign-in, limits, errors, compression.

May import `live`, services, queries and what is below them. Must not know any blueprint.
"""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Bind all of it to the app, in the order in which a request meets it."""
    from jobfair.web import client_disconnect, errors, idempotency, language, request_log, urls
    from jobfair.web.rendering import assets, compression
    from jobfair.web.rendering.templating import TranslatedEnvironment
    from jobfair.web.security import other_origins, proxies
    from jobfair.web.security.browsers import headers
    from jobfair.web.security.limits import account_turns, hash_senders, rate_limit_headers
    from jobfair.web.security.limits.rate_limits import limiter
    from jobfair.web.security.sign_in import authentication, pending_steps

    app.jinja_environment = TranslatedEnvironment
    urls.init_app(app)
    request_log.init_app(app)
    client_disconnect.init_app(app)
    proxies.init_app(app)
    other_origins.init_app(app)
    rate_limit_headers.init_app(app)
    limiter.init_app(app)
    language.init_app(app)
    authentication.init_app(app)
    pending_steps.init_app(app)
    hash_senders.init_app(app)
    account_turns.init_app(app)
    errors.init_app(app)
    headers.init_app(app)
    compression.init_app(app)
    # After compression, so that the stored answer is the text, not its compressed form.
    idempotency.init_app(app)
    assets.init_app(app)
