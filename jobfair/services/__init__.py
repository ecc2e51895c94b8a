"""What can be done at the fair: one function per use case, each one transaction."""
