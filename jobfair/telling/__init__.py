"""The journal in words, for organisers: a sentence for each kind of event, in their language."""
