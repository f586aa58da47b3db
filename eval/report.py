"""What an evaluation found, put together, and written for programs: report.json, TREC run and qrels, CSV and .xlsx."""

import csv
import hashlib
import json
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from eval.calibrate import Swept
from eval.cases import ALL, Case, QuestionsError, name_of
from eval.metrics import MEASURES, Scores, falling_scores, is_ranked, relevance
from eval.run import Comparison, Outcome, Point, Run
from service import AskReply

ROOT = Path(__file__).parent.parent
FORMAT = 1
SPLITS = {"dev": "dev（选常数用）", "test": "test（只报告）", ALL: "全部问题"}
WIDTHS = {"问题": 48, "标注": 24, "答案": 24, "相近": 20, "答复": 60, "错误": 40}


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that the files show. The first run is the one in question, the others are compared with it."""

    about: Mapping[str, Any]  # what was run on what: JSON
    runs: Sequence[Run]
    comparisons: Sequence[Comparison]
    curve: Sequence[Point]
    swept: Sequence[Swept] = ()

    @property
    def main(self) -> Run:
        return self.runs[0]


def commit() -> str | None:
    """The commit the code is of, + where it was changed since; None outside a checkout of its own."""

    def git(*words: str) -> str:
        return subprocess.run(
            ["git", "-C", str(ROOT), *words], check=True, capture_output=True, text=True
        ).stdout.strip()

    try:
        if Path(git("rev-parse", "--show-toplevel")) != ROOT:
            return None
        return git("rev-parse", "HEAD") + ("+" if git("status", "--porcelain", "--untracked-files=no") else "")
    except (OSError, subprocess.CalledProcessError):
        return None


def write_report(report: Report, folder: Path) -> list[Path]:
    """All files but the page; those of an earlier run are replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    for stale in folder.glob("run-*.trec"):
        stale.unlink()
    texts = {"report.json": to_json(report) + "\n"}
    if ranked := [outcome for outcome in report.main.outcomes if is_ranked(outcome.case)]:
        texts["qrels.trec"] = _qrels(ranked)
        texts |= {f"run-{_word(run.name)}.trec": _trec(run) for run in report.runs}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    table = _table(report)
    _write_csv(table, folder / "questions.csv")
    _write_xlsx(table, folder / "questions.xlsx")
    return [folder / name for name in (*texts, "questions.csv", "questions.xlsx")]


def to_json(report: Report) -> str:
    return json.dumps(
        {
            "format": FORMAT,
            "about": report.about,
            "figures": {run.name: _figures(run) for run in report.runs},
            "latency_ms": {run.name: {n: asdict(f) for n, f in run.latency.items()} for run in report.runs},
            "comparisons": [_comparison(report, comparison) for comparison in report.comparisons],
            "threshold": [asdict(point) for point in report.curve],
            "sweep": [asdict(one) for one in report.swept],
            "questions": [_question(report, place) for place in range(len(report.main.outcomes))],
        },
        ensure_ascii=False,
        indent=1,
    )


def read_baseline(path: Path) -> tuple[str, dict[str, Scores]]:
    """(the main run's name, digest of a question -> its scores) of an earlier report.json. Raises QuestionsError."""
    try:
        earlier = json.loads(path.read_text(encoding="utf-8"))
        if earlier["format"] != FORMAT:
            raise ValueError(f"格式 {earlier['format']}")
        name = next(iter(earlier["figures"]))
        return name, {question["digest"]: question["scores"][name] for question in earlier["questions"]}
    except OSError as error:
        raise QuestionsError(f"{path}：读不了（{error.strerror}）；应为以前一次评测写出的 report.json") from error
    except (ValueError, KeyError, TypeError, StopIteration) as error:
        raise QuestionsError(f"{path}：应为以前一次评测写出的 report.json，读不懂：{error!r}") from error


def digest(case: Case) -> str:
    """Of the question and its label: what may be compared with an earlier run, whatever its id is now."""
    parts = (case.question, case.history, expected_text(case), case.grades)
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:16]


def expected_text(case: Case) -> str:
    """The label in words: 拒答, or items, count, departments, table and quote."""
    if case.declined:
        return "拒答"
    parts = [] if case.items is None else ["、".join(case.items) or "空集"]
    parts += [f"数目 {case.count}"] if case.count is not None else []
    parts += ["部门 " + ("、".join(case.departments) or "无")] if case.departments is not None else []
    parts += ["表 " + "、".join(f"{name}={count}" for name, count in case.table.items())] if case.table else []
    parts += [f"引文 {case.quote}"] if case.quote else []
    return "；".join(parts) or "回答"


def found_text(reply: AskReply | None) -> str:
    if reply is None:
        return "出错"
    if reply.declined:
        return f"拒答（{reply.reason}）"
    parts = ["、".join(name_of(item) for item in reply.items)] if reply.items else []
    parts += ["表 " + "、".join(f"{row.name}={row.count}" for row in reply.table)] if reply.table else []
    return "；".join(parts) or "无条目"


def _comparison(report: Report, comparison: Comparison) -> dict[str, Any]:
    """Test questions that changed are only counted."""
    shown = {outcome.case.id for outcome in report.main.outcomes if outcome.case.is_shown}
    entry = asdict(comparison)
    for way in ("better", "worse"):
        ids = entry.pop(way)
        entry |= {way: [id for id in ids if id in shown], f"{way}_in_test": sum(id not in shown for id in ids)}
    return entry


def _figures(run: Run) -> dict[str, Any]:
    return {
        split: {kind: {name: asdict(one) for name, one in measures.items()} for kind, measures in kinds.items()}
        for split, kinds in run.figures.items()
    }


def _question(report: Report, place: int) -> dict[str, Any]:
    outcome = report.main.outcomes[place]
    case = outcome.case
    entry: dict[str, Any] = {
        "id": case.id,
        "digest": digest(case),
        "kind": case.kind,
        "split": case.split,
        "scores": {run.name: run.outcomes[place].scores for run in report.runs},
    }
    if case.is_shown:
        entry |= {"question": case.question, "history": list(case.history), "expected": expected_text(case)}
        entry |= {"found": found_text(outcome.reply)} if outcome.seconds is not None else {}
        entry |= {"error": outcome.error} if outcome.error else {}
    return entry


def _table(report: Report) -> list[list[str | float | None]]:
    """A heading and a row for each question."""
    used = [name for name in MEASURES if any(name in outcome.scores for outcome in report.main.outcomes)]
    answered = any(outcome.seconds is not None for outcome in report.main.outcomes)
    texts = ["编号", "类别", "划分", "问题", "上文", "标注", *(["答案", "相近", "答复"] if answered else []), "错误"]
    rows: list[list[str | float | None]] = [
        [*texts, *(MEASURES[name] for name in used), *(["毫秒"] if answered else [])]
    ]
    for outcome in report.main.outcomes:
        case, reply = outcome.case, outcome.reply
        shown: list[str | float | None] = [case.question, " | ".join(case.history), expected_text(case)]
        if answered:
            related = "、".join(name_of(item) for item in reply.related) if reply else ""
            shown += [found_text(reply), related, reply.answer if reply else ""]
        shown.append(outcome.error)
        values = [outcome.scores.get(name) for name in used]
        took = [None if outcome.seconds is None else round(outcome.seconds * 1000, 3)] if answered else []
        cells = shown if case.is_shown else [None] * len(shown)
        rows.append([case.id, case.kind, case.split or None, *cells, *values, *took])
    return rows


def _write_csv(table: Sequence[Sequence[str | float | None]], path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([[_inert(cell) for cell in row] for row in table])


def _inert(cell: str | float | None) -> str | float | None:
    """A text that a spreadsheet program would run as a formula, made a text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _write_xlsx(table: Sequence[Sequence[str | float | None]], path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "逐题"
    for number, row in enumerate(table, start=1):
        for position, value in enumerate(row, start=1):
            cell = sheet.cell(number, position)
            if isinstance(value, str):
                cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)
                cell.data_type = "s"  # a question that begins with = is no formula
            else:
                cell.value = value
            cell.alignment = Alignment(vertical="top", wrap_text=str(table[0][position - 1]) in WIDTHS)
    for position, heading in enumerate(table[0], start=1):
        sheet.cell(1, position).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(position)].width = WIDTHS.get(str(heading), 11)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    book.save(path)


def _trec(run: Run) -> str:
    lines = []
    for outcome in run.outcomes:
        if is_ranked(outcome.case):
            for rank, (item, score) in enumerate(falling_scores(outcome.ranking).items(), start=1):
                lines.append(f"{_word(outcome.case.id)} Q0 {_word(item)} {rank} {score:g} {_word(run.name)}\n")
    return "".join(lines)


def _qrels(ranked: Sequence[Outcome]) -> str:
    return "".join(
        f"{_word(o.case.id)} 0 {_word(item)} {grade}\n" for o in ranked for item, grade in relevance(o.case).items()
    )


def _word(name: str) -> str:
    """Without white space and slashes, percent-encoded: TREC's columns are separated by spaces, and a name becomes a
    file's."""
    return re.sub(r"[\s/\\:%]", lambda found: f"%{ord(found[0]):02X}", name)


def summary(report: Report) -> list[tuple[str, str]]:
    """What was run, line by line, for people."""
    about = report.about
    lines = [
        (
            "题集",
            f"{about['questions']}（{about['asked']} 题" + (f"，{about['split']}" if about["split"] else "") + "）",
        )
    ]
    lines += [("文档", "、".join(about["documents"]))]
    lines += [(heading, str(about[key])) for heading, key in (("服务", "url"), ("提交", "commit")) if about.get(key)]
    if "encoder" in about:
        lines += [("索引版本", about["version"]), ("编码模型", _short(about["encoder"]))]
        lines += [("常数", "，".join(f"{name} = {value}" for name, value in about["constants"].items()))]
    return lines


def _short(identity: str) -> str:
    """A checksum's first digits are enough for people."""
    return re.sub(r"(?<=:)([0-9a-f]{12})[0-9a-f]{20,}$", r"\1", identity)


def failures(report: Report) -> list[Outcome]:
    """The questions whose outcome may be shown and is not all right, in order."""
    return [
        outcome for outcome in report.main.outcomes if outcome.case.is_shown and outcome.scores.get("correct", 1) < 1
    ]


def kinds_of(figures: Mapping[str, Any]) -> list[str]:
    """Those to show: a single kind is the same as all."""
    return [*figures] if len(figures) > 2 else [ALL]


def splits_of(report: Report) -> list[str]:
    """Those to show: all where a question is in none, test before dev where the set is divided."""
    whole = [ALL] if any(not outcome.case.split for outcome in report.main.outcomes) else []
    return whole + [split for split in ("test", "dev") if split in report.main.figures]
