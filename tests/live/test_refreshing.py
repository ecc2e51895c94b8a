"""Without a script a live page loads itself again, and never under somebody's hands."""

import re

REFRESHES = re.compile(r'<noscript><meta http-equiv="refresh" content="20"></noscript>')
ASKS = re.compile(r'<noscript><p><a [^>]*href="([^"]+)"')
TYPED_INTO = re.compile(
    r'<(?:textarea|select|input(?! type="(?:hidden|radio|checkbox)")(?![^>]*readonly))', re.DOTALL
)
FOLDED_AWAY = re.compile(
    r'<details class="jotting".*?</details>|<form (?:id="find"|class="door-sign-own").*?</form>',
    re.DOTALL,
)
"""Not shown without a script, but on the page that waits: a stand's notes, search and own words."""


def test_every_live_page_is_renewed(visits, ask):
    live = 0
    for visit in visits:
        page = ask(visit.who, visit.path).text
        if 'id="live"' not in page:
            continue
        live += 1
        link = ASKS.search(page)
        shown = page if "company-typing" in page else FOLDED_AWAY.sub("", page)
        if TYPED_INTO.search(shown):
            assert link, f"{visit}: set typing = true, for somebody types there"
            assert link[1].replace("&amp;", "&") == visit.path
            assert 'http-equiv="refresh"' not in page, f"{visit} would throw away what is typed"
        else:
            assert REFRESHES.search(page), f"{visit} gets old"
            assert not link, visit
    assert live > 15
