"""Texts as rows of piece numbers: what the training reads, one file that travels to the machine it runs on.

The vocabulary keeps, of the teacher's quarter million pieces, those that folded Chinese text uses: Simplified
characters and words of them, digits, letters, punctuation.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer, models, pre_tokenizers, processors

from corpus import fold
from index.contextual import CLAUSE_ENDS, TOKENIZER
from index.train.contextual.course import TEXTS
from index.train.contextual.learn import TEACHER
from index.train.contextual.packed import SPECIAL, Arrays, Packed
from index.train.lines import read_lines

SELDOM = 3  # times a piece of several characters is used in the texts, at least
LONGEST = 160  # pieces of a text
SENTENCE_ENDS = frozenset("。；")
META = "▁"  # stands before a text, and for a space

_KEPT = re.compile(
    rf"{META}?(?:[㐀-鿿]+|[A-Za-z]{{1,9}}|[0-9]{{1,4}}|[!-/:-@\[-`{{-~]|[，。、；：？！（）《》〈〉“”‘’—…·〔〕【】％])?"
)

Rows = tuple[
    npt.NDArray[np.uint16], npt.NDArray[np.int64]
]  # pieces one after the other; where each text's begin and end


def chosen_pieces(packed: Packed, texts: Iterable[str]) -> list[int]:
    """The numbers of the teacher's pieces that stay: all single ones, and those the texts use."""
    kept = [number for number, piece in enumerate(packed.pieces) if number >= SPECIAL and _stays(piece)]
    tokenizer = tokenizer_of(packed, kept)
    used = Counter(piece for encoded in tokenizer.encode_batch(list(texts)) for piece in encoded.tokens)
    return [n for n in kept if len(packed.pieces[n].strip(META)) <= 1 or used[packed.pieces[n]] >= SELDOM]


def _stays(piece: str) -> bool:
    return bool(piece) and _KEPT.fullmatch(piece) is not None and fold(piece) == piece


def tokenizer_of(packed: Packed, kept: Sequence[int]) -> Tokenizer:
    """The teacher's tokenizer with these pieces, and the special ones before them."""
    numbers = [*range(SPECIAL), *kept]
    pieces = [(packed.pieces[number], float(packed.scores[number])) for number in numbers]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=3, byte_fallback=False))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement=META, prepend_scheme="always", split=False)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    tokenizer.enable_truncation(LONGEST)
    return tokenizer


def rows_of(tokenizer: Tokenizer, texts: Sequence[str]) -> Rows:
    encoded = [one.ids for one in tokenizer.encode_batch([fold(text) for text in texts])]
    bounds = np.concatenate(([0], np.cumsum([len(one) for one in encoded])))
    return np.concatenate([np.array(one, dtype=np.uint16) for one in encoded]), bounds


def prepare(packed: Packed, laws: Path, everyday: Path, questions: Path, folder: Path) -> None:
    """Writes what `learn` reads. `laws`: title, heading, text a line; `everyday`: zh a line, sentences people say;
    `questions`: article (the number of a line of `laws`) or text, and questions that it answers."""
    articles = [*read_lines(laws)]
    said = [line["zh"] for line in read_lines(everyday)]
    asked = [*read_lines(questions)]
    own = list(dict.fromkeys(one["text"] for one in asked if "text" in one))
    texts = [*(one["text"] for one in articles), *own]
    kept = chosen_pieces(packed, map(fold, [*texts, *said, "query: passage:"]))
    tokenizer = tokenizer_of(packed, kept)
    place = {text: len(articles) + number for number, text in enumerate(own)}
    answers = [
        int(one["article"]) if "article" in one else place[one["text"]] for one in asked for _ in one["questions"]
    ]
    titles = {title: number for number, title in enumerate(dict.fromkeys(one["title"] for one in articles))}
    rows = {
        "texts": rows_of(tokenizer, texts),
        "headings": rows_of(tokenizer, [f"{one['title']}{one['heading']}" for one in articles]),
        "said": rows_of(tokenizer, said),
        "questions": rows_of(tokenizer, [wording for one in asked for wording in one["questions"]]),
    }
    arrays: Arrays = {name: flat for name, (flat, _) in rows.items()}
    arrays |= {f"{name}_at": bounds for name, (_, bounds) in rows.items()}
    pieces = [tokenizer.id_to_token(number) for number in range(tokenizer.get_vocab_size())]
    arrays["clause_ends"] = np.array([piece in CLAUSE_ENDS for piece in pieces])
    arrays["sentence_ends"] = np.array([piece in SENTENCE_ENDS for piece in pieces])
    arrays["laws"] = np.array([titles[one["title"]] for one in articles] + [len(titles)] * len(own), dtype=np.int32)
    arrays["answers"] = np.array(answers, dtype=np.int32)
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(folder / TEXTS, **arrays)  # type: ignore[arg-type]
    np.savez_compressed(folder / TEACHER, **packed.keeping([*range(SPECIAL), *kept]))  # type: ignore[arg-type]
    tokenizer.save(str(folder / TOKENIZER))
