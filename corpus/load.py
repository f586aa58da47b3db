"""A folder of source files -> documents, dictionary and aliases."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.document import Document
from corpus.lines import ParseError
from corpus.parse import PARSER_VERSION, parse_source
from corpus.readers import READER_VERSION, SUFFIXES, SourceError, read_source
from corpus.script import fold
from corpus.settled import Settled, SettledError, read_settled

PACKAGED = Path(__file__).parent / "documents"
DICTIONARY, ALIASES, THESAURUS = "dictionary.txt", "aliases.txt", "thesaurus.txt"
_BESIDE = (DICTIONARY, ALIASES, THESAURUS)
SETTLED = ".toml"  # beside a document: what its reading could only guess


class CorpusError(Exception):
    """A folder that cannot be used; the message names file, line, what was expected and what was found."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that keeps no other from being served, and why it is not."""

    name: str
    reason: str  # a sentence in Chinese


@dataclass(frozen=True, slots=True)
class Corpus:
    """All that answers are made from."""

    documents: tuple[Document, ...]  # ordered by id
    words: tuple[str, ...]  # for the segmenter's dictionary
    aliases: dict[str, str]  # another name -> the name the documents use, both folded
    thesaurus: dict[str, tuple[str, ...]]  # an everyday phrase -> words of documents that mean nearly the same, folded
    fingerprint: str  # SHA-256 of the sources and of the versions of parser and readers
    failures: tuple[Failure, ...] = ()
    originals: dict[str, Path] = field(default_factory=dict)  # a document's id -> the file as it came


def load_corpus(folder: Path = PACKAGED, cache: Path | None = None) -> Corpus:
    """Every document of the folder, in order of id; the file's name is the document's id, with the suffix where two
    files differ in nothing else. `cache` keeps what was read from files that take long.

    The packaged dictionary, aliases and thesaurus always apply; files of these names in the folder add to them.
    A file that cannot be read is among the corpus's `failures`. Raises CorpusError where nothing can be.
    """
    if folder.is_file():
        raise CorpusError(f"{folder} 是文件；--documents 应为放有文档的文件夹。")
    if not folder.is_dir():
        raise CorpusError(f"找不到文档文件夹 {folder}。请用 --documents 指明放有文档的文件夹。")
    files = sorted(path for path in folder.iterdir() if not path.name.startswith((".", "~$")))
    word_files, alias_files, thesaurus_files = (
        [base / name for base in (PACKAGED.parent, folder) if (base / name).is_file()] for name in _BESIDE
    )
    words = tuple(word for path in word_files for word in _load_words(path))
    aliases = {alias: name for path in alias_files for alias, name in _load_aliases(path)}
    thesaurus = {phrase: words for path in thesaurus_files for phrase, words in _load_thesaurus(path)}
    beside = [path for path in files if path.name in _BESIDE or path.suffix.lower() == SETTLED]
    sources = [path for path in files if path not in beside]
    documents, originals, failures = _documents(sources, cache)
    if not documents:
        reasons = "".join(f"\n  {failure.name}：{failure.reason}" for failure in failures)
        what = f"{folder} 里没有可以载入的文档：{reasons}" if failures else f"{folder} 里没有文档。"
        raise CorpusError(f"{what}\n请放入至少一份文档（{'、'.join(sorted(SUFFIXES))}；文件名即文档编号）。")
    settled = [path for path in beside if path.suffix.lower() == SETTLED and path.is_file()]
    read = [path for path in sources if path in originals.values()]
    return Corpus(
        documents=tuple(documents.values()),
        words=words,
        aliases=aliases,
        thesaurus=thesaurus,
        fingerprint=_fingerprint([*read, *settled, *word_files, *alias_files, *thesaurus_files]),
        failures=tuple(failures),
        originals=originals,
    )


def load_document(path: Path, id: str | None = None, cache: Path | None = None) -> Document:
    """One document, with what is settled in the file beside it. Raises SourceError, ParseError or SettledError."""
    beside = path.with_suffix(SETTLED)
    settled = read_settled(beside) if beside.is_file() else Settled()
    return parse_source(read_source(path, cache), id or path.stem, settled)


def _documents(
    sources: Sequence[Path], cache: Path | None
) -> tuple[dict[str, Document], dict[str, Path], list[Failure]]:
    stems = Counter(path.stem for path in sources)
    documents: dict[str, Document] = {}
    originals: dict[str, Path] = {}
    failures = []
    for path in sources:
        id = path.stem if stems[path.stem] == 1 else path.name
        try:
            documents[id] = load_document(path, id, cache)
            originals[id] = path
        except (SourceError, ParseError, SettledError) as error:
            failures.append(Failure(path.name, str(error)))
    return dict(sorted(documents.items())), originals, failures


def _load_words(path: Path) -> list[str]:
    words = []
    for number, line in _entries(path):
        if any(character.isspace() for character in line) or len(line) > 40:
            raise CorpusError(f"{path}：第{number}行：应为一行一个词（不含空格，至多40字），实为“{line[:40]}”")
        words.append(line)
    return words


def _load_aliases(path: Path) -> list[tuple[str, str]]:
    """Lines 「别名 = 名称」."""
    pairs = []
    for number, line in _entries(path):
        alias, equals, name = (part.strip() for part in line.partition("="))
        if not (alias and equals and name) or "=" in name:
            raise CorpusError(f"{path}：第{number}行：应为“别名 = 名称”，实为“{line[:40]}”")
        pairs.append((fold(alias), fold(name)))
    return pairs


def _load_thesaurus(path: Path) -> list[tuple[str, tuple[str, ...]]]:
    """Lines 「日常说法 = 公文用语 公文用语」."""
    found = []
    for number, line in _entries(path):
        phrase, equals, words = (part.strip() for part in line.partition("="))
        if not (phrase and equals and words) or "=" in words or len(phrase) < 2:
            raise CorpusError(f"{path}：第{number}行：应为“日常说法 = 公文用语 …”（左边至少两个字），实为“{line[:40]}”")
        found.append((fold(phrase), tuple(fold(word) for word in words.split())))
    return found


def _entries(path: Path) -> list[tuple[int, str]]:
    lines = ((number, line.strip()) for number, line in enumerate(_read(path).splitlines(), start=1))
    return [(number, line) for number, line in lines if line and not line.startswith("#")]


def _read(path: Path) -> str:
    """The file's text with its own line ends; a byte order mark is not part of it."""
    try:
        content = path.read_bytes()
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise CorpusError(
            f"{path}：第{line}行：应为 UTF-8 文本，实为其他编码。"
            f"若是 GB18030，可先转换：iconv -f GB18030 -t UTF-8 {path.name} > 新文件.txt"
        ) from error
    except OSError as error:
        raise CorpusError(f"{path}：应为可读的文件，实为：{error.strerror}") from error


def _fingerprint(paths: list[Path]) -> str:
    digest = hashlib.sha256(f"parser {PARSER_VERSION} readers {READER_VERSION}".encode())
    for path in paths:
        content = path.read_bytes()
        digest.update(f"\n{path.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()
