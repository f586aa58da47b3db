"""A folder of source files -> documents, dictionary and aliases."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from corpus.document import Document
from corpus.lines import ParseError
from corpus.parse import PARSER_VERSION, parse_document
from corpus.script import fold

PACKAGED = Path(__file__).parent / "documents"
DICTIONARY, ALIASES, THESAURUS = "dictionary.txt", "aliases.txt", "thesaurus.txt"


class CorpusError(Exception):
    """A source file that cannot be used; the message names file, line, what was expected and what was found."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """All that answers are made from."""

    documents: tuple[Document, ...]  # ordered by id
    words: tuple[str, ...]  # for the segmenter's dictionary
    aliases: dict[str, str]  # another name -> the name the documents use, both folded
    thesaurus: dict[str, tuple[str, ...]]  # an everyday phrase -> words of documents that mean nearly the same, folded
    fingerprint: str  # SHA-256 of the sources and of the parser's version


def load_corpus(folder: Path = PACKAGED) -> Corpus:
    """Every document `*.txt` of the folder (UTF-8; the file's name is the document's id), in order of id.

    The packaged dictionary, aliases and thesaurus always apply; files of these names in the folder add to them.
    Raises CorpusError for anything else in the folder, hidden files apart.
    """
    if folder.is_file():
        raise CorpusError(f"{folder} 是文件；--documents 应为放有 *.txt 文档的文件夹。")
    if not folder.is_dir():
        raise CorpusError(f"找不到文档文件夹 {folder}。请用 --documents 指明放有 *.txt 文档的文件夹。")
    files = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    for path in files:
        if path.suffix.lower() != ".txt" or not path.is_file():
            raise CorpusError(f"{path}：文档文件夹里只应有 .txt 文件；请转换为 UTF-8 纯文本，或移到别处。")
    sources = [path for path in files if path.name not in (DICTIONARY, ALIASES, THESAURUS)]
    if not sources:
        raise CorpusError(f"{folder} 里没有文档。请放入至少一个 .txt 文件（UTF-8，文件名即文档编号）。")
    word_files, alias_files, thesaurus_files = (
        [base / name for base in (PACKAGED.parent, folder) if (base / name).is_file()]
        for name in (DICTIONARY, ALIASES, THESAURUS)
    )
    documents = tuple(_load_document(path) for path in sources)
    return Corpus(
        documents=documents,
        words=tuple(word for path in word_files for word in _load_words(path)),
        aliases={alias: name for path in alias_files for alias, name in _load_aliases(path)},
        thesaurus={phrase: words for path in thesaurus_files for phrase, words in _load_thesaurus(path)},
        fingerprint=_fingerprint([*sources, *word_files, *alias_files, *thesaurus_files]),
    )


def _load_document(path: Path) -> Document:
    try:
        return parse_document(_read(path), id=path.stem)
    except ParseError as error:
        raise CorpusError(f"{path}：{error}") from error


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
    digest = hashlib.sha256(f"parser {PARSER_VERSION}".encode())
    for path in paths:
        content = path.read_bytes()
        digest.update(f"\n{path.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()
