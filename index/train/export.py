"""Word vectors -> a folder that sentence-transformers loads, at 8 bits a number."""

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save_file
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import WhitespaceSplit

from index.train.pairs import UNKNOWN

MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
]


def export(folder: Path, vocabulary: list[str], table: npt.NDArray[np.float32]) -> None:
    """Write int8 rows with one float32 scale each: row ≈ embeddings[row] * weights[row]."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "1_Normalize").mkdir(exist_ok=True)
    weights = np.maximum(np.abs(table).max(axis=1), 1e-12).astype(np.float32) / 127
    embeddings = np.rint(table / weights[:, None]).astype(np.int8)
    save_file({"embeddings": embeddings, "weights": weights}, folder / "model.safetensors")
    tokenizer = Tokenizer(WordLevel({word: row for row, word in enumerate(vocabulary)}, unk_token=UNKNOWN))
    tokenizer.pre_tokenizer = WhitespaceSplit()
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    (folder / "modules.json").write_text(json.dumps(MODULES, indent=1) + "\n", encoding="utf-8")
    (folder / "1_Normalize" / "config.json").write_text("{}\n", encoding="utf-8")
