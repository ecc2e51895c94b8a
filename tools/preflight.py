"""Say why the server could not start, before it is started.

Reads the same gunicorn.conf.py that will serve. Exits 1 with a sentence for each problem, or 0
in silence.
"""

import errno
import runpy
import socket
import sys


def port_problem(bind: str) -> str | None:
    """Try the address `host:port`; return what is wrong with it, or None when it is free."""
    if bind.startswith("unix:"):
        return None
    host, _, port = bind.rpartition(":")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host.strip("[]"), int(port)), family=family).close()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return (
                f"Port {port} is already in use, perhaps by another JobFair: "
                f"stop that one, or choose another port, such as `make run PORT={int(port) + 1}`."
            )
        return f"JobFair cannot listen on {bind}: {error.strerror}."
    return None


def main() -> None:
    """Check the settings, then the ports."""
    conf = runpy.run_path("gunicorn.conf.py")
    found = conf["problems"](conf["configuration"], conf["workers"])
    found = found or list(filter(None, map(port_problem, conf["bind"])))
    if found:
        sys.exit("\n".join(found))


if __name__ == "__main__":
    main()
