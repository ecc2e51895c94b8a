"""What the team's calls answer: a file of shapes for each resource."""
