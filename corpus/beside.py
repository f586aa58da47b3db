"""The lists beside the documents: words of the dictionary, aliases, thesaurus."""

from pathlib import Path

from corpus.script import fold


class CorpusError(Exception):
    """A folder that cannot be used; the message names file, line, what was expected and what was found."""


def load_words(path: Path) -> list[str]:
    words = []
    for number, line in _entries(path):
        if any(character.isspace() for character in line) or len(line) > 40:
            raise CorpusError(f"{path}：第{number}行：应为一行一个词（不含空格，至多40字），实为“{line[:40]}”")
        words.append(line)
    return words


def load_aliases(path: Path) -> list[tuple[str, str]]:
    """Lines 「别名 = 名称」."""
    pairs = []
    for number, line in _entries(path):
        alias, equals, name = (part.strip() for part in line.partition("="))
        if not (alias and equals and name) or "=" in name:
            raise CorpusError(f"{path}：第{number}行：应为“别名 = 名称”，实为“{line[:40]}”")
        pairs.append((fold(alias), fold(name)))
    return pairs


def load_thesaurus(path: Path) -> list[tuple[str, tuple[str, ...]]]:
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
