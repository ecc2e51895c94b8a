"""How fast JobFair is, measured on the servers it runs on. `python -m bench` runs everything."""
