"""One server process around the application: gunicorn's worker, logs, metrics, garbage collection.

May import every other package. Only gunicorn.conf.py and the command line's start import it. It
knows no page and no rule. What the master imports (logs, metrics_port, gunicorn_worker) opens no
sockets.
"""
