"""Maps of halls: made as small as they need to be; what is no picture is refused in words."""

from io import BytesIO

import pytest
from PIL import Image

from jobfair.exceptions import RequestCode
from jobfair.fields import pictures
from jobfair.fields.fair import hall_maps
from jobfair.fields.fair.hall_maps import encode
from tests.fields.companies.test_logos import noise, picture


@pytest.mark.parametrize(
    ("size", "becomes"), [((4000, 1000), (2000, 500)), ((300, 200), (300, 200))]
)
def test_a_map_is_made_smaller_and_never_larger(size, becomes):
    made = encode(picture("PNG", size=size))
    assert (made.width, made.height) == becomes
    with Image.open(BytesIO(made.file)) as file:
        assert (file.format, file.size) == ("WEBP", becomes)


def test_a_map_that_is_all_detail_is_made_smaller_until_it_fits(monkeypatch):
    monkeypatch.setattr(hall_maps, "MOST_BYTES", 5 * 1024)
    made = encode(noise((200, 200)))
    assert len(made.file) <= hall_maps.MOST_BYTES
    assert made.width < 200


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<svg/>", RequestCode.MAP_UNKNOWN),
        (bytes(pictures.LARGEST_FILE + 1), RequestCode.MAP_TOO_LARGE),
    ],
)
def test_what_is_no_map_is_refused(data, code):
    assert encode(data).code is code
