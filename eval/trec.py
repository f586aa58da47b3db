"""Question sets of information retrieval: TREC qrels with topics, a BEIR folder, a SQuAD-format file."""

import csv
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import ir_measures

from eval.cases import Case, ItemIds, LabelError, QuestionsError
from eval.tables import decoded

_SGML_TOPIC = re.compile(r"<top>(.*?)</top>", re.DOTALL)
_SGML_FIELD = re.compile(r"<(num|title)>\s*(?:Number:|Topic:)?\s*([^<]*)")


def read_trec(qrels: Path, topics: Path, known: ItemIds) -> list[Case]:
    """Lines `question-id 0 document#id relevance` and a topics file: id, tab, question; or TREC's <top> form."""
    return _with_items(_topics(topics), _qrels(qrels), known.resolve, str(qrels), str(topics))


def read_beir(folder: Path, resolve: Callable[[str], str]) -> list[Case]:
    """queries.jsonl and qrels/*.tsv (test.tsv where there are several). `resolve` checks the name of an item."""
    path = _beir_qrels(folder)
    return _with_items(_beir_queries(folder), _tsv_qrels(path), resolve, str(path), str(folder / "queries.jsonl"))


def read_beir_passages(folder: Path) -> dict[str, str]:
    """Id -> title and text of corpus.jsonl."""
    passages = {}
    for number, entry in _json_lines(folder / "corpus.jsonl"):
        try:
            passages[str(entry["_id"])] = f"{entry.get('title') or ''}\n{entry['text']}".strip()
        except KeyError as error:
            raise QuestionsError(f"{folder / 'corpus.jsonl'}：第{number}行：没有键 {error}") from error
    return passages


def read_squad(path: Path) -> tuple[dict[str, str], list[Case]]:
    """Passage id -> text, and each question with its passage, of a SQuAD-format file; equal passages are one."""
    try:
        paragraphs = [p for entry in json.loads(decoded(path))["data"] for p in entry["paragraphs"]]
        ids: dict[str, str] = {}  # text -> id
        for paragraph in paragraphs:
            ids.setdefault(paragraph["context"], f"p{len(ids) + 1}")
        cases = [Case(str(qa["id"]), qa["question"], (ids[p["context"]],)) for p in paragraphs for qa in p["qas"]]
    except (ValueError, KeyError, TypeError) as error:
        raise QuestionsError(
            f"{path}：应为 SQuAD 格式的 JSON（data → paragraphs → context 与 qas）：{error!r}"
        ) from error
    return {id: text for text, id in ids.items()}, cases


def _with_items(
    questions: dict[str, str],
    qrels: dict[str, dict[str, int]],
    resolve: Callable[[str], str],
    qrels_name: str,
    topics_name: str,
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


def _qrels(path: Path) -> dict[str, dict[str, int]]:
    decoded(path)
    judged: dict[str, dict[str, int]] = {}
    try:
        for qrel in ir_measures.read_trec_qrels(str(path)):  # type: ignore[no-untyped-call]
            judged.setdefault(qrel.query_id, {})[qrel.doc_id] = qrel.relevance
    except (ValueError, TypeError) as error:
        raise QuestionsError(f"{path}：应为每行“问题编号 0 条目 相关度”的 TREC qrels：{error}") from error
    return judged


def _tsv_qrels(path: Path) -> dict[str, dict[str, int]]:
    judged: dict[str, dict[str, int]] = {}
    for number, cells in enumerate(csv.reader(decoded(path).split("\n"), delimiter="\t"), start=1):
        if not cells or (number == 1 and cells[0] == "query-id"):
            continue
        if len(cells) != 3 or not cells[2].strip().lstrip("-").isdecimal():
            raise QuestionsError(
                f"{path}：第{number}行：应为“query-id、corpus-id、score”三列，实为“{' '.join(cells)[:40]}”"
            )
        judged.setdefault(cells[0], {})[cells[1]] = int(cells[2])
    return judged


def _beir_queries(folder: Path) -> dict[str, str]:
    path = folder / "queries.jsonl"
    try:
        return {str(entry["_id"]): str(entry["text"]) for _, entry in _json_lines(path)}
    except KeyError as error:
        raise QuestionsError(f"{path}：没有键 {error}") from error


def _beir_qrels(folder: Path) -> Path:
    files = sorted((folder / "qrels").glob("*.tsv"))
    chosen = [path for path in files if path.stem == "test"] or (files if len(files) == 1 else [])
    if not chosen:
        found = "、".join(path.name for path in files) or "没有"
        raise QuestionsError(
            f"{folder}：应为 BEIR 文件夹（corpus.jsonl、queries.jsonl、qrels/test.tsv），qrels 里实有：{found}"
        )
    return chosen[0]


def _json_lines(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    for number, line in enumerate(decoded(path).split("\n"), start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except ValueError as error:
                raise QuestionsError(f"{path}：第{number}行：应为 JSON 对象：{error}") from error
