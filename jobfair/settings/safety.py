"""Checks whether the settings are safe to serve with; each problem is a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from jobfair.settings import Configuration, Settings

SECRET_LENGTH = 32
PASSWORD_LENGTH = 8
LEAST_VARIETY = 10
"""Least number of different characters in a secret; a random one has more."""

DEMO_PASSWORD = "demo-jobfair"  # noqa: S105 - public, and refused for that

HOW_TO_MAKE_ONE = "`openssl rand -hex 32` makes one."

Check = tuple[str, bool, str]
"""A setting, whether it is wrong, and the sentence to show if so."""


def problems(configuration: Configuration, workers: int) -> list[str]:
    """All problems with these settings, each as a sentence; empty if they are safe.

    Some settings are always wrong. Several workers are checked more strictly, and production
    most. No sentence repeats a value that may hold a password. `workers` is their number.
    """
    settings = configuration.settings
    checks = [*_mail(settings), *_school_account(settings)]
    if workers > 1 or settings.production:
        checks += [*_secrets(settings), *_debugging(configuration)]
    if settings.production:
        checks += _production(settings)
    if workers > 1:
        checks += _several_workers(settings, workers)
    found = dict(configuration.wrong)
    for name, is_wrong, sentence in checks:
        # A setting that cannot be read already has its sentence.
        if is_wrong:
            found.setdefault(name, sentence)
    return list(found.values())


def _mail(settings: Settings) -> Iterator[Check]:
    sends = bool(settings.smtp_url)
    yield (
        "mail_from",
        sends and not settings.mail_from,
        "JOBFAIR_SMTP_URL is set, so JOBFAIR_MAIL_FROM must say whom mails come from.",
    )
    yield (
        "public_url",
        sends and not settings.public_url,
        "JOBFAIR_SMTP_URL is set, so JOBFAIR_PUBLIC_URL must say where links in mails lead, "
        "such as https://fair.example.",
    )


def _school_account(settings: Settings) -> Iterator[Check]:
    three = {
        "oidc_issuer": settings.oidc_issuer,
        "oidc_client_id": settings.oidc_client_id,
        "oidc_client_secret": settings.oidc_client_secret,
    }
    for name, value in three.items():
        yield (
            name,
            any(three.values()) and not value,
            "The school's account needs JOBFAIR_OIDC_ISSUER, JOBFAIR_OIDC_CLIENT_ID and "
            f"JOBFAIR_OIDC_CLIENT_SECRET: JOBFAIR_{name.upper()} is not set.",
        )
    yield (
        "public_url",
        bool(settings.oidc_issuer) and not settings.public_url,
        "JOBFAIR_OIDC_ISSUER is set, so JOBFAIR_PUBLIC_URL must say where the school's sign-in "
        "sends people back to, such as https://fair.example.",
    )


def _secrets(settings: Settings) -> Iterator[Check]:
    secret, password = settings.secret_key, settings.admin_password
    yield (
        "secret_key",
        not secret,
        f"JOBFAIR_SECRET_KEY is not set, and it signs every session: {HOW_TO_MAKE_ONE}",
    )
    yield (
        "secret_key",
        len(secret) < SECRET_LENGTH,
        f"JOBFAIR_SECRET_KEY is shorter than {SECRET_LENGTH} characters: {HOW_TO_MAKE_ONE}",
    )
    yield (
        "secret_key",
        len(set(secret)) < LEAST_VARIETY,
        f"JOBFAIR_SECRET_KEY can be guessed: {HOW_TO_MAKE_ONE}",
    )
    yield (
        "admin_password",
        0 < len(password) < PASSWORD_LENGTH,
        f"JOBFAIR_ADMIN_PASSWORD is shorter than {PASSWORD_LENGTH} characters.",
    )
    yield (
        "admin_password",
        password == DEMO_PASSWORD,
        "JOBFAIR_ADMIN_PASSWORD is that of the demo, which everybody knows: take another.",
    )


def _debugging(configuration: Configuration) -> Iterator[Check]:
    settings = configuration.settings
    switches = {
        "JOBFAIR_DEBUG": bool(settings.debug),
        "JOBFAIR_TESTING": settings.testing,
        "FLASK_DEBUG": configuration.flask["DEBUG"],
    }
    for name, is_on in switches.items():
        sentence = f"{name} is on, and shows the inside of the program to people who find an error."
        yield name, is_on, sentence


def _production(settings: Settings) -> Iterator[Check]:
    yield (
        "session_cookie_secure",
        settings.session_cookie_secure is False,
        "JOBFAIR_SESSION_COOKIE_SECURE is false: sign-ins would also be sent in clear. "
        "Put HTTPS in front.",
    )
    yield (
        "oidc_issuer",
        settings.oidc_issuer.startswith("http:"),
        "JOBFAIR_OIDC_ISSUER begins with http: somebody on the way could say who signs in. "
        "Let it begin with https.",
    )
    yield (
        "push_anywhere",
        settings.push_anywhere,
        "JOBFAIR_PUSH_ANYWHERE is true: any student could have this server call machines of the "
        "local network.",
    )
    yield (
        "ratelimit_enabled",
        not settings.ratelimit_enabled,
        "JOBFAIR_RATELIMIT_ENABLED is false: passwords and links could be guessed without end.",
    )
    yield (
        "public_url",
        settings.public_url.startswith("http:"),
        "JOBFAIR_PUBLIC_URL begins with http: links would lead to a page that is sent in clear. "
        "Let it begin with https.",
    )


def _several_workers(settings: Settings, workers: int) -> Iterator[Check]:
    yield (
        "redis_url",
        not settings.redis_url,
        f"JobFair cannot run {workers} workers without Redis: "
        "set JOBFAIR_REDIS_URL, or JOBFAIR_WORKERS=1.",
    )
    yield (
        "database_url",
        (settings.database_url or "sqlite").startswith("sqlite"),
        f"JobFair cannot run {workers} workers on SQLite: "
        "set JOBFAIR_DATABASE_URL to a PostgreSQL database, or JOBFAIR_WORKERS=1.",
    )
