"""The signature, by the example of the Standard Webhooks specification's own libraries."""

from base64 import b64decode

from jobfair.security.webhook_signatures import new_secret, signature

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
MESSAGE, AT = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330
SIGNED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_what_is_signed_is_what_the_specifications_example_signs():
    assert signature(SECRET, MESSAGE, AT, b'{"test": 2432232314}') == SIGNED


def test_whatever_is_signed_changes_the_signature():
    for given in (
        (SECRET, MESSAGE, AT, b'{"test": 2432232315}'),
        (SECRET, MESSAGE, AT + 1, b'{"test": 2432232314}'),
        (SECRET, MESSAGE + "x", AT, b'{"test": 2432232314}'),
        (new_secret(), MESSAGE, AT, b'{"test": 2432232314}'),
    ):
        assert signature(*given) != SIGNED


def test_a_new_secret_has_the_length_that_is_asked_for():
    made = new_secret()
    assert made.startswith("whsec_")
    assert 24 <= len(b64decode(made.removeprefix("whsec_"))) <= 64
