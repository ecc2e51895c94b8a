"""Calls that reach a phone whose page is closed: journal, sender, push service, service worker."""
