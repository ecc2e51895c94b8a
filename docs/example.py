"""A small fair, played from outside: an organiser's program, students, stands, live events.

    JOBFAIR_KEY=jf_… python docs/example.py http://127.0.0.1:8000

The key is made on the page «Programs» and may read and change; the fair has to be open.
Needs nothing but Python.
"""

import json
import os
import sys
from threading import Event, Thread
from urllib.error import HTTPError
from urllib.request import Request, urlopen

SITE, KEY = sys.argv[1].rstrip("/"), os.environ["JOBFAIR_KEY"]
FIRST, OWN = "handed out at the door", "chosen by oneself"


def ask(method, path, token=None, **fields):
    """Make a call as whoever the token is, or as whoever knows the address. Returns the answer."""
    headers = {"Content-Type": "application/json", "Accept-Language": "en"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    body = None if method == "GET" else json.dumps(fields).encode()
    try:
        with urlopen(Request(f"{SITE}/api{path}", body, headers, method=method)) as answer:
            text = answer.read()
    except HTTPError as refused:
        sys.exit(f"{method} {path}: {refused.read().decode()}")
    return json.loads(text) if text else None


def watch(connected):
    """Print what happens at the fair, as it happens."""
    stream = urlopen(Request(f"{SITE}/api/events/", headers={"Authorization": f"Bearer {KEY}"}))
    for line in stream:
        name, _, said = line.decode().strip().partition(":")
        if name == "event":
            print("heard", said.strip(), flush=True)
            connected.set()


def admit(name):
    """Make a student's account by the key, and sign in as they do. Returns their token."""
    email = f"{name.lower()}.{os.getpid()}@example.org"
    person = {"email": email, "first_name": name, "last_name": "Example"}
    ask("POST", "/students/admin/students/", KEY, **person, password=FIRST)
    token = ask("POST", "/auth/login/", email=email, password=FIRST)["access"]
    ask("POST", "/auth/password/", token, current_password=FIRST, new_password=OWN)
    return token


def see_everybody(stand, students):
    """Hold the interviews of a stand one after the other; its link is all that it needs."""
    done = 0
    while True:
        called = ask("POST", f"/company/{stand['access_token']}/queues/next/")["next_students"]
        if not called:
            return done
        place = f"/company/{stand['access_token']}/queues/{called[0]['queue_id']}"
        student = students[called[0]["student_name"]]
        ask("POST", f"{place}/start/")
        ask("POST", f"{place}/complete/")
        # Whoever comes out of an interview has a break, until they say that they are back.
        ask("PATCH", "/students/me/status/", student, status="available")
        done += 1


connected = Event()
Thread(target=watch, args=[connected], daemon=True).start()
connected.wait(10)
names = (f"{name} {os.getpid()}" for name in ("Acme", "Globex"))
stands = [ask("POST", "/companies/admin/companies/", KEY, name=name) for name in names]
students = {f"{name} Example": admit(name) for name in ("Alice", "Bob", "Chloe")}
for token in students.values():
    for stand in stands:
        ask("POST", "/queues/", token, company=stand["id"])
for stand in stands:
    print(stand["name"], "has met", see_everybody(stand, students))
print(ask("GET", "/admin/dashboard/", KEY)["completed_interviews"], "interviews in all")
