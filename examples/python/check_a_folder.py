"""Judge a folder of evidence, and list what fails with the lines that prove it."""

import sys
from datetime import UTC, datetime

import rmccomply


def main(folder: str) -> int:
    """Print a line for each failing finding, and give the exit status of the run."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    found = rmccomply.check([folder], ["rmc-core"], now=now, ignore=["RMC-FS"])
    for each in found.targets:
        for finding in each.findings:
            if finding.result == "fail":
                places = [f"{place.uri}:{place.start_line}" for place in finding.evidence]
                print(each.target.id, finding.rule, finding.message, *places, sep="\t")
    return found.exit_status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
