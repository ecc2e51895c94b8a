"""Which of a stand's devices is asking, and whether it has given the PIN.

May import `web/security/browsers/` and `web/security/limits/`. It does not know the accounts.
"""
