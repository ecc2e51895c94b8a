"""What is said on the channel between processes, and what is made of what anybody says there."""

import json

import pytest
from flask import Flask
from redis import exceptions

from jobfair.feed import hints as module
from jobfair.feed.hints import Hints, channel
from jobfair.feed.quotas import Held

STRAY = [
    b"\xff\xfe",
    b"no JSON",
    b"",
    b"7",
    b"null",
    b"[]",
    b"{}",
    b'{"data": null}',
    b'{"data": "seven"}',
    b'{"data": 7.5}',
    b'{"data": true}',
    b'{"data": {"data": 7}}',
    b'{"data": {"process": "a", "held": [], "is_all": true}}',
    b'{"data": {"process": "a", "held": {"account:7": "now"}, "is_all": true}}',
    b'{"data": {"process": "a", "held": {"account:7": null}, "is_all": true}}',
]


class Channel:
    """A Redis that has these messages to tell."""

    def __init__(self, messages):
        self._messages = iter(messages)
        self.subscribed = []

    def pubsub(self, **_options):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        pass

    def subscribe(self, name):
        self.subscribed.append(name)

    def ping(self):
        pass

    def get_message(self, timeout):
        data = next(self._messages)
        return None if data is None else {"type": "message", "data": data}


@pytest.fixture
def heard(app, monkeypatch):
    """What is heard of messages: `heard([b'{"data": 7}'])`."""

    def listen(messages):
        monkeypatch.setattr(Hints, "redis", Channel(messages))
        messages_heard = module.hints.heard()
        return [next(messages_heard) for _ in messages]

    return listen


def test_numbers_and_silence(heard):
    assert heard([b'{"data": 7}', None, b'{"data": 8}']) == [7, None, 8]


def test_silence_that_no_question_breaks_is_a_failure(heard):
    assert heard([None, b'{"data": 7}', None]) == [None, 7, None]
    with pytest.raises(exceptions.TimeoutError):
        heard([None, None])


@pytest.mark.parametrize("message", STRAY)
def test_a_stray_message_is_left_aside_and_the_next_one_heard(heard, caplog, message):
    assert heard([message, b'{"data": 7}']) == [None, 7]
    assert "not a hint" in caplog.text


def test_what_is_sent_is_heard(app, heard, monkeypatch):
    sent = []
    monkeypatch.setattr(Hints, "publish", lambda _self, data, channel: sent.append(data))
    monkeypatch.setattr(Hints, "redis", object())
    module.hints.look_again(7)
    assert heard([json.dumps({"data": each}).encode() for each in sent]) == [7]


def test_what_a_process_holds_is_heard(app, heard, monkeypatch):
    held, sent = Held("a", {"account:7": [1.5, 2.5]}, True), []
    monkeypatch.setattr(Hints, "publish", lambda _self, data, channel: sent.append(data))
    assert module.hints.tell(held)
    assert heard([json.dumps({"data": each}).encode() for each in sent]) == [held]


def channel_of(secret):
    fair = Flask("fair")
    fair.config["SECRET_KEY"] = secret
    with fair.app_context():
        return channel()


def test_each_fair_has_a_channel_of_its_own():
    assert channel_of("one") == channel_of("one") != channel_of("another")
    assert "one" not in channel_of("one")
