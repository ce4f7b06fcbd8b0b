"""Settings of a file and of the environment: what they give, and all that is wrong with them."""

from pathlib import Path

import pytest

from rmccomply.cli import command
from rmccomply.errors import UsageError
from rmccomply.written.settings_file import NONE, SHAPES, settings_from, variable_of

WHOLE = """\
schema = 1

[check]
policy = ["image-gate", "policies/ours.toml"]
fail-on = "medium"
min-decided = 90
exit-zero = true
select = ["RMC-IMG", "RMC-VER"]
waivers = "waivers.toml"
against = ["golden.rmcc"]

[check.param]
route = "ova"
full_percent = 90
judge = true
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "rmccomply.toml"
    path.write_text(text, "utf-8")
    return path


def faults(folder: Path, environment: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(UsageError) as error:
        settings_from(None, folder, environment or {})
    return str(error.value).split("\n")


def test_a_file_gives_values_as_the_command_line_would(tmp_path: Path) -> None:
    written(tmp_path, WHOLE)
    found = settings_from(None, tmp_path, {})
    assert found.file == "rmccomply.toml"
    assert found.values == {
        "policy": ["image-gate", f"{tmp_path}/policies/ours.toml"],
        "fail_on": "medium",
        "min_decided": 90,
        "exit_zero": True,
        "select": ["RMC-IMG", "RMC-VER"],
        "waivers": f"{tmp_path}/waivers.toml",
        "against": [f"{tmp_path}/golden.rmcc"],
        "param": ["route=ova", "full_percent=90", "judge=true"],
    }
    assert set(found.origins.values()) == {"file"}


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    written(tmp_path, WHOLE)
    found = settings_from(None, tmp_path, {"RMCCOMPLY_FAIL_ON": "high", "RMCCOMPLY_POLICY": "a, b", "PATH": "/bin"})
    assert (found.values["fail_on"], found.values["policy"]) == ("high", ["a", "b"])
    assert (found.origins["fail_on"], found.origins["min_decided"]) == ("environment", "file")


def test_nothing_is_heeded_where_none_is_wanted(tmp_path: Path) -> None:
    written(tmp_path, "no toml at all [")
    assert settings_from(NONE, tmp_path, {"RMCCOMPLY_FAIL_ON": "high"}).values == {}
    assert settings_from(None, tmp_path, {"RMCCOMPLY_FAIL_ON": "high", "RMCCOMPLY_CONFIG": NONE}).values == {}


def test_a_file_that_is_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"other\.toml: cannot be read: No such file"):
        settings_from(str(tmp_path / "other.toml"), tmp_path, {})
    assert settings_from(None, tmp_path, {}).values == {}


def test_all_that_is_wrong_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        'schema = 2\nfail-on = "high"\n[chekc]\n[check]\nfailon = "x"\nselect = "RMC"\nmin-decided = "5"\n'
        "exit-zero = 1\nparam = 3\noutput = []\n",
    )
    assert faults(tmp_path) == [
        "rmccomply.toml:1: schema: write schema = 1 on the first line",
        "rmccomply.toml:2: fail-on: unknown key; settings stand below [check]",
        "rmccomply.toml:3: chekc: unknown key; did you mean 'check'?",
        "rmccomply.toml:5: check.failon: unknown setting; did you mean 'fail-on'?",
        'rmccomply.toml:6: check.select: is RMC; it must be a list of at least one text, such as ["a", "b"]',
        "rmccomply.toml:7: check.min-decided: is 5; it must be a number",
        "rmccomply.toml:8: check.exit-zero: is 1; it must be true or false",
        (
            "rmccomply.toml:9: check.param: is 3; it must be a table: write [check.param], and below it lines such as "
            'route = "ova"'
        ),
        "rmccomply.toml:10: check.output: unknown setting",
    ]
    path.write_text("schema = [", "utf-8")
    assert faults(tmp_path)[0].startswith("rmccomply.toml:1: ")


def test_a_file_that_everybody_may_write_is_refused(tmp_path: Path) -> None:
    written(tmp_path, WHOLE).chmod(0o666)
    assert faults(tmp_path) == ["rmccomply.toml: everybody may write it, so it is not heeded: chmod o-w rmccomply.toml"]


def test_a_variable_that_means_nothing_is_a_fault(tmp_path: Path) -> None:
    given = {"RMCCOMPLY_FAILON": "low", "RMCCOMPLY_EXIT_ZERO": "perhaps", "RMCCOMPLY_OUTPUT": "json=/etc/passwd"}
    assert faults(tmp_path, given) == [
        "RMCCOMPLY_EXIT_ZERO: must be true or false",
        "RMCCOMPLY_FAILON: no setting is called so; did you mean 'RMCCOMPLY_FAIL_ON'?",
        "RMCCOMPLY_OUTPUT: no setting is called so",
    ]


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_each_setting_is_an_option_of_check(name: str) -> None:
    options = {option for one in command("check").params for option in one.opts}
    assert f"--{name}" in options
    assert variable_of(name).startswith("RMCCOMPLY_")


def test_what_writes_connects_or_turns_the_clock_is_no_setting() -> None:
    options = {one.name.replace("_", "-") for one in command("check").params if one.param_type_name == "option"}
    assert options - set(SHAPES) == {"output", "now", "root-uri", "run", "ssh-config", "probe", "config", "quiet"}


@pytest.mark.parametrize("name", [name for name, shape in SHAPES.items() if shape in ("texts", "files", "policies")])
def test_a_list_of_nothing_takes_away_no_policy_and_nothing_else(tmp_path: Path, name: str) -> None:
    written(tmp_path, f"schema = 1\n[check]\n{name} = []\n")
    (fault,) = faults(tmp_path)
    assert fault.startswith(f"rmccomply.toml:3: check.{name}: is [...]; it must be a list of at least one ")
    written(tmp_path, "schema = 1\n")
    (fault,) = faults(tmp_path, {variable_of(name): " , "})
    assert fault.startswith(f"{variable_of(name)}: names nothing")
    assert settings_from(None, tmp_path, {variable_of(name): ""}).values == {}


def test_the_schema_is_a_number(tmp_path: Path) -> None:
    written(tmp_path, "schema = true\n[check]\nverbose = true\n")
    assert faults(tmp_path) == ["rmccomply.toml:1: schema: write schema = 1 on the first line"]
