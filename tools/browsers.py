"""Which Chromium the browser tests and the pictures use; tools/chromium.sh installs it."""

import shutil

WHOLE = shutil.which("chromium") or shutil.which("chromium-browser")
"""One that can notify; None where there is none."""

# Without a window drawn around its pages, it needs a tenth of the other's processor time.
CHROMIUM = shutil.which("chromium-headless-shell") or WHOLE
