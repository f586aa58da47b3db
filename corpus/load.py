"""A folder of source files -> documents, dictionary and aliases."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus.beside import CorpusError, load_aliases, load_thesaurus, load_words
from corpus.document import Document
from corpus.lines import ParseError
from corpus.parse import PARSER_VERSION, parse_source
from corpus.readers import READER_VERSION, SUFFIXES, SourceError, read_source
from corpus.script import well_formed
from corpus.settled import Settled, SettledError, read_settled

PACKAGED = Path(__file__).parent / "documents"
DICTIONARY, ALIASES, THESAURUS = "dictionary.txt", "aliases.txt", "thesaurus.txt"
_BESIDE = (DICTIONARY, ALIASES, THESAURUS)
READ_BY = f"parser {PARSER_VERSION} readers {READER_VERSION}"  # documents are read anew when it changes
SETTLED = ".toml"  # beside a document: what its reading could only guess


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
    names: dict[str, str] = field(
        default_factory=dict
    )  # its id -> what that file is called, where its path does not say
    groups: dict[str, str] = field(default_factory=dict)  # its id -> whose it is, where it is not for all

    def holding(self, documents: Sequence[Document], failures: Sequence[Failure]) -> "Corpus":
        """The same with the documents as they are kept elsewhere."""
        return replace(self, documents=tuple(documents), failures=tuple(failures))


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A document that is not read yet. `settled` and `name` are of those that do not lie in a folder of their owner's."""

    path: Path
    digest: str  # changes with the file or with what is settled of it
    settled: Settled | None = None  # None: as the file beside it says
    name: str | None = None  # what the file is called, where its path does not say
    group: str = ""  # whose it is; empty: for all

    @property
    def called(self) -> str:
        return self.name or self.path.name


@dataclass(frozen=True, slots=True)
class Sources:
    """Where documents come from, and the lists that go with them; the documents are not read yet."""

    folder: Path  # where they lie
    files: dict[str, SourceFile]  # a document's id -> its file, ordered by id
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
        held = {document.id: self.files[document.id] for document in documents}
        return Corpus(
            tuple(documents), self.words, self.aliases, self.thesaurus, self.fingerprint, tuple(failures),
            originals={id: file.path for id, file in held.items()},
            names={id: file.name for id, file in held.items() if file.name},
            groups={id: file.group for id, file in held.items() if file.group},
        )  # fmt: skip


def load_corpus(folder: Path = PACKAGED, cache: Path | None = None) -> Corpus:
    """Every document of the folder, read. `cache` keeps what was read from files that take long. A file that cannot be
    read is among the corpus's `failures`. Raises CorpusError where none can be."""
    sources = find_sources(folder)
    read = [read_document(file, id, cache) for id, file in sources.files.items()]
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
    documents = [path for path in paths if path.name not in _BESIDE and path.suffix.lower() != SETTLED]
    files = {
        id: SourceFile(path, _digest([path, path.with_suffix(SETTLED)])) for id, path in _with_ids(documents).items()
    }
    return listed_sources(folder, files, beside=True)


def listed_sources(folder: Path, files: Mapping[str, SourceFile], *, beside: bool = False) -> Sources:
    """These files by the ids of their documents, with the packaged lists and those `beside` them. Raises
    CorpusError."""
    files = dict(sorted(files.items()))
    bases = [PACKAGED.parent, *([folder] if beside else [])]
    word_files, alias_files, thesaurus_files = (
        [base / name for base in bases if (base / name).is_file()] for name in _BESIDE
    )
    lists = [(path.name, _digest([path])) for path in [*word_files, *alias_files, *thesaurus_files]]
    named: list[object] = [{file.path.name: file.digest for file in files.values()}]
    if any(file.settled or file.name or file.group for file in files.values()):
        named += [[(id, file.digest, file.name, file.group) for id, file in files.items()]]
    return Sources(
        folder,
        files,
        words=tuple(word for path in word_files for word in load_words(path)),
        aliases={alias: name for path in alias_files for alias, name in load_aliases(path)},
        thesaurus={phrase: words for path in thesaurus_files for phrase, words in load_thesaurus(path)},
        fingerprint=_sum("\n".join([READ_BY, *map(str, named), str(lists)])),
    )


def _with_ids(paths: Sequence[Path]) -> dict[str, Path]:
    """Each file under its name without suffix, or with it where that tells it from another: a.txt and a.md; and a.md
    from a.md.txt."""
    ids = {path: path.stem for path in paths}
    while shared := {id for id, count in Counter(ids.values()).items() if count > 1}:
        ids = {path: path.name if id in shared else id for path, id in ids.items()}
    return {id: path for path, id in ids.items()}


def _sum(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogateescape")).hexdigest()


def load_document(
    path: Path, id: str | None = None, cache: Path | None = None, settled: Settled | None = None
) -> Document:
    """One document, with what is settled of it: as given, or else in the file beside it. Raises SourceError, ParseError
    or SettledError."""
    if settled is None:
        beside = path.with_suffix(SETTLED)
        settled = read_settled(beside) if beside.is_file() else Settled()
    return parse_source(read_source(path, cache), id or path.stem, settled)


def read_document(file: SourceFile, id: str, cache: Path | None) -> Document | Failure:
    """The same, or why it cannot be."""
    try:
        return load_document(file.path, id, cache, file.settled)
    except (SourceError, ParseError, SettledError) as error:
        return Failure(well_formed(file.called), str(error))


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
