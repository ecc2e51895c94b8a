"""The OpenAPI document: made from what the calls declare, with what it says beyond that, for
people and for generators. Imports what the interface is made of. Must not know any call.
"""
