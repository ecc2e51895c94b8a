"""What the calls about the whole fair answer: a file of shapes for each resource."""
