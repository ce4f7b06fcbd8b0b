"""What those who read reports take at most, as their makers say it. MB are millions of octets, the narrower reading.

- GitHub code scanning: docs.github.com, "SARIF results exceed one or more limits" and "SARIF results file too large".
  Of more than 5,000 results a run, which are kept is not always by severity (github/docs#38085), so no more are sent.
- GitHub Actions: docs.github.com, "Workflow commands", job summaries; annotations: community discussion 26680.
- GitLab: docs.gitlab.com, "Unit test reports"; an XML of more objects is refused (gitlab 507482); a description that is
  longer loses its result (merge request 260909).
"""

from typing import Final

SARIF_GZIP_OCTETS: Final = 10_000_000
"""Of a SARIF file after gzip."""
SARIF_RUNS: Final = 20
"""Of a SARIF file."""
SARIF_RESULTS: Final = 5_000
"""Of a run: 25,000 are taken, and so many kept."""
SARIF_RULES: Final = 25_000
"""Of a run."""
SARIF_EXTENSIONS: Final = 100
"""Of a run's tool."""
SARIF_LOCATIONS: Final = 1_000
"""Of a result."""
SARIF_THREAD_FLOW_LOCATIONS: Final = 10_000
"""Of a result."""
SARIF_TAGS: Final = 20
"""Of a rule."""
SUMMARY_OCTETS: Final = 1_048_576
"""Of the summary of a step: 1,024 KiB. One that is larger is dropped whole."""
ERRORS: Final = 10
"""Annotations of a step that are errors."""
WARNINGS: Final = 10
"""Annotations of a step that are warnings."""
JOB_ANNOTATIONS: Final = 50
"""Annotations of a job."""
JUNIT_OCTETS: Final = 30_000_000
"""Of a JUnit file: it has to be smaller."""
XML_OBJECTS: Final = 250_000
"""Of an XML document."""
DESCRIPTION: Final = 1_024
"""Characters of a description."""
