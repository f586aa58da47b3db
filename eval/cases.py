"""A labelled question, and how the values of a row become one: checked against the documents, errors naming the cell."""

import datetime
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from corpus import Item, fold, spellings, to_int, well_formed
from service import HISTORY_LENGTH, QUESTION_LENGTH, DocumentReply, ItemReply

Split = Literal["dev", "test", ""]  # dev for choosing constants, test only for reporting; "" where nobody divided

ALL = "all"  # every kind, every split, in figures
UNSORTED = "未分类"
SHOWN_ERRORS = 10

# Column -> the headings that name it; folded to half width and lower case before they are compared.
COLUMNS = {
    "id": ("id", "编号", "序号"),
    "kind": ("kind", "类别"),
    "question": ("question", "问题"),
    "history": ("history", "上文"),
    "documents": ("documents", "文档"),
    "items": ("items", "答案", "条目"),
    "count": ("count", "数量"),
    "departments": ("departments", "部门"),
    "table": ("table", "表"),
    "quote": ("quote", "引文"),
    "declined": ("declined", "拒答"),
    "topic": ("topic", "主题"),
    "note": ("note", "备注"),
    "split": ("split", "划分"),
}
LABELS = ("items", "count", "departments", "table", "quote", "declined")  # a question needs one; the last needs 是

_YES = frozenset("是 对 真 有 yes y true t 1 √ ✓ ✔ 拒答 declined".split())
_NO = frozenset("否 不 假 no n false f 0 × ✗ ✘".split())
_NOTHING = frozenset("无 没有 空 none".split())  # an answer that is the empty set
_SEPARATOR = re.compile(r"[;,、]+|(?<![-–—~至到])\s+(?![-–—~至到])")
_RANGE = re.compile(r"(\S+?)\s*(?:-|–|—|~|至|到)\s*(\S+)")
_DATE = re.compile(r"\d月|\d/\d|[A-Z][a-z]{2}")
_POINTER = re.compile(r"第?(.+?)[项条号]?")


class QuestionsError(Exception):
    """Questions that cannot be used; each line names the file, the cell, what was expected and what was found."""


class LabelError(Exception):
    """A value that is no such label; the message says what was expected and what was found, not where."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question and what its answer must be. What is None is not judged."""

    id: str
    question: str
    items: tuple[str, ...] | None = None  # document#id, the complete set
    grades: tuple[int, ...] = ()  # relevance of each item where judges graded it; 1 for all where empty
    kind: str = UNSORTED
    history: tuple[str, ...] = ()  # earlier questions, oldest first
    documents: tuple[str, ...] | None = None  # it is asked of these alone
    count: int | None = None
    departments: tuple[str, ...] | None = None  # those a 由谁 question asks for
    table: Mapping[str, int] | None = None  # department -> number; a part of the rows where 最多 or 最少 is asked
    quote: str | None = None  # must stand in a citation
    declined: bool = False
    topic: str = ""
    note: str = ""
    split: Split = ""

    @property
    def judges_set(self) -> bool:
        """The label says which items the answer has, if only that it is a refusal."""
        return self.declined or self.items is not None

    @property
    def is_shown(self) -> bool:
        """Of test questions only the figures are shown: whoever reads them one by one tunes on them."""
        return self.split != "test"


def name_of(item: Item | ItemReply) -> str:
    """document#id, as labels write it."""
    return f"{item.document}#{item.id}"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a question file: canonical column -> value as it came."""

    number: int  # of the row or line, from 1
    values: Mapping[str, Any]
    where: Callable[[str], str]  # column -> its cell in words: C3（答案）


@dataclass(frozen=True, slots=True)
class Known:
    """What labels may name: document -> item id -> its position in reading order; departments and texts, folded."""

    by_document: Mapping[str, Mapping[str, int]]
    departments: Mapping[str, str] = field(default_factory=dict)  # folded -> as the source writes it
    texts: Sequence[str] = ()

    @classmethod
    def of(cls, documents: Sequence[DocumentReply]) -> "Known":
        names = [name for document in documents for item in document.items for name in (*item.lead, *item.support)]
        return cls(
            {document.id: {item.id: at for at, item in enumerate(document.items)} for document in documents},
            spellings(names),
            [fold(document.text) for document in documents],
        )

    def resolve(self, name: str) -> str:
        """31 -> cnca-2017#31, where one document alone has it. Raises LabelError."""
        document, hash_, id = name.rpartition("#")
        if hash_:
            if document not in self.by_document:
                raise LabelError(f"没有文档“{document}”；现有：{'、'.join(self.by_document)}")
            holders = [document] if id in self.by_document[document] else []
        else:
            holders = [document for document, ids in self.by_document.items() if id in ids]
        if len(holders) > 1:
            raise LabelError(f"几份文档都有条目“{id}”；请写成“文档#编号”，如 {holders[0]}#{id}")
        if not holders:
            existing = "；".join(
                f"{d} 有 {next(iter(ids))} 至 {next(reversed([*ids]))}" for d, ids in self.by_document.items() if ids
            )
            dated = "；像是被电子表格改写成了日期，请把该列设为文本再填" if _DATE.search(name) else ""
            raise LabelError(f"没有条目“{name}”；{existing}；可写 31、23-25、文档#编号{dated}")
        return f"{holders[0]}#{id}"

    def between(self, first: str, last: str) -> list[str]:
        """Both ends and what stands between them in their document. Raises LabelError."""
        ends = [self.resolve(first), self.resolve(last)]
        (document, _, first), (_, _, last) = (end.rpartition("#") for end in ends)
        ids = self.by_document[document]
        if last not in ids or ids[first] > ids[last]:
            raise LabelError(f"“{first}-{last}”不是从前到后的范围")
        return [f"{document}#{id}" for id, at in ids.items() if ids[first] <= at <= ids[last]]


@dataclass(slots=True)
class Questions:
    """What a file held, and what a reader of it should be told."""

    cases: list[Case] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)  # rows left out, sheets not read


def to_cases(rows: Iterator[Row], known: Known, source: str) -> list[Case]:
    """Every row a case. Raises QuestionsError with all that is wrong in them, and where; an empty file is wrong."""
    cases: list[Case] = []
    errors: list[str] = []
    first_seen: dict[str, int] = {}
    first_asked: dict[tuple[str, ...], int] = {}
    for row in rows:
        made = _RowReader(row, known, errors).case()
        asked = first_asked.setdefault((*made.history, made.question), row.number)
        if made.question and asked != row.number:
            errors.append(f"{row.where('question')}：与第{asked}行的问题相同；一个问题写一行，答案写在一格里")
        if made.id in first_seen:
            errors.append(f"{row.where('id')}：编号“{made.id}”与第{first_seen[made.id]}行重复")
        first_seen.setdefault(made.id, row.number)
        cases.append(made)
    if errors:
        more = f"\n……共 {len(errors)} 处" if len(errors) > SHOWN_ERRORS else ""
        raise QuestionsError("\n".join(f"{source}：{error}" for error in errors[:SHOWN_ERRORS]) + more)
    if not cases:
        raise QuestionsError(f"{source}：没有问题。应至少有一行，列为 question/问题 与 items/答案。")
    return cases


class _RowReader:
    """Reads one row's columns; what is wrong is added to `errors` and the column left at its default."""

    def __init__(self, row: Row, known: Known, errors: list[str]) -> None:
        self.row, self.known, self.errors = row, known, errors

    def case(self) -> Case:
        made = Case(
            id=self.read("id", to_text, f"行{self.row.number}"),
            question=self.read("question", _question, ""),
            items=self.read("items", lambda value: tuple(item_ids(value, self.known)), None),
            kind=self.read("kind", _kind, UNSORTED),
            history=self.read("history", _history, ()),
            documents=self.read("documents", self.documents, None),
            count=self.read("count", to_count, None),
            departments=self.read("departments", lambda value: tuple(self.departments(to_list(value))), None),
            table=self.read("table", self.table, None),
            quote=self.read("quote", self.quote, None),
            declined=self.read("declined", to_bool, False),
            topic=self.read("topic", to_text, ""),
            note=self.read("note", to_text, ""),
            split=self.read("split", _split, ""),
        )
        if not self.has("question"):
            self.errors.append(f"{self.row.where('question')}：应为问题，实为空")
        if not made.declined and not any(self.has(label) for label in LABELS[:-1]):
            self.errors.append(
                f"{self.row.where('items')}：应为条目编号（以 ; 或 、 分隔，空集写“无”），实为空；应拒答的问题在“拒答”列写“是”"
            )
        if made.declined and (labelled := [label for label in LABELS[:-1] if getattr(made, label) not in (None, ())]):
            self.errors.append(
                f"{self.row.where(labelled[0])}：应拒答的问题此处应为空，实为“{self.row.values[labelled[0]]}”"
            )
        return made

    def documents(self, value: Any) -> tuple[str, ...]:
        ids = tuple(to_list(value))
        for id in ids:
            if id not in self.known.by_document:
                raise LabelError(f"没有文档“{id}”；现有：{'、'.join(self.known.by_document)}")
        return ids

    def departments(self, names: list[str]) -> list[str]:
        for name in names:
            if fold(name) not in self.known.departments:
                existing = "、".join(self.known.departments) or "没有"
                raise LabelError(f"没有部门“{name}”；文件写明的有：{existing}")
        return names

    def table(self, value: Any) -> dict[str, int]:
        rows = to_table(value)
        self.departments([*rows])
        return rows

    def quote(self, value: Any) -> str:
        text = to_text(value)
        if not any(fold(text) in whole for whole in self.known.texts):
            raise LabelError(f"原文中没有“{text[:40]}”；引文应逐字取自原文（繁简不论）")
        return text

    def has(self, column: str) -> bool:
        return not is_blank(self.row.values.get(column))

    def read(self, column: str, convert: Callable[[Any], Any], default: Any) -> Any:
        if not self.has(column):
            return default
        try:
            return convert(self.row.values[column])
        except LabelError as error:
            self.errors.append(f"{self.row.where(column)}：{error}")
            return default


def is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def column_of(heading: Any) -> str | None:
    """The column that a heading names; None for other words."""
    name = _plain(str(heading)).lower()
    return next((column for column, names in COLUMNS.items() if name in names), None)


def item_ids(value: Any, known: Known) -> list[str]:
    """「１，第3项；5-7」 -> their ids, in the order given, none twice; 31.0 from a spreadsheet is 31. Raises LabelError."""
    names = value if isinstance(value, list) else _names(value, known)
    found: list[str] = []
    for name in names:
        text = to_text(name)
        if text in _NOTHING and len(names) == 1:
            return []
        if "#" not in text and (ends := _RANGE.fullmatch(text)):
            found += known.between(_pointed(ends[1]), _pointed(ends[2]))
        else:
            found.append(known.resolve(text if "#" in text else _pointed(text)))
    return list(dict.fromkeys(found))


def to_text(value: Any) -> str:
    """A cell as text: 7.0 is 7. Raises LabelError for what is none."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime.date | datetime.time):
        raise LabelError(f"应为文本，实为日期 {value}（电子表格改写了它：把该列设为文本再填）")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise LabelError(f"应为文本，实为 {json.dumps(value, ensure_ascii=False, default=str)[:40]}")
    text = well_formed(str(value)).strip()
    if re.fullmatch(r"#(?:REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|#+)", text):
        raise LabelError(f"公式出错或列太窄：单元格显示为 {text}")
    return text


def to_list(value: Any) -> list[str]:
    """A list, or a cell separated by ; or 、 or commas; 无 is the empty list."""
    parts = value if isinstance(value, list) else _SEPARATOR.split(_plain(to_text(value)))
    texts = [text for part in parts if (text := to_text(part))]
    return [] if len(texts) == 1 and texts[0] in _NOTHING else texts


def to_count(value: Any) -> int:
    """9, 9.0, ９项, 九项 -> 9. Raises LabelError."""
    number = _number(_plain(to_text(value)).rstrip("项条个"))
    if number is None:
        raise LabelError(f"应为不小于 0 的整数，实为“{str(value)[:40]}”")
    return number


def to_bool(value: Any) -> bool:
    """是 -> True, 否 -> False. Raises LabelError."""
    if isinstance(value, bool):
        return value
    text = _plain(to_text(value)).lower()
    if text in _YES or text in _NO:
        return text in _YES
    raise LabelError(f"应为“是”或“否”，实为“{text}”")


def to_table(value: Any) -> dict[str, int]:
    """A mapping, or a cell 「认可部=9、认证部=9」. Raises LabelError."""
    if isinstance(value, dict) and value:
        return {to_text(name): to_count(number) for name, number in value.items()}
    rows = [part.partition("=") for part in to_list(value)]
    if not rows or not all(name and equals for name, equals, _ in rows):
        raise LabelError(f"应为“部门=数、部门=数”，实为“{value}”")
    return {name: to_count(number) for name, _, number in rows}


def _question(value: Any) -> str:
    text = to_text(value)
    if len(text) > QUESTION_LENGTH:
        raise LabelError(f"问题应为至多 {QUESTION_LENGTH} 字，实为 {len(text)} 字")
    return text


def _history(value: Any) -> tuple[str, ...]:
    turns = value if isinstance(value, list) else re.split(r"[|｜\n]", to_text(value))
    questions = tuple(text for turn in turns if (text := _question(turn)))
    if len(questions) > HISTORY_LENGTH:
        raise LabelError(f"上文应为至多 {HISTORY_LENGTH} 个问题，实为 {len(questions)} 个")
    return questions


def _kind(value: Any) -> str:
    text = to_text(value)
    if text in (ALL, "全部"):
        raise LabelError(f"“{text}”是合计的名称，请换一个")
    return text


def _split(value: Any) -> str:
    text = to_text(value).lower()
    if text not in ("dev", "test"):
        raise LabelError(f"应为 dev 或 test，实为“{text}”")
    return text


def _names(value: Any, known: Known) -> list[str]:
    if isinstance(value, float) and not value.is_integer():
        readings = [str(value), f"{value}0"]  # 3.1 may have been typed as 3.10
        if sum(id in readings for ids in known.by_document.values() for id in ids) > 1:
            raise LabelError(f"单元格是数字 {value}，分不清 {readings[0]} 与 {readings[1]}；把该列设为文本再填")
    return [part for part in _SEPARATOR.split(_plain(to_text(value))) if part]


def _pointed(name: str) -> str:
    """第31项 -> 31, 三十一 -> 31, 31.0 -> 31."""
    pointer = _POINTER.fullmatch(_plain(name))
    number = _number(pointer[1]) if pointer else None
    return name if number is None else str(number)


def _number(text: str) -> int | None:
    """31, 31.0, 三十一 -> 31; None for what is none, or longer than any number here."""
    return to_int(text.removesuffix(".0")) if len(text) <= 12 else None


def _plain(text: str) -> str:
    """Half width, without white space at the ends."""
    return unicodedata.normalize("NFKC", text).strip()
