"""What one server process is, around the application: gunicorn's worker, logs, metrics, memory.

May import everything below it; nothing imports it but gunicorn.conf.py. It knows no page and no
rule. What the master imports (logs, metrics_port, gunicorn_worker) opens no sockets.
"""
