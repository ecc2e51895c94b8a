"""What makes an app of the site: its service worker, its manifest, a page for without network."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, current_app, jsonify, make_response, render_template
from flask_babel import force_locale
from flask_babel import gettext as _

from jobfair.queries.fair import fair_identity
from jobfair.web.rendering.assets import REVALIDATE, address
from jobfair.wording import language
from jobfair.wording.language import LANGUAGES

blueprint = Blueprint("web_app", __name__)

ICONS = (
    ("icon-192.png", "192x192", "any"),
    ("icon-512.png", "512x512", "any"),
    ("icon-maskable-512.png", "512x512", "maskable"),
)
BAR = "#17191f"
PAPER = "#f4f3ef"
"""`--bar` and `--paper` of tokens.css."""


@blueprint.get("/service-worker.js")
def service_worker() -> Response:
    """At the root, as a service worker rules what is below its own address."""
    script = Path(str(current_app.static_folder)) / "service-worker.js"
    response = make_response(script.read_bytes())
    response.mimetype = "text/javascript"
    # A browser that kept an old one would go on with what has been mended.
    response.headers["Cache-Control"] = REVALIDATE
    response.headers["Service-Worker-Allowed"] = "/"
    return response


@blueprint.get("/manifest.webmanifest")
def manifest() -> Response:
    the_fair = fair_identity.current()
    response = jsonify(
        name=the_fair.title,
        short_name=the_fair.title,
        description=_("Queues of the job fair, and a call when it is your turn."),
        lang=language.current(),
        id="/dashboard",
        start_url="/dashboard",
        scope="/",
        display="standalone",
        background_color=PAPER,
        theme_color=BAR,
        icons=[
            {"src": address(f"icons/{name}"), "sizes": sizes, "type": "image/png", "purpose": use}
            for name, sizes, use in ICONS
        ],
    )
    response.mimetype = "application/manifest+json"
    response.headers["Cache-Control"] = REVALIDATE
    return response


@blueprint.get("/offline")
def offline() -> str:
    """Kept by the service worker, in every language, as it is shown when nothing can be asked."""
    return render_template(
        "errors/offline.html", texts=[(each, *_without_network(each)) for each in LANGUAGES]
    )


def _without_network(language_code: str) -> tuple[str, str]:
    with force_locale(language_code):
        return (
            _("No network"),
            _("Your places are kept. This page tries again by itself every ten seconds."),
        )
