"""What a viewer may read, as plain values for pages, JSON and streams. Nothing here writes."""
