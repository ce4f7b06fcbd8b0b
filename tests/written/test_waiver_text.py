"""A waiver as it is written is read as the same waiver, whatever stands in its texts."""

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from rmccomply.words import SEVERITIES
from rmccomply.written.waiver_text import next_id, waiver_text
from rmccomply.written.waivers import WrittenWaiver, raw_of, waiver_file

PLAIN = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).filter(
    lambda text: text.isprintable() and text == " ".join(text.split())
)
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
WAIVERS = st.builds(
    WrittenWaiver,
    st.just("W-1"),
    st.just("RMC-SUB-001"),
    st.lists(PLAIN, min_size=1, max_size=3).map(tuple),
    st.dictionaries(PLAIN, PLAIN, max_size=2).map(lambda labels: tuple(labels.items())),
    st.just("") | PLAIN,
    st.sampled_from(SEVERITIES),
    PLAIN,
    PLAIN,
    st.dates(date(2026, 1, 1), date(2026, 12, 30)),
    PLAIN,
    PLAIN,
    st.datetimes(datetime(2027, 1, 1), datetime(2040, 1, 1), timezones=ZONES),
    st.sampled_from(["", f"sha256:{'a' * 64}"]),
    st.just(3),
)


@given(WAIVERS)
def test_what_is_written_is_read_as_the_same(waiver: WrittenWaiver) -> None:
    text = f"schema = 1\n\n{waiver_text(waiver)}"
    assert waiver_file(raw_of("w.toml", text.encode()), {"RMC-SUB-001"}).waivers == (waiver,)


def test_utc_is_written_as_z() -> None:
    one = waiver_text(
        WrittenWaiver(
            "W-1", "A-1", ("*",), (), "", "low", "a", "b", date.min, "c", "d", datetime(2027, 1, 1, tzinfo=UTC), "", 1
        )
    )
    assert one.endswith("expires = 2027-01-01T00:00:00Z\n")
    assert {"pin", "labels", "subject"}.isdisjoint(line.partition(" = ")[0] for line in one.split("\n"))


def test_the_next_id_is_of_the_year() -> None:
    assert next_id(2027, ["W-2026-014", "W-2027-001", "W-2027-x"]) == "W-2027-002"
