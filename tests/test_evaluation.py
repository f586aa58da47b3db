"""An evaluation from questions to files: figures, comparisons, what is shown and what is kept back."""

import csv
import json
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import ir_measures
import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from corpus import is_traditional
from eval.__main__ import app
from eval.cases import Case
from eval.evaluation import Options, Progress, evaluate
from eval.metrics import RANKING
from eval.page import render_page
from eval.report import Report, read_baseline, splits_of, write_report
from eval.run import Outcome, compare, run_cases, threshold_curve
from eval.systems import Config, Documents, Local, Ranked, UnmeasurableError
from index import Calibration, Index, Segmenter
from service import AskReply, DocumentReply
from tests.conftest import CharacterEncoder, small_corpus

QUIET = Progress(begin=lambda what, steps: None, step=lambda: None, remark=lambda text: None)
QUESTIONS: list[dict[str, Any]] = [
    {"id": "d1", "kind": "topic", "question": "哪些任务涉及一带一路", "items": ["31", "32"], "split": "dev"},
    {"id": "d2", "kind": "topic", "question": "=丝绸之路", "items": ["31", "32"], "split": "dev", "note": "没有这个词"},
    {"id": "d3", "kind": "topic", "question": "领跑者", "items": ["26", "27"], "split": "dev"},
    {"id": "d4", "kind": "count", "question": "法律部牵头多少项", "items": ["1-8"], "count": 8, "split": "dev"},
    {"id": "d5", "kind": "unanswerable", "question": "今天北京天气怎么样", "declined": True, "split": "dev"},
    {"id": "t1", "kind": "topic", "question": "人才", "items": ["38"], "split": "test"},
    {"id": "t2", "kind": "topic", "question": "怎样留住能干的人", "items": ["38"], "split": "test"},
]


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("questions") / "q.jsonl"
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in QUESTIONS), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def evaluated(questions: Path) -> tuple[Report, dict[str, str]]:
    return evaluate(Options(questions=questions), QUIET)


@pytest.fixture(scope="module")
def folder(evaluated: tuple[Report, dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    report, texts = evaluated
    write_report(report, folder)
    (folder / "report.html").write_text(render_page(report, texts), encoding="utf-8")
    return folder


def cli(*arguments: str) -> Any:
    return CliRunner().invoke(app, [*arguments])


def test_figures_are_means_by_split_and_kind(evaluated: tuple[Report, dict[str, str]]) -> None:
    figures = evaluated[0].main.figures
    # d1 and d5 are right; d2 declines, d3 finds one of two, d4 finds 8 items of which 8 and none else of 1-8
    assert (figures["dev"]["all"]["exact"].mean, figures["dev"]["all"]["exact"].n) == (2 / 5, 5)
    assert figures["dev"]["topic"]["recall"].mean == pytest.approx((1 + 0 + 1 / 2) / 3)
    assert figures["dev"]["topic"]["precision"].mean == pytest.approx((1 + 0 + 1) / 3)
    assert figures["dev"]["topic"]["f1"].mean == pytest.approx((1 + 0 + 2 / 3) / 3)
    assert figures["dev"]["count"]["count"].mean == 1
    assert figures["dev"]["count"]["correct"].mean == 0
    assert figures["dev"]["all"]["decline_recall"].mean == 1
    assert figures["dev"]["all"]["decline_precision"].mean == 1 / 2  # d2 was declined too
    assert figures["all"]["all"]["exact"].n == 7
    assert set(figures) == {"all", "dev", "test"}


def test_the_written_run_and_qrels_give_the_same_figures_by_ir_measures(folder: Path) -> None:
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    qrels = list(ir_measures.read_trec_qrels(str(folder / "qrels.trec")))  # type: ignore[no-untyped-call]
    for name in ("fused", "words", "meaning"):
        run = list(ir_measures.read_trec_run(str(folder / f"run-{name}.trec")))  # type: ignore[no-untyped-call]
        expected = ir_measures.calc_aggregate([*RANKING.values()], qrels, run)
        for measure, metric in RANKING.items():
            figure = report["figures"][name]["all"]["all"][measure]
            assert (figure["mean"], figure["n"]) == (pytest.approx(expected[metric]), 5)


def test_report_json_says_what_was_run(folder: Path) -> None:
    about = json.loads((folder / "report.json").read_text(encoding="utf-8"))["about"]
    assert about["constants"] == {**asdict(Calibration()), "POOL": 100, "RELATED": 5}
    assert re.fullmatch(r"[0-9a-f]{64}", about["fingerprint"])
    assert about["encoder"].startswith("static2:")
    assert (about["asked"], about["documents"]) == (7, ["cnca-2017"])
    assert about["commit"] is None or re.fullmatch(r"[0-9a-f]{40}\+?", about["commit"])


def test_the_same_questions_give_the_same_bytes_but_for_times(folder: Path, questions: Path) -> None:
    again = folder.parent / "again"
    report, _ = evaluate(Options(questions=questions), QUIET)
    write_report(report, again)
    one, other = (json.loads((path / "report.json").read_text(encoding="utf-8")) for path in (folder, again))
    assert one.pop("latency_ms").keys() == other.pop("latency_ms").keys() == {"fused", "words", "meaning"}
    assert one == other
    assert (folder / "run-fused.trec").read_bytes() == (again / "run-fused.trec").read_bytes()


def test_of_test_questions_only_figures_are_written(folder: Path) -> None:
    texts = [path.read_text(encoding="utf-8-sig") for path in folder.iterdir() if path.suffix != ".xlsx"]
    texts += [str(row) for row in load_workbook(folder / "questions.xlsx").worksheets[0].iter_rows(values_only=True)]
    assert any("丝绸之路" in text for text in texts)
    assert not any("怎样留住能干的人" in text for text in texts)
    assert "test 里另有 1 题没有全对" in (folder / "report.html").read_text(encoding="utf-8")


def test_the_page_shows_what_was_expected_what_came_and_why(folder: Path) -> None:
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "cnca-2017#26、cnca-2017#27" in page
    assert "没有这个词" in page
    assert "拒答（" in page
    assert f"现行 {Calibration().meaning}：准确率" in page
    assert f"<b>{Calibration().words_weight}（现行）</b>" in page
    assert not re.search(r"(?:src|href)=|https?://|@import|url\(", page)


def test_questions_are_texts_in_csv_and_spreadsheet(folder: Path) -> None:
    assert (folder / "questions.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (folder / "questions.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["编号"] for row in rows] == [one["id"] for one in QUESTIONS]
    assert (rows[1]["问题"], rows[1]["全对"], rows[2]["召回率"]) == ("'=丝绸之路", "0.0", "0.5")
    sheet = load_workbook(folder / "questions.xlsx").worksheets[0]
    heading = [cell.value for cell in sheet[1]]
    cell = sheet.cell(3, heading.index("问题") + 1)
    assert (cell.value, cell.data_type) == ("=丝绸之路", "s")


def test_a_page_of_questions_without_a_split_speaks_of_none(folder: Path, tmp_path: Path) -> None:
    assert "的 nDCG@10，只用 dev 的问题；" in (folder / "report.html").read_text(encoding="utf-8")
    rows = [{name: value for name, value in one.items() if name != "split"} for one in QUESTIONS]
    plain = tmp_path / "plain.jsonl"
    plain.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in rows), encoding="utf-8")
    page = render_page(*evaluate(Options(questions=plain), QUIET))
    assert "的 nDCG@10；各类同等计入平均" in page
    assert "只用" not in page


def test_a_page_escapes_what_it_shows(questions: Path, tmp_path: Path) -> None:
    hostile = tmp_path / "q.csv"
    hostile.write_text("问题,答案,备注\n<script>alert(1)</script>,31,<img onerror=x>\n", encoding="utf-8")
    page = render_page(*evaluate(Options(questions=hostile, configs=["fused"]), QUIET))
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page


class Failing:
    """Answers nothing about 乙; ranks nothing."""

    documents: Sequence[DocumentReply] = ()

    def __init__(self, local: Local) -> None:
        self.local = local

    def ask(self, question: str, history: Sequence[str], documents: Documents = None) -> AskReply:
        if "乙" in question:
            raise ConnectionError("断了")
        return self.local.ask(question, history, documents)

    def rank(self, query: str, documents: Documents = None) -> list[Ranked]:
        raise ConnectionError("断了")

    def evidence(self, question: str, documents: Documents = None) -> list[Ranked]:
        return []

    def describe(self) -> dict[str, Any]:
        return {}


def test_a_question_that_fails_scores_0_and_stays_in_the_mean(first: Index) -> None:
    cases = [Case("1", "今天北京天气怎么样", declined=True), Case("2", "乙", declined=True), Case("3", "丙", ("a#1",))]
    run = run_cases(Failing(Local(first, Config.named("fused"))), "x", cases, lambda: None, answers=True, parity=True)
    assert (run.figures["all"]["all"]["exact"].mean, run.figures["all"]["all"]["exact"].n) == (1 / 3, 3)
    assert (run.figures["all"]["all"]["parity"].mean, run.figures["all"]["all"]["parity"].n) == (2 / 3, 3)
    assert (run.figures["all"]["all"]["ndcg@10"].mean, run.figures["all"]["all"]["ndcg@10"].n) == (0, 1)
    assert [outcome.error for outcome in run.outcomes] == [None, "ConnectionError：断了", "ConnectionError：断了"]


class Simplifying(Failing):
    """Declines what is asked in Traditional script."""

    def ask(self, question: str, history: Sequence[str], documents: Documents = None) -> AskReply:
        return self.local.ask("今天北京天气怎么样" if is_traditional(question) else question, history, documents)


def test_an_answer_that_depends_on_the_script_fails_parity(first: Index) -> None:
    cases = [
        Case("1", "品牌", tuple(f"cnca-2017#{n}" for n in (1, 3, 4, 5, 26, 27))),
        Case("2", "质量兴省", ("cnca-2017#29",)),
    ]
    run = run_cases(
        Simplifying(Local(first, Config.named("fused"))), "x", cases, lambda: None, answers=True, parity=True
    )
    assert [outcome.scores["exact"] for outcome in run.outcomes] == [1, 1]
    assert [outcome.scores["parity"] for outcome in run.outcomes] == [1, 0]  # 品牌 is written alike in both scripts


def test_nothing_of_test_questions_reaches_the_threshold_curve(evaluated: tuple[Report, dict[str, str]]) -> None:
    kept = {outcome.case.id for outcome in evaluated[0].main.outcomes if outcome.evidence}
    assert kept == {"d1", "d2", "d3", "d5"}  # d4 has no topic


def test_runs_are_compared_on_the_questions_both_have() -> None:
    old = {"1": {"exact": 1.0}, "2": {"exact": 0.0}, "3": {"exact": 0.0}, "4": {"f1": 1.0}}
    new = {"1": {"exact": 0.0}, "2": {"exact": 1.0}, "3": {"exact": 1.0}, "4": {"exact": 1.0}, "5": {"exact": 1.0}}
    (comparison,) = compare("前", old, "后", new)
    assert (comparison.measure, comparison.n, comparison.better, comparison.worse) == ("exact", 3, ("2", "3"), ("1",))
    assert comparison.difference == pytest.approx(1 / 3)
    assert comparison.p == 1  # 6 of the 8 ways to sign three ones sum to 1 or more from 0, and so do the other 2


def test_a_baseline_is_compared_by_question_whatever_its_id_is_now(folder: Path, tmp_path: Path) -> None:
    moved = [{**one, "id": f"x{place}"} for place, one in enumerate(reversed(QUESTIONS))]
    moved[-1] = {**moved[-1], "items": ["31"]}  # d1, with another label
    path = tmp_path / "q.jsonl"
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in moved), encoding="utf-8")
    remarks: list[str] = []
    options = Options(questions=path, configs=["fused"], baseline=folder / "report.json")
    report, _ = evaluate(options, replace(QUIET, remark=remarks.append))
    assert remarks == ["有 1 个问题在基线里没有，或标注改过，不与基线比较"]
    assert {one.n for one in report.comparisons if one.measure == "correct"} == {4, 2}
    assert [one for one in report.comparisons if one.better or one.worse] == []


def test_comparisons_are_of_one_split_and_only_count_the_test_questions(folder: Path) -> None:
    comparisons = json.loads((folder / "report.json").read_text(encoding="utf-8"))["comparisons"]
    assert {(one["split"], one["n"]) for one in comparisons if one["measure"] == "ndcg@10"} == {("dev", 3), ("test", 2)}
    named = {id for one in comparisons for id in one["better"] + one["worse"]}
    assert named <= {one["id"] for one in QUESTIONS if one["split"] == "dev"}
    assert any(one["better_in_test"] + one["worse_in_test"] for one in comparisons)


def test_a_partly_divided_set_shows_all(questions: Path, tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text("问题,答案,划分\n一带一路,31;32,\n人才,38,test\n", encoding="utf-8")
    report, _ = evaluate(Options(questions=path, configs=["fused"]), QUIET)
    assert splits_of(report) == ["all", "test"]
    assert report.main.asked == {"all": {"all": 2, "未分类": 2}, "test": {"all": 1, "未分类": 1}}


def test_a_baseline_is_the_report_of_an_earlier_run(folder: Path, questions: Path) -> None:
    assert read_baseline(folder / "report.json")[0] == "fused"
    report, _ = evaluate(Options(questions=questions, configs=["meaning"], baseline=folder / "report.json"), QUIET)
    assert {(one.before, one.after) for one in report.comparisons} == {("fused（基线）", "meaning")}


def test_the_threshold_matters_only_where_words_decide_nothing_and_no_fact_is_asked() -> None:
    def outcome(declined: bool, *evidence: Ranked) -> Outcome:
        case = Case("1", "q", None if declined else ("a#1", "a#2"), kind="k", declined=declined)
        return Outcome(case, evidence=list(evidence))

    outcomes = [
        outcome(False, Ranked("a#1", 1, 0.2, member=True), Ranked("a#3", 1, 0.9, member=False)),  # words decide
        outcome(False, Ranked("a#1", 1, 0.6, open=True), Ranked("a#3", 1, 0.5, open=True)),
        outcome(True, Ranked("a#1", 1, 0.55, open=True)),
        outcome(True, Ranked("a#1", 1, 0.95)),  # a fact is asked
    ]
    curve = threshold_curve(outcomes)
    at = {point.threshold: point for point in curve}
    assert (at[1.0].precision, at[1.0].recall, at[1.0].added) == (1, 0.25, 1)  # the one member, of four expected
    assert (at[1.0].answered, at[1.0].declined) == (0.5, 1)
    assert (at[0.58].precision, at[0.58].recall, at[0.58].added) == (1, 0.5, 1)
    assert at[0.52].precision == pytest.approx(2 / 3)
    assert (at[0.52].added, at[0.52].declined) == (0.5, 0.5)
    assert (at[0.5].precision, at[0.5].answered) == (0.5, 1)


@pytest.mark.parametrize(
    ("name", "weight", "encoder"),
    [("fused", None, None), ("words", 1.0, None), ("0.6", 0.6, None), ("meaning@模型/甲", 0.0, "模型/甲")],
)
def test_a_configuration_is_named_by_its_weight_and_encoder(
    name: str, weight: float | None, encoder: str | None
) -> None:
    config = Config.named(name)
    assert (config.name, config.words_weight, config.encoder) == (name, weight, encoder)
    assert config.alone == (name.partition("@")[0] if weight in (0, 1) else None)


@pytest.mark.parametrize("name", ["fuse", "1.5", "-0.1", "nan", ""])
def test_an_unknown_configuration_is_refused(name: str) -> None:
    with pytest.raises(UnmeasurableError, match="未知的配置"):
        Config.named(name)


def test_words_and_meaning_rank_by_themselves(tmp_path: Path, segmenter: Segmenter) -> None:
    phrase = "在城乡社区中推行养老服务甲，并且逐步扩大范围，让更多的老人受益。乙乙乙"
    bodies = [phrase, "服务养老，养老的服务，养老。乙", "养老。甲甲"]
    index = Index.build(small_corpus(tmp_path, *bodies), segmenter, CharacterEncoder())

    def best(name: str, query: str) -> str:
        return Local(index, Config.named(name)).rank(query)[0].item

    assert best("fused", "养老服务") == best("0.99", "养老服务甲") == "a#1"  # where the phrase stands
    assert best("words", "养老服务") == "a#2"
    assert best("1.0", "养老服务") == "a#1"  # a weight alone leaves the phrase where search puts it
    assert best("meaning", "养老服务甲") == "a#3"
    assert Local(index, Config.named("words")).rank("丙丙丁丁") == []  # nothing found is no ranking
    assert Local(index, Config.named("meaning")).rank("养老服务") == []


def test_a_squad_file_and_a_beir_folder_are_retrieval_alone(tmp_path: Path) -> None:
    passages = {"p#1": "苹果是一种水果，长在树上。", "p2": "轮船在海上航行。", "p3": "火车在铁轨上行驶。"}
    asked = [("q1", "什么水果长在树上", "p#1"), ("q2", "轮船在哪里航行", "p2")]
    squad = {"data": [{"paragraphs": [
        {"context": text, "qas": [{"id": id, "question": q} for id, q, p in asked if p == passage]}
        for passage, text in passages.items()
    ]}]}  # fmt: skip
    (tmp_path / "squad.json").write_text(json.dumps(squad), encoding="utf-8")
    beir = tmp_path / "beir"
    (beir / "qrels").mkdir(parents=True)
    lines = [json.dumps({"_id": id, "title": "", "text": text}) for id, text in passages.items()]
    (beir / "corpus.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (beir / "queries.jsonl").write_text("\n".join(json.dumps({"_id": i, "text": q}) for i, q, _ in asked))
    (beir / "qrels" / "test.tsv").write_text(
        "query-id\tcorpus-id\tscore\n" + "".join(f"{i}\t{p}\t1\n" for i, _, p in asked)
    )
    for options in (Options(squad=tmp_path / "squad.json"), Options(beir=beir)):
        report, _ = evaluate(options, QUIET)
        figures = report.main.figures["all"]["all"]
        assert set(figures) == set(RANKING)
        assert (figures["success@1"].mean, figures["success@1"].n) == (1, 2)


def test_the_command_writes_the_report_and_prints_tables(questions: Path, tmp_path: Path) -> None:
    result = cli("--questions", str(questions), "--out", str(tmp_path / "r"))
    assert result.exit_code == 0
    assert "配置对比：dev" in result.stdout
    assert "延迟 p50" in result.stdout
    assert sorted(path.name for path in (tmp_path / "r").iterdir()) == [
        "qrels.trec",
        "questions.csv",
        "questions.xlsx",
        "report.html",
        "report.json",
        "run-fused.trec",
        "run-meaning.trec",
        "run-words.trec",
    ]


def test_figures_below_those_asked_for_are_exit_status_3(questions: Path, tmp_path: Path) -> None:
    base = ["--questions", str(questions), "--config", "fused", "--out", str(tmp_path)]
    assert cli(*base, "--fail-under", "topic.recall=0.5", "--fail-under", "decline_recall=1").exit_code == 0
    below = cli(*base, "--fail-under", "topic.recall=0.9")
    assert (below.exit_code, "topic.recall = 0.5000，低于 0.9（n=5）" in below.stderr) == (3, True)
    missing = cli(*base, "--fail-under", "table=0.1")
    assert (missing.exit_code, "table 没有测到" in missing.stderr) == (3, True)
    assert cli(*base, "--split", "test", "--fail-under", "exact=0.5").exit_code == 0
    assert cli(*base, "--split", "test", "--fail-under", "exact=0.51").exit_code == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--fail-under", "快=1"], "应为“指标=值”"),
        (["--fail-under", "exact"], "应为“指标=值”"),
        (["--fail-under", "exact=nan"], "应为“指标=值”"),
        (["--fail-under", "exact=60"], "应为“指标=值”"),
        (["--url", "http://x", "--documents", "a"], "--url 测的是运行中的服务"),
        (["--squad", "a", "--documents", "b"], "--beir 与 --squad 自带段落"),
        (["--split", "train"], "应为 dev 或 test"),
        (["--squad", "a", "--beir", "b"], "只能用一个"),
        (["--topics", "a"], "--topics 要与 --questions"),
        (["--url", "http://x", "--config", "words"], "--url 测的是运行中的服务"),
    ],
)
def test_wrong_usage_is_exit_status_2(arguments: list[str], said: str) -> None:
    result = cli(*arguments)
    assert result.exit_code == 2
    assert said in re.sub(r"[\s│]+", "", result.stderr) or said in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--questions", "没有.xlsx"], "找不到题集"),
        (["--config", "fuse"], "未知的配置“fuse”"),
        (["--documents", "没有"], "找不到文档文件夹"),
        (["--baseline", "没有.json"], "应为以前一次评测写出的 report.json"),
        (["--out", "/dev/null/x"], "无法写入"),
        (["--url", "http://127.0.0.1:9"], "应为运行中的要点问答服务"),
        (["--squad", "没有.json"], "读不了"),
    ],
)
def test_what_cannot_be_evaluated_is_exit_status_1_and_one_line(
    arguments: list[str], said: str, tmp_path: Path
) -> None:
    result = cli("--out", str(tmp_path), *arguments)
    assert result.exit_code == 1
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_own_documents_need_own_questions(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "a.txt").write_text("通知\n1、甲。\n2、乙。\n", encoding="utf-8")
    result = cli("--documents", str(tmp_path / "documents"), "--out", str(tmp_path / "r"))
    assert (result.exit_code, "自带的题集只问自带的文档" in result.stderr) == (1, True)


def test_without_the_extra_the_command_that_installs_it_is_named(tmp_path: Path) -> None:
    program = (
        "import runpy, sys; sys.modules['ir_measures'] = None; sys.argv = ['eval']; "
        "runpy.run_module('eval', run_name='__main__')"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert result.returncode == 1
    assert "缺 ir_measures" in result.stderr
    assert "pip install -e '.[eval]'" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_running_service_gives_the_same_answers(
    evaluated: tuple[Report, dict[str, str]], questions: Path, tmp_path: Path
) -> None:
    program = [sys.executable, "-c", "from service.cli import main; main()", "serve", "--port", "0"]
    server = subprocess.Popen([*program, "--data", str(tmp_path)], stderr=subprocess.PIPE, text=True)
    try:
        assert server.stderr
        lines = iter(server.stderr.readline, "")
        (url,) = next(found for line in lines if (found := re.findall(r"已就绪：(http://[\d.:]+)", line)))
        report, _ = evaluate(Options(questions=questions, url=url), QUIET)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)
    mine, theirs = (
        {outcome.case.id: {name: outcome.scores[name] for name in ("exact", "citations", "parity") if name in outcome.scores}
         for outcome in one.main.outcomes} for one in (evaluated[0], report)
    )  # fmt: skip
    assert mine == theirs
    assert report.main.figures["all"]["all"]["ndcg@10"].mean > 0.5
    assert report.about["url"] == url
