"""The routes, one package per audience: each view parses, finds out who asks, calls and renders.

May import every package but `server` and `commands`. Must not know the rules of the
fair or how data is stored: services decide, queries read.
"""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Register every blueprint."""
    from jobfair.blueprints.account.confirm_password import blueprint as confirm_password
    from jobfair.blueprints.account.invitation import blueprint as invitation
    from jobfair.blueprints.account.login import blueprint as auth
    from jobfair.blueprints.account.new_password import blueprint as new_password
    from jobfair.blueprints.account.password_reset import blueprint as reset
    from jobfair.blueprints.account.privacy import blueprint as privacy
    from jobfair.blueprints.account.school import blueprint as school
    from jobfair.blueprints.account.sign_in_code import blueprint as sign_in_code
    from jobfair.blueprints.account.sign_ins import blueprint as sign_ins
    from jobfair.blueprints.admin import blueprint as admin
    from jobfair.blueprints.api import init_app as init_api
    from jobfair.blueprints.public import BLUEPRINTS as PUBLIC
    from jobfair.blueprints.stand.dashboard import blueprint as company
    from jobfair.blueprints.stand.door_sign import blueprint as door_sign
    from jobfair.blueprints.stand.figures import blueprint as figures
    from jobfair.blueprints.stand.messages import blueprint as stand_messages
    from jobfair.blueprints.stand.notes import blueprint as notes
    from jobfair.blueprints.stand.pin import blueprint as pin
    from jobfair.blueprints.stand.profile import blueprint as own_profile
    from jobfair.blueprints.streams.pages import blueprint as stream
    from jobfair.blueprints.student import blueprint as student
    from jobfair.blueprints.student.push_subscriptions import blueprint as push_subscriptions

    for blueprint in (
        auth,
        school,
        reset,
        new_password,
        confirm_password,
        sign_in_code,
        sign_ins,
        privacy,
        invitation,
        student,
        company,
        door_sign,
        stand_messages,
        pin,
        own_profile,
        figures,
        notes,
        *PUBLIC,
        admin,
        stream,
        push_subscriptions,
    ):
        app.register_blueprint(blueprint)
    init_api(app)
