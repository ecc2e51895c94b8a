"""What is kept and taken along: log, exports, imports, paper, report."""

from __future__ import annotations

from jobfair.blueprints.admin.records import (
    audit,
    editions,
    exports,
    import_undo,
    imports,
    paper,
    report,
)

BLUEPRINTS = tuple(
    each.blueprint for each in (paper, imports, import_undo, audit, exports, report, editions)
)
