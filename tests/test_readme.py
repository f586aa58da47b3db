"""The documentation: short where it is read first, its links lead somewhere, its commands exist."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer

from eval.__main__ import app as evaluation
from service.cli import app as yaodian

ROOT = Path(__file__).parent.parent
FILES = ["README.md", *(f"{package}/README.md" for package in ("corpus", "index", "service", "eval", "tests"))]
COMMANDS = {"yaodian": yaodian, "python -m eval": evaluation}
LINE = re.compile(r"(?:^|&& |`|\$ )((?:yaodian|python -m eval)(?: [^`#\n]*)?)", re.MULTILINE)


def text(file: str) -> str:
    return (ROOT / file).read_text(encoding="utf-8")


def test_the_first_page_is_short() -> None:
    assert len(text("README.md").splitlines()) < 150


def test_the_gate_finds_the_test_command() -> None:
    assert [line for line in text("README.md").splitlines() if line.endswith("&& pytest")] == [
        "python3 -m venv .venv && . .venv/bin/activate && pip install -e '.[dev]' && pytest"
    ]


@pytest.mark.parametrize("file", FILES)
def test_links_lead_somewhere(file: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", text(file)):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        linked = (ROOT / file).parent / path if path else ROOT / file
        assert linked.exists(), target
        headings = re.findall(r"^#+ (.+)$", linked.read_text(encoding="utf-8"), re.MULTILINE) if anchor else []
        assert not anchor or anchor in [heading.lower().replace(" ", "-") for heading in headings], target


@pytest.mark.parametrize("file", FILES)
def test_commands_shown_are_commands_and_options_that_exist(file: str) -> None:
    for line in LINE.findall(text(file)):
        program = next(name for name in COMMANDS if line.startswith(name))
        assert not unknown(program, shlex.split(line.removeprefix(program))), line


def unknown(program: str, words: list[str]) -> list[str]:
    """Words that name no command of the program, or no option of that command."""
    known: Any = typer.main.get_command(COMMANDS[program])
    while words and hasattr(known, "list_commands"):
        if (command := known.get_command(typer.Context(known), words[0])) is None:
            if program == "yaodian":
                return words[:1]
            break
        known, words = command, words[1:]
    options = {option for parameter in known.params for option in parameter.opts}
    return [word for word in words if word.startswith("-") and word.split("=")[0] not in options]


def test_a_command_that_does_not_exist_is_found() -> None:
    assert unknown("yaodian", ["answer", "问题"]) == ["answer"]
    assert unknown("yaodian", ["ask", "问题", "--all"]) == ["--all"]
