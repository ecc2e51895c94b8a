"""The rules for Prometheus speak of metrics that there are."""

import re
from pathlib import Path

from prometheus_client import REGISTRY

from jobfair import metrics

DOCS = Path(__file__).parents[2] / "docs"


def known():
    """Every name under which a metric of ours may be asked for."""
    assert metrics.requests in REGISTRY._collector_to_names
    return {name for names in REGISTRY._collector_to_names.values() for name in names}


def test_the_alert_rules_name_metrics_that_exist():
    asked = re.findall(r"\bjobfair_\w+", (DOCS / "alerts.yml").read_text())
    assert len(set(asked)) >= 5
    assert set(asked) <= known()


def test_the_table_of_metrics_is_whole():
    told = set(re.findall(r"`(jobfair_\w+)`", (DOCS / "operations.md").read_text()))
    assert told == {
        family.name + ("_total" if family.type == "counter" else "")
        for family in REGISTRY.collect()
        if family.name.startswith("jobfair_")
    }
