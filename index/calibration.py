"""The constants that depend on the encoder, and where those chosen for another encoder are kept."""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

FILE = "calibration.json"


@dataclass(frozen=True, slots=True)
class Calibration:
    """The defaults are the bundled encoder's, chosen by `python -m eval calibrate` on the dev questions."""

    words_weight: float = 0.6  # of words in the score; meaning has the rest
    meaning: float = 0.47  # similarity from which meaning alone is evidence
    related: float = 0.14  # similarity from which an item is shown as related
    perhaps: float = 0.28  # of the nearest item, from which it may be what was meant; chosen on the dev questions
    # of the contextual encoder beside the bundled one, chosen on the dev questions; a weight of 0 does without it
    context_weight: float = 0.6  # in the score at most, less the more of the query's words stand
    context_meaning: float = 0.46  # similarity from which the first is evidence,
    context_lead: float = 0.05  # if it is so far before the second
    context_related: float = 0.21
    context_perhaps: float = 0.28
    context_sole: float = 0.72  # of the first, from which it is what was meant in the one document that was named
    rerank_weight: float = 1.0  # of a reranker's score in the order of the nearest; their own has the rest
    context_words: float = 0.24  # similarity by the other encoder that both need beside it


def save_calibration(calibration: Calibration, encoder: str, data: Path) -> Path:
    """Kept beside the index in `data`, for the encoder of this identity only."""
    data.mkdir(parents=True, exist_ok=True)
    path = data / FILE
    temporary = path.with_suffix(".part")
    temporary.write_text(json.dumps({"encoder": encoder, **asdict(calibration)}, indent=1) + "\n", encoding="utf-8")
    return temporary.replace(path)


def load_calibration(data: Path, encoder: str) -> Calibration | None:
    """What `save_calibration` kept for this encoder; None where nothing is, or for another. Raises ValueError."""
    path = data / FILE
    if not path.is_file():
        return None
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept.pop("encoder") != encoder:
            return None
        names = {field.name for field in fields(Calibration)}
        later = {
            "perhaps",
            "rerank_weight",
            *(name for name in names if name.startswith("context_")),
        }  # not in earlier versions' files
        if not names - later <= kept.keys() <= names:
            raise ValueError("、".join(kept) or "没有常数")
        values = {name: float(value) for name, value in kept.items()}
        if not all(0 <= value <= 1 for value in values.values()):
            raise ValueError("不在 0 至 1 之间的数")
        return Calibration(**values)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, ArithmeticError, RecursionError) as error:
        raise ValueError(
            f"{path} 读不懂：应为 python -m eval calibrate 写的 encoder、{'、'.join(f.name for f in fields(Calibration))}，实有：{error}。"
            "请重新校准，或删去这个文件。"
        ) from error
