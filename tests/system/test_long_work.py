"""What takes an organiser's request seconds costs everybody else next to nothing."""

import time
from threading import Thread

import pytest

from tests.support import factories

STANDS = 300
QUICK_SECONDS = 0.3


@pytest.fixture(scope="module")
def fair(serve):
    """One worker, which has to answer everybody."""
    fair = serve("sqlite")
    with fair.inside():
        for number in range(STANDS):
            factories.company(f"Company {number}")
    return fair


@pytest.mark.parametrize("printed", ["links", "posters"])
def test_health_stays_quick_while_codes_are_printed(fair, printed):
    admin, nobody = fair.admin(), fair.nobody()
    pages = []
    printing = Thread(target=lambda: pages.append(admin.page(f"/admin/print/{printed}")))
    printing.start()
    took = []
    while printing.is_alive():
        start = time.monotonic()
        assert nobody.page("/health").status == 200
        took.append(time.monotonic() - start)
    (page,) = pages
    assert page.status == 200
    assert page.text.count('<svg aria-hidden="true" focusable="false"') == STANDS
    assert len(took) > 20
    assert max(took) < QUICK_SECONDS
