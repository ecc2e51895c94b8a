"""What the JSON interface answers, by who reads it."""
