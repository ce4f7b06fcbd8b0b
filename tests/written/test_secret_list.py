"""The list of words of secrets that a site writes; what it is used for is tested with the commands."""

from pathlib import Path

import pytest

from rmccomply.errors import UsageError
from rmccomply.written.secret_list import SecretList, read_secret_list


def test_names_and_beginnings_are_read(tmp_path: Path) -> None:
    (tmp_path / "list.toml").write_text('names = ["kv_secret", "salasana"]\n')
    assert read_secret_list(str(tmp_path / "list.toml")) == SecretList(("kv_secret", "salasana"), ())


def test_every_fault_has_its_line_with_the_file_and_the_option(tmp_path: Path) -> None:
    path = tmp_path / "list.toml"
    path.write_text('nam = []\nnames = ["ab"]\n')
    with pytest.raises(UsageError) as caught:
        read_secret_list(str(path))
    lines = str(caught.value).split("\n")
    assert lines[0] == f"{path} (--secrets): 'nam' is not a known key: use names or prefixes"
    assert [line.startswith(f"{path} (--secrets): ") for line in lines] == [True, True]
