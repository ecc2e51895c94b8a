"""Accounts and sign-ins, and the programs and servers that organisers let in.

May import the base and what columns hold about people. They know no other room.
"""
