"""Journal, hint, hub, stream: how what happened reaches every open page."""
