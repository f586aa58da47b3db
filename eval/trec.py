"""Question sets of information retrieval: TREC qrels with topics, a BEIR folder, a SQuAD-format file."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from corpus import well_formed
from eval.cases import Case, Known, LabelError, QuestionsError
from eval.tables import decoded

Judged = dict[str, dict[str, int]]  # question -> item -> relevance

_GRADE = re.compile(r"-?\d{1,9}")
_SGML_TOPIC = re.compile(r"<top>(.*?)</top>", re.DOTALL)
_SGML_FIELD = re.compile(r"<(num|title)>\s*(?:Number:|Topic:)?\s*([^<]*)")


def read_trec(qrels: Path, topics: Path, known: Known) -> list[Case]:
    """Lines `question-id 0 document#id relevance` and a topics file: id, tab, question; or TREC's <top> form."""
    return _with_items(_topics(topics), _qrels(qrels, (0, 2, 3)), known.resolve, str(qrels), str(topics))


def read_beir(folder: Path, resolve: Callable[[str], str]) -> list[Case]:
    """queries.jsonl and qrels/*.tsv (test.tsv where there are several). `resolve` checks the name of an item."""
    qrels, queries = _beir_qrels(folder), folder / "queries.jsonl"
    questions = {id: _text(queries, number, entry) for number, id, entry in _entries(queries)}
    return _with_items(questions, _qrels(qrels, (0, 1, 2)), resolve, str(qrels), str(queries))


def read_beir_passages(folder: Path) -> dict[str, str]:
    """Id -> title and text of corpus.jsonl."""
    path = folder / "corpus.jsonl"
    return {
        id: f"{entry.get('title') or ''}\n{_text(path, number, entry)}".strip() for number, id, entry in _entries(path)
    }


def read_squad(path: Path) -> tuple[dict[str, str], list[Case]]:
    """Passage id -> text, and each question with its passage, of a SQuAD-format file; equal passages are one."""
    try:
        paragraphs = [p for entry in json.loads(decoded(path))["data"] for p in entry["paragraphs"]]
        texts = [well_formed(paragraph["context"]) for paragraph in paragraphs]
        asked = [
            (str(qa["id"]), well_formed(qa["question"]), text)
            for text, paragraph in zip(texts, paragraphs, strict=True)
            for qa in paragraph["qas"]
        ]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise QuestionsError(
            f"{path}：应为 SQuAD 格式的 JSON（data → paragraphs → context 与 qas）：{error!r}"
        ) from error
    (id, times), *_ = Counter(id for id, _, _ in asked).most_common(1) or [("", 0)]
    if times != 1:
        raise QuestionsError(f"{path}：没有问题。" if not times else f"{path}：问题的编号“{id}”出现 {times} 次")
    ids = {text: f"p{number}" for number, text in enumerate(dict.fromkeys(texts), start=1)}
    return {id: text for text, id in ids.items()}, [Case(id, question, (ids[text],)) for id, question, text in asked]


def _with_items(
    questions: dict[str, str], qrels: Judged, resolve: Callable[[str], str], qrels_name: str, topics_name: str
) -> list[Case]:
    """A case for every question that was judged; judged relevant is above 0."""
    errors, cases = [], []
    for id, judged in qrels.items():
        if id not in questions:
            errors.append(f"{topics_name}：没有问题“{id}”，而 {qrels_name} 里有它")
            continue
        try:
            graded = {resolve(name): grade for name, grade in judged.items() if grade > 0}
        except LabelError as error:
            errors.append(f"{qrels_name}：问题“{id}”：{error}")
            continue
        if graded:
            cases.append(Case(id, questions[id], tuple(graded), tuple(graded.values())))
    if errors:
        raise QuestionsError("\n".join(errors[:10]) + (f"\n……共 {len(errors)} 处" if len(errors) > 10 else ""))
    if not cases:
        raise QuestionsError(f"{qrels_name}：没有判为相关的条目。")
    return cases


def _topics(path: Path) -> dict[str, str]:
    text = decoded(path)
    if "<top>" in text:
        fields = [dict(_SGML_FIELD.findall(topic)) for topic in _SGML_TOPIC.findall(text)]
        return {topic["num"].strip(): topic["title"].strip() for topic in fields if topic.keys() >= {"num", "title"}}
    questions = {}
    for number, line in enumerate(text.split("\n"), start=1):
        id, tab, question = line.partition("\t")
        if line.strip() and not (tab and question.strip()):
            raise QuestionsError(f"{path}：第{number}行：应为“编号、制表符、问题”，实为“{line[:40]}”")
        if line.strip():
            questions[id.strip()] = question.strip()
    return questions


def _qrels(path: Path, columns: tuple[int, int, int]) -> Judged:
    """`columns` are those of question, item and relevance, the last being the line's last."""
    judged: Judged = {}
    for number, line in enumerate(decoded(path).split("\n"), start=1):
        if not line.strip() or line.startswith("query-id\t"):
            continue
        cells = line.split("\t") if "\t" in line else line.split()
        if len(cells) != columns[-1] + 1 or not _GRADE.fullmatch(cells[-1].strip()):
            shape = "问题 0 条目 相关度" if columns[-1] == 3 else "query-id、corpus-id、score"
            raise QuestionsError(f"{path}：第{number}行：应为“{shape}”，实为“{line[:40]}”")
        question, item, grade = (cells[column].strip() for column in columns)
        judged.setdefault(question, {})[item] = int(grade)
    return judged


def _beir_qrels(folder: Path) -> Path:
    files = sorted((folder / "qrels").glob("*.tsv"))
    chosen = [path for path in files if path.stem == "test"] or (files if len(files) == 1 else [])
    if not chosen:
        found = "、".join(path.name for path in files) or "没有"
        raise QuestionsError(
            f"{folder}：应为 BEIR 文件夹（corpus.jsonl、queries.jsonl、qrels/test.tsv），qrels 里实有：{found}"
        )
    return chosen[0]


def _entries(path: Path) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """(line, _id, object) of a BEIR file."""
    for number, line in enumerate(decoded(path).split("\n"), start=1):
        if line.strip():
            try:
                entry = json.loads(line)
                yield number, str(entry["_id"]), entry
            except (ValueError, KeyError, TypeError, RecursionError) as error:
                raise QuestionsError(f"{path}：第{number}行：应为含 _id 与 text 的 JSON 对象：{error!r}") from error


def _text(path: Path, number: int, entry: dict[str, Any]) -> str:
    if not isinstance(text := entry.get("text"), str):
        raise QuestionsError(f"{path}：第{number}行：“text”应为文本，实为 {text!r}")
    return well_formed(text)
