"""An application whose commands tell what a process of its own is like."""

import os
import signal
from pathlib import Path

import click
from flask import Flask

app = Flask(__name__)
fair = app.cli.group("fair")(lambda: None)


@fair.command()
def priority():
    click.echo(f"priority {os.getpriority(os.PRIO_PROCESS, 0)}")


@fair.command()
@click.argument("path")
def last(path):
    """Go on until it is ended, and say who it is."""
    Path(path).write_text(str(os.getpid()))
    signal.pause()


@fair.command()
def fail():
    raise SystemExit(3)
