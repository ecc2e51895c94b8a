"""The list of 300 companies on a phone slowed four times: its bytes, its search, its frames."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle

from playwright.sync_api import Page, ViewportSize, sync_playwright

from bench.fairs import BenchFair, Ground
from bench.figures import Figure
from bench.load import in_turn, request, run
from bench.wire import bytes_of
from tests.support import factories
from tests.system.support.clients import Client
from tools.browsers import CHROMIUM

COMPANIES = 300
SEED = 7

PHONE = ViewportSize(width=390, height=844)
SLOWED = 4
TYPED = ("data", "stage conseil", "b12", "robotique")
KEY_MS = 170
"""Between two keys, of somebody who types quickly with a thumb."""
SETTLES_MS = 1200
"""After the last key: the list's answer, and whatever the page does then."""

LATE_MS = 20
"""A frame that takes longer leaves out at least one of sixty a second."""
KEY_SHOWN_MS = 100
"""Within which a key is drawn: until then somebody is typing."""

SYLLABLES = ("al", "ba", "cor", "dé", "el", "fon", "gra", "hu", "ko", "lum", "mé", "or", "qui")
SECTORS = ("Data", "Conseil", "Robotique", "Banque", "Énergie", "Chimie", "Logiciel", "Santé")
OFFERS = ("internship", "internship, job", "apprenticeship", "job, phd")

WATCH = """() => {
  window.frames_ms = [];
  window.keys_ms = [];
  addEventListener("keydown", () => keys_ms.push(performance.now()), true);
  let last = performance.now();
  const next = (now) => {
    frames_ms.push([last, now - last]);
    last = now;
    requestAnimationFrame(next);
  };
  requestAnimationFrame((now) => { last = now; requestAnimationFrame(next); });
}"""
"""Notes when each frame of the page began and how long it took, and when each key was pressed."""


@dataclass(frozen=True)
class Frames:
    """How long each frame took, in milliseconds: while somebody typed, and after a word."""

    typing: tuple[float, ...]
    after: tuple[float, ...]

    @classmethod
    def of(cls, frames: Sequence[tuple[float, float]], keys: Sequence[float]) -> Frames:
        """Of frames with their beginning, and the moments of the keys."""
        words = list(_words(keys))
        typing: list[float] = []
        after: list[float] = []
        for began, took in frames:
            typed = any(first <= began + took and began <= last for first, last in words)
            (typing if typed else after).append(took)
        return cls(tuple(typing), tuple(after))

    @property
    def late(self) -> int:
        return sum(each > LATE_MS for each in self.typing)

    @property
    def longest(self) -> float:
        return max(self.typing)


def _words(keys: Sequence[float]) -> Iterator[tuple[float, float]]:
    """From the first key of each word until its last is drawn."""
    first = keys[0]
    for key, following in zip(keys, [*keys[1:], math.inf], strict=True):
        if following - key > SETTLES_MS:
            yield first, key + KEY_SHOWN_MS
            first = following


def measure(ground: Ground, quick: bool) -> Iterator[Figure]:
    """The rows of the table about the list of companies."""
    with ground.fair() as fair:
        student = _filled(fair)
        first = bytes_of(fair.server.port, student, "/companies")
        yield Figure("300 companies: first view of the list", first / 1000, "KB", 12)
        answers = _searched(fair, student, 1.0 if quick else 4.0)
        yield Figure("… a search, on its own: median", answers * 1000, "ms", 10)
        if CHROMIUM is not None:
            yield from _typed(fair, student, 1 if quick else 3)


def _filled(fair: BenchFair) -> Client:
    """A fair of companies with profiles, of which some have people waiting."""
    chance = random.Random(SEED)  # noqa: S311 - the same fair each time
    ids = [_company(fair, chance, number) for number in range(COMPANIES)]
    crowd = fair.crowd(60)
    fair.fill({each: chance.sample(crowd, chance.randint(1, 12)) for each in ids[::3]})
    return crowd[0]


def _company(fair: BenchFair, chance: random.Random, number: int) -> int:
    name = "".join(chance.choices(SYLLABLES, k=3)).capitalize()
    with fair.inside():
        company_id = factories.company(
            f"{name} {chance.choice(SECTORS)} {number}",
            stand=f"{'ABCDEF'[number % 6]}{number // 6 + 1}",
            hall=f"Hall {'ABCDEF'[number % 6]}",
            sectors=", ".join(chance.sample(SECTORS, 2)),
            looking_for=chance.choice(OFFERS),
            description=f"Une équipe de {number + 3} personnes. " * 6,
        )
    return int(company_id)


def _searched(fair: BenchFair, student: Client, seconds: float) -> float:
    """How long a search takes that is asked for alone, in seconds."""
    headers = student.headers | {"Accept": "text/vnd.jobfair.fragments+html"}
    asked = request("GET", "/companies?q=data", headers)
    return run(fair.server.port, in_turn(cycle([asked])), 1, seconds).all_answered().percentile(0.5)


def _typed(fair: BenchFair, student: Client, times: int) -> Iterator[Figure]:
    """The frames while somebody types; the floor is the same on a page without a list."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(
            base_url=f"http://127.0.0.1:{fair.server.port}", viewport=PHONE, device_scale_factor=2
        )
        name, _, value = student.headers["Cookie"].partition("=")
        context.add_cookies([{"name": name, "value": value, "url": _site(fair)}])
        page = context.new_page()
        floor = _frames(page, "/profile", "[name=first_name]", times)
        frames = _frames(page, "/companies", "#search-text", times)
        browser.close()
    keys = sum(map(len, TYPED)) * times
    said = f"… frames over {LATE_MS} ms while {keys} keys are typed, a phone slowed {SLOWED} times"
    yield Figure(said, frames.late, f"of {len(frames.typing)}", 0, floor=floor.late)
    yield Figure("… the longest of them", frames.longest, "ms", LATE_MS, floor=floor.longest)
    shown = max(frames.after)
    yield Figure("… the longest as what was found is shown", shown, "ms", floor=max(floor.after))


def _frames(page: Page, path: str, field: str, times: int) -> Frames:
    page.goto(path)
    page.wait_for_timeout(1000)
    slow = page.context.new_cdp_session(page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    page.evaluate(WATCH)
    page.locator(field).focus()
    for word in TYPED * times:
        page.locator(field).press("Control+a")
        page.keyboard.type(word, delay=KEY_MS)
        page.wait_for_timeout(SETTLES_MS)
    frames, keys = page.evaluate("[frames_ms, keys_ms]")
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    return Frames.of(frames, keys)


def _site(fair: BenchFair) -> str:
    return f"http://127.0.0.1:{fair.server.port}"
