"""What `target.toml` says; its faults are in `test_captures.py`."""

from pathlib import Path

import pytest

from rmccomply.errors import InputError
from rmccomply.written.target_file import TARGET_FILE, read_target, requests_in


def test_requests_of_both_forms(tmp_path: Path) -> None:
    path = tmp_path / TARGET_FILE
    path.write_text('[requests]\nfiltered = true\n"a" = ["lspv"]\n"b" = { request = ["df", "-k"], filtered = true }\n')
    assert list(requests_in(read_target(path))) == [("a", ("lspv",), False), ("b", ("df", "-k"), True)]
    assert list(requests_in(read_target(tmp_path / "none"))) == []


def test_all_faults_at_once_and_none_in_words_of_the_reader(tmp_path: Path) -> None:
    path = tmp_path / TARGET_FILE
    lines = ["name = 1", "platform = 2", "none = 3", 'filtered = "x"', "[labels]", "a = 1", "b = []", "[requests]"]
    path.write_text("\n".join([*lines, "x = 1", "y = {}", 'z = "yes"']))
    with pytest.raises(InputError) as refused:
        read_target(path)
    told = [line.removeprefix(f"{path}:").partition(":")[0] for line in str(refused.value).split("\n")]
    assert told == ["1", "2", "3", "4", "6", "7", "9", "10", "11"]
    for word in ("Input", "valid", "Field", "Value error", "list[str]", "Extra"):
        assert word not in str(refused.value)
