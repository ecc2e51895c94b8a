"""Addresses: who asks, what for, which service, which answer. No rules here."""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Register every blueprint."""
    from jobfair.blueprints.admin import blueprint as admin
    from jobfair.blueprints.api import init_app as init_api
    from jobfair.blueprints.auth import blueprint as auth
    from jobfair.blueprints.company import blueprint as company
    from jobfair.blueprints.day import blueprint as day
    from jobfair.blueprints.devices import blueprint as devices
    from jobfair.blueprints.guide import blueprint as guide
    from jobfair.blueprints.hall import blueprint as hall
    from jobfair.blueprints.health import blueprint as health
    from jobfair.blueprints.installing import blueprint as installing
    from jobfair.blueprints.invitation import blueprint as invitation
    from jobfair.blueprints.notes import blueprint as notes
    from jobfair.blueprints.pin import blueprint as pin
    from jobfair.blueprints.privacy import blueprint as privacy
    from jobfair.blueprints.reset import blueprint as reset
    from jobfair.blueprints.sign_ins import blueprint as sign_ins
    from jobfair.blueprints.stream import blueprint as stream
    from jobfair.blueprints.student import blueprint as student

    for blueprint in (
        auth,
        reset,
        sign_ins,
        privacy,
        invitation,
        student,
        day,
        company,
        pin,
        hall,
        notes,
        admin,
        guide,
        stream,
        health,
        devices,
        installing,
    ):
        app.register_blueprint(blueprint)
    init_api(app)
