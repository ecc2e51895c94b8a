"""Calls that reach a phone whose page is closed, through the push service of its browser.

May import `feed/`, the catalogue, `security/`, `db/` and the models. It knows no page: the service
worker shows what arrives. `sender` follows the journal, `pushes` decides, `delivery` sends.
"""
