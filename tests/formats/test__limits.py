"""The limits of those who read reports, each as the number that its maker says."""

from rmccomply.formats import _limits


def test_each_limit_is_the_number_that_its_maker_says() -> None:
    told = {name: value for name, value in vars(_limits).items() if name.isupper()}
    assert told == {
        "SARIF_GZIP_OCTETS": 10_000_000,
        "SARIF_RUNS": 20,
        "SARIF_RESULTS": 5_000,
        "SARIF_RULES": 25_000,
        "SARIF_EXTENSIONS": 100,
        "SARIF_LOCATIONS": 1_000,
        "SARIF_THREAD_FLOW_LOCATIONS": 10_000,
        "SARIF_TAGS": 20,
        "SUMMARY_OCTETS": 1_048_576,
        "ERRORS": 10,
        "WARNINGS": 10,
        "JOB_ANNOTATIONS": 50,
        "JUNIT_OCTETS": 30_000_000,
        "XML_OBJECTS": 250_000,
        "DESCRIPTION": 1_024,
    }
