"""What is kept and taken along, through JSON: log, exports, imports, report, a day again.

Imports what the interface is made of. Must not know the other rooms, nor a page.
"""

from __future__ import annotations

from jobfair.blueprints.api.admin.records import audit, day, exports, imports, report

BLUEPRINTS = tuple(each.blueprint for each in (audit, report, day, exports, imports))
