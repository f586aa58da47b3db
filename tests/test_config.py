"""Options in a file: what counts before what, and what is refused."""

from pathlib import Path
from typing import Any

import pytest
import typer

from service.cli import app

COMMANDS: Any = typer.main.get_command(app)
SERVE: Any = COMMANDS.get_command(typer.Context(COMMANDS), "serve")


def options(*arguments: str) -> dict[str, Any]:
    """What the command would be called with."""
    return dict(SERVE.make_context("serve", list(arguments)).params)


def written(folder: Path, text: str) -> str:
    path = folder / "yaodian.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_command_line_counts_before_the_environment_that_before_the_file_that_before_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(tmp_path, 'host = "10.0.0.1"\nport = 8001\nworkers = 3\n')
    assert options()["port"] == 8000
    assert options("--config", file)["port"] == 8001
    monkeypatch.setenv("YAODIAN_PORT", "8002")
    assert options("--config", file)["port"] == 8002
    assert options("--config", file, "--port", "8003")["port"] == 8003
    assert options("--port", "8003", "--config", file)["workers"] == 3
    monkeypatch.setenv("YAODIAN_CONFIG", file)
    assert options()["host"] == "10.0.0.1"


def test_every_option_can_be_written_in_the_file(tmp_path: Path) -> None:
    values: dict[str, Any] = {
        "allow-origin": ["http://oa.example.cn"],
        "allow-host": ["oa.example.cn", "b.example.cn"],
        "trusted-proxy": ["10.0.0.1"],
        "read-key-required": True,
        "watch": True,
        "upload-limit": 5,
        "limit": "off",
        "log-format": "json",
        "encoder": "some/model",
        "llm": "http://127.0.0.1:8080/v1",
        "llm-model": "m",
    }
    lines = [f"{name} = {value!r}".replace("True", "true") for name, value in values.items()]
    found = options("--config", written(tmp_path, "\n".join(lines)))
    assert {name: found[name.replace("-", "_")] for name in values} == values


def test_the_example_is_one() -> None:
    found = options("--config", str(Path(__file__).parent.parent / "service" / "deploy" / "yaodian.toml"))
    assert (found["data"], found["workers"], found["trusted_proxy"]) == (Path("/var/lib/yaodian"), 2, ["127.0.0.1"])


def test_folders_are_those_beside_the_file(tmp_path: Path) -> None:
    found = options("--config", written(tmp_path, 'data = "index"\ndocuments = "/srv/documents"\n'))
    assert (found["data"], found["documents"]) == (tmp_path / "index", Path("/srv/documents"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("prot = 1", "“prot”不是选项。是不是“port”？"),
        ("allow_origin = []", "“allow_origin”不是选项。是不是“allow-origin”？"),
        ("[serve]\nport = 1", "“serve”不是选项。"),
        ("config = 'x'", "“config”不是选项。"),
        ("port = [1]", "“port”应为一个值。"),
        ('allow-host = "a.cn"', '“allow-host”应为几个值，如 ["…", "…"]。'),
        ("port = ", "读不了"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    text: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as ended:
        options("--config", written(tmp_path, text))
    assert ended.value.exit_code == 1
    assert message in capsys.readouterr().err.replace("\n", "")


def test_a_value_is_checked_as_on_the_command_line(tmp_path: Path) -> None:
    for line in ('port = "x"', "port = 70000", 'log-format = "xml"'):
        with pytest.raises(typer.BadParameter):
            options("--config", written(tmp_path, line))


def test_every_option_names_its_environment_variable() -> None:
    assert {parameter.name: parameter.envvar for parameter in SERVE.params} == {
        parameter.name: f"YAODIAN_{parameter.name.upper()}" for parameter in SERVE.params
    }
    assert all(parameter.show_envvar for parameter in SERVE.params)
