"""The journal in words: every event for organisers, and for a student their own day."""
