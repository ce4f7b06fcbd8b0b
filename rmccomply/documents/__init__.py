"""Documents: what this program writes for programs and can read back, one module a version."""

from typing import Final

REPORT_1: Final = "rmccomply/report/1"
FINDING_1: Final = "rmccomply/finding/1"
FACTS_1: Final = "rmccomply/facts/1"
BASELINE_1: Final = "rmccomply/baseline/1"
"""What a document says that it is, in its member `schema`."""
