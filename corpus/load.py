"""A folder of source files -> documents, dictionary and aliases."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus.document import Document
from corpus.lines import ParseError
from corpus.parse import PARSER_VERSION, parse_source
from corpus.readers import READER_VERSION, SUFFIXES, SourceError, read_source
from corpus.script import fold, well_formed
from corpus.settled import Settled, SettledError, read_settled

PACKAGED = Path(__file__).parent / "documents"
DICTIONARY, ALIASES, THESAURUS = "dictionary.txt", "aliases.txt", "thesaurus.txt"
_BESIDE = (DICTIONARY, ALIASES, THESAURUS)
READ_BY = f"parser {PARSER_VERSION} readers {READER_VERSION}"  # documents are read anew when it changes
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

    def holding(self, documents: Sequence[Document], failures: Sequence[Failure]) -> "Corpus":
        """The same with the documents as they are kept elsewhere."""
        return replace(self, documents=tuple(documents), failures=tuple(failures))


@dataclass(frozen=True, slots=True)
class Sources:
    """What a folder holds, documents not read yet."""

    folder: Path
    files: dict[str, Path]  # a document's id -> its file, ordered by id
    digests: dict[str, str]  # its id -> what changes with the file or with what is settled beside it
    words: tuple[str, ...]
    aliases: dict[str, str]
    thesaurus: dict[str, tuple[str, ...]]
    fingerprint: str  # of the files and of the versions of parser and readers

    def holding(self, documents: Sequence[Document], failures: Sequence[Failure]) -> Corpus:
        """The corpus, once its documents are read. Raises CorpusError where there are none."""
        if not documents:
            reasons = "".join(f"\n  {failure.name}：{failure.reason}" for failure in failures)
            what = f"{self.folder} 里没有可以载入的文档：{reasons}" if failures else f"{self.folder} 里没有文档。"
            raise CorpusError(f"{what}\n请放入至少一份文档（{'、'.join(sorted(SUFFIXES))}；文件名即文档编号）。")
        originals = {document.id: self.files[document.id] for document in documents}
        return Corpus(
            tuple(documents), self.words, self.aliases, self.thesaurus, self.fingerprint, tuple(failures), originals
        )


def load_corpus(folder: Path = PACKAGED, cache: Path | None = None) -> Corpus:
    """Every document of the folder, read. `cache` keeps what was read from files that take long. A file that cannot be
    read is among the corpus's `failures`. Raises CorpusError where none can be."""
    sources = find_sources(folder)
    read = [read_document(path, id, cache) for id, path in sources.files.items()]
    failures = sorted((one for one in read if isinstance(one, Failure)), key=lambda failure: failure.name)
    return sources.holding([one for one in read if isinstance(one, Document)], failures)


def find_sources(folder: Path = PACKAGED) -> Sources:
    """The documents of the folder in order of id; the file's name is the document's id, with the suffix where two
    files differ in nothing else. The packaged dictionary, aliases and thesaurus always apply; files of these names in
    the folder add to them. Raises CorpusError."""
    if folder.is_file():
        raise CorpusError(f"{folder} 是文件；--documents 应为放有文档的文件夹。")
    if not folder.is_dir():
        raise CorpusError(f"找不到文档文件夹 {folder}。请用 --documents 指明放有文档的文件夹。")
    paths = sorted(path for path in folder.iterdir() if not path.name.startswith((".", "~$")))
    word_files, alias_files, thesaurus_files = (
        [base / name for base in (PACKAGED.parent, folder) if (base / name).is_file()] for name in _BESIDE
    )
    documents = [path for path in paths if path.name not in _BESIDE and path.suffix.lower() != SETTLED]
    stems = Counter(path.stem for path in documents)
    files = {path.stem if stems[path.stem] == 1 else path.name: path for path in documents}
    files = dict(sorted(files.items()))
    digests = {id: _digest([path, path.with_suffix(SETTLED)]) for id, path in files.items()}
    beside = [(path.name, _digest([path])) for path in [*word_files, *alias_files, *thesaurus_files]]
    named = {path.name: digests[id] for id, path in files.items()}
    return Sources(
        folder,
        files,
        digests,
        words=tuple(word for path in word_files for word in _load_words(path)),
        aliases={alias: name for path in alias_files for alias, name in _load_aliases(path)},
        thesaurus={phrase: words for path in thesaurus_files for phrase, words in _load_thesaurus(path)},
        fingerprint=hashlib.sha256(f"{READ_BY}\n{named}\n{beside}".encode(errors="surrogateescape")).hexdigest(),
    )


def load_document(path: Path, id: str | None = None, cache: Path | None = None) -> Document:
    """One document, with what is settled in the file beside it. Raises SourceError, ParseError or SettledError."""
    beside = path.with_suffix(SETTLED)
    settled = read_settled(beside) if beside.is_file() else Settled()
    return parse_source(read_source(path, cache), id or path.stem, settled)


def read_document(path: Path, id: str, cache: Path | None) -> Document | Failure:
    """The same, or why it cannot be."""
    try:
        return load_document(path, id, cache)
    except (SourceError, ParseError, SettledError) as error:
        return Failure(well_formed(path.name), str(error))


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


def _digest(paths: Sequence[Path]) -> str:
    """Changes with the content of the files; those that cannot be read have none."""
    sums = []
    for path in paths:
        try:
            with path.open("rb") as file:
                sums.append(hashlib.file_digest(file, "sha256").hexdigest())
        except OSError:
            sums.append("")
    return " ".join(sums)
