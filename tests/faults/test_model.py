"""The bundled model, damaged: refused with a sentence, never used. n: 72 damages, seed 20, and 6 files missing or empty."""

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from index import EncoderError, Segmenter, load_encoder
from index import encoder as module

FILES = ("model.safetensors", "tokenizer.json", "SHA256SUMS")
MODEL = Path(module.__file__).parent / "model"


def _flipped(content: bytearray, chance: random.Random) -> None:
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def _cut(content: bytearray, chance: random.Random) -> None:
    del content[chance.randrange(len(content)) :]


def _longer(content: bytearray, chance: random.Random) -> None:
    content += chance.randbytes(8)


DAMAGES: tuple[Callable[[bytearray, random.Random], None], ...] = (_flipped, _cut, _longer)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    shutil.copytree(MODEL, folder, dirs_exist_ok=True)
    return folder


def test_no_damage_is_accepted(copy: Path, segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BUNDLED", copy)
    load_encoder(None, segmenter)
    chance = random.Random(20)
    for number in range(72):
        file = copy / FILES[number % 2]
        whole = file.read_bytes()
        content = bytearray(whole)
        DAMAGES[number // 2 % len(DAMAGES)](content, chance)
        file.write_bytes(content)
        with pytest.raises(EncoderError, match=re.escape(f"自带的编码模型已损坏：{file}")):
            load_encoder(None, segmenter)
        file.write_bytes(whole)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("empty", [True, False])
def test_a_file_that_is_missing_or_empty_is_said(
    name: str, empty: bool, copy: Path, segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUNDLED", copy)
    whole = (copy / name).read_bytes()
    (copy / name).unlink()
    if empty:
        (copy / name).touch()
    with pytest.raises(EncoderError, match=r"自带的编码模型.*pip install --force-reinstall yaodian"):
        load_encoder(None, segmenter)
    (copy / name).write_bytes(whole)
