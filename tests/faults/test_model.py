"""The bundled model, damaged: refused with a sentence, never used. n: 24 damages (with YAODIAN_FAULTS=long 400), seed 20, 10
files missing or empty, 1 list of checksums cut at a line."""

import random
import shutil
from pathlib import Path

import pytest

from index import EncoderError, Segmenter, load_encoder
from index import encoder as module
from tests.faults.amounts import times
from tests.faults.damage import CONTENTS

FILES = (
    "model.safetensors",
    "tokenizer.json",
    "context/model.onnx",
    "context/tokenizer.json",
    "context/narrowing.npy",
    "SHA256SUMS",
)
DAMAGES = times(24, 400)
MODEL = Path(module.__file__).parent / "model"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    shutil.copytree(MODEL, folder, dirs_exist_ok=True)
    return folder


def test_no_damage_is_accepted(copy: Path, segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BUNDLED", copy)
    load_encoder(None, segmenter)
    chance = random.Random(20)
    for number in range(DAMAGES):
        file = copy / FILES[number % len(FILES)]
        whole = file.read_bytes()
        content = bytearray(whole)
        CONTENTS[number // len(FILES) % len(CONTENTS)](content, chance)
        file.write_bytes(content)
        if content != whole:
            with pytest.raises(EncoderError, match=r"自带的编码模型.*pip install --force-reinstall yaodian"):
                load_encoder(None, segmenter)
        file.write_bytes(whole)


def test_a_list_of_checksums_that_leaves_a_file_out_is_refused(
    copy: Path, segmenter: Segmenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else that file would not be looked at."""
    monkeypatch.setattr(module, "BUNDLED", copy)
    whole = (copy / "SHA256SUMS").read_text()
    (copy / "SHA256SUMS").write_text("".join(whole.splitlines(keepends=True)[:2]))
    with pytest.raises(EncoderError, match=r"应列出 .*context/model.onnx"):
        load_encoder(None, segmenter)
    (copy / "SHA256SUMS").write_text(whole)


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
