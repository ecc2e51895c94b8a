"""By which names the site may be asked for."""

import pytest


@pytest.fixture
def config():
    return {"TRUSTED_HOSTS": "fair.example,127.0.0.1"}


@pytest.mark.parametrize("host", ["fair.example", "fair.example:8443", "127.0.0.1:8000"])
def test_its_own_names_are_answered(client, host):
    assert client.get("/", base_url=f"http://{host}").status_code == 200


@pytest.mark.parametrize("path", ["/", "/api/openapi.json", "/health", "/static/base.css"])
@pytest.mark.parametrize("host", ["evil.example", "a.fair.example", "localhost"])
def test_another_name_is_refused(app, client, host, path):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    assert client.get(path, base_url=f"http://{host}").status_code == 400
