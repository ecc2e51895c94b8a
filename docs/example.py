"""A small fair, played from outside: an organiser's program, students, stands, live events.

In an open fair, by a key that reads and changes: JOBFAIR_KEY=jf_… python docs/example.py URL
"""

import json
import os
import sys
from threading import Event, Thread
from urllib.request import Request, urlopen

SITE, KEY, RUN = sys.argv[1].rstrip("/"), os.environ["JOBFAIR_KEY"], os.getpid()
JSON = {"Content-Type": "application/json"}
FIRST, OWN = "handed out at the door", "chosen by oneself"


def call(method, path, token=None, **fields):
    """Send a call: by the owner of the token, or without one where the address is the secret."""
    who = {"Authorization": f"Bearer {token}"} if token else {}
    body = None if method == "GET" else json.dumps(fields).encode()
    return urlopen(Request(f"{SITE}/api{path}", body, {**JSON, **who}, method=method))


def ask(*args, **fields):
    return json.loads(call(*args, **fields).read() or "null")


def watch(connected):
    """Print what happens at the fair, as it happens."""
    for line in call("GET", "/events/", KEY):
        if line.startswith(b"event:"):
            print("heard", line[6:].decode().strip(), flush=True)
            connected.set()


def admit(name):
    """Make a student's account by the key; returns what they then sign in by."""
    own = {"email": f"{name}.{RUN}@example.org", "password": FIRST}
    ask("POST", "/students/admin/students/", KEY, **own, first_name=name, last_name=f"No {RUN}")
    token = ask("POST", "/auth/login/", **own)["access"]
    ask("POST", "/auth/password/", token, current_password=FIRST, new_password=OWN)
    return token


Thread(target=watch, args=[connected := Event()], daemon=True).start()
connected.wait(10)
students = {f"{name} No {RUN}": admit(name) for name in ("Alice", "Bob", "Chloe")}
for name in ("Acme", "Globex"):
    stand = ask("POST", "/companies/admin/companies/", KEY, name=f"{name} {RUN}")
    for token in students.values():
        ask("POST", "/queues/", token, company=stand["id"])
    queue = f"/company/{stand['access_token']}/queues"
    while called := ask("POST", f"{queue}/next/")["next_students"]:
        for act in ("start", "complete"):
            ask("POST", f"{queue}/{called[0]['queue_id']}/{act}/")
        # After an interview a student has a break, until they say that they are back.
        token = students[called[0]["student_name"]]
        ask("PATCH", "/students/me/status/", token, status="available")
    print(name, "has met", len(ask("GET", f"/companies/{stand['access_token']}/met/")))
print(ask("GET", "/admin/dashboard/", KEY)["completed_interviews"], "interviews in all")
