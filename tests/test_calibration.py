import json
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console
from typer.testing import CliRunner

from eval.__main__ import app
from eval.ablation import Asked, ablation
from eval.calibrate import WEIGHTS, Swept, best_threshold, best_weight, related_floor, sweep
from eval.cases import Case
from eval.evaluation import passage_corpus
from eval.run import Outcome, Point
from eval.systems import Ranked, UnmeasurableError
from index import Calibration, Index, Segmenter, load_calibration, save_calibration
from index.train.export import export
from service.opening import OpeningError, open_assistant
from service.settings import Settings
from tests.conftest import CharacterEncoder, small_corpus


def test_constants_come_back_for_the_encoder_they_were_chosen_for(tmp_path: Path) -> None:
    assert load_calibration(tmp_path, "a") is None
    save_calibration(Calibration(0.35, 0.25), "a", tmp_path / "data")
    assert load_calibration(tmp_path / "data", "a") == Calibration(words_weight=0.35, meaning=0.25)
    assert load_calibration(tmp_path / "data", "b") is None


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        "[" * 10_000,
        '{"encoder": "a"}',
        '{"encoder": "a", "words_weight": 0.2}',
        '{"encoder": "a", "words_weight": 2, "meaning": 0, "related": 0}',
        f'{{"encoder": "a", "words_weight": {10**400}, "meaning": 0, "related": 0}}',
        '{"encoder": "a", "other": 0.5}',
    ],
)
def test_a_file_of_constants_that_cannot_be_read_is_refused_with_what_to_do(tmp_path: Path, content: str) -> None:
    (tmp_path / "calibration.json").write_text(content)
    with pytest.raises(ValueError, match=r"calibration\.json 读不懂.*重新校准"):
        load_calibration(tmp_path, "a")


def test_the_weight_with_the_best_mean_of_kinds_is_chosen_and_of_equals_the_higher() -> None:
    swept = [Swept(0.2, {"a": 0.9, "b": 0.3}), Swept(0.5, {"a": 0.8, "b": 0.4}), Swept(0.7, {"a": 0.8, "b": 0.3})]
    assert best_weight(swept) == 0.5


@pytest.mark.parametrize(
    ("added", "threshold"),
    [((0.5, 0.8, 0.9), 0.2), ((0.8, 0.7, 0.9), 0.3), ((0.8, 0.9, 0.7), 1.0), ((0.75, 0.75, 1.0), 0.1)],
)
def test_the_lowest_threshold_is_chosen_from_which_on_meaning_is_right_enough(
    added: tuple[float, ...], threshold: float
) -> None:
    curve = [Point(t, 1.0, 1.0, right) for t, right in zip((0.1, 0.2, 0.3), added, strict=True)]
    assert best_threshold(curve) == threshold


def test_all_but_a_tenth_of_the_expected_items_may_be_related() -> None:
    def outcome(meaning: float, *, open: bool = True) -> Outcome:
        return Outcome(Case("1", "q", items=("a#1",)), evidence=[Ranked("a#1", 1, meaning, open=open)])

    twenty = [outcome(0.3 + 0.01 * place) for place in range(20)]
    assert related_floor(twenty) == 0.31  # the 10 % quantile is 0.319
    assert related_floor([*[outcome(0.1, open=False)] * 9, *twenty]) == 0.31
    assert related_floor([]) == 0


def test_the_sweep_ranks_dev_questions_by_every_weight(tmp_path: Path, segmenter: Segmenter) -> None:
    index = Index.build(small_corpus(tmp_path, "推进工作。甲", "乙乙乙乙安排"), segmenter, CharacterEncoder())
    cases = [
        Case("1", "乙推进工作", kind="one", items=("a#2",), split="dev"),
        Case("2", "甲", kind="one", items=("a#2",), split="test"),
    ]
    swept = sweep(index, cases)
    assert [one.words_weight for one in swept] == list(WEIGHTS)
    found = {one.words_weight: one.kinds["one"] for one in swept}
    # 推进 and 工作 stand in item 1, 乙 means item 2: right first by meaning, second by words
    assert found[0.0] == 1
    assert found[1.0] == pytest.approx(1 / np.log2(3))


def model(folder: Path, rows: list[list[float]]) -> Path:
    export(folder, ["[UNK]", "食品", "新鲜", "道路"], np.array([[0, 0], *rows], dtype=np.float32))
    return folder


def test_a_step_gives_what_the_models_with_and_without_it_differ_by(tmp_path: Path) -> None:
    full = model(tmp_path / "full", [[1, 0], [1, 0.1], [0, 1]])
    model(tmp_path / "without-x", [[1, 0], [0, 1], [1, 0.1]])
    model(tmp_path / "with-y", [[1, 0], [0, 1], [1, 0.1]])
    asked = Asked(
        passage_corpus("p", {"1": "新鲜", "2": "道路"}), [Case("1", "食品", kind="k", items=("p#1",))], "success@1"
    )
    rows = ablation(str(full), tmp_path, {"k": asked})
    assert [(row.trained, row.step, row.figures["k"].mean, row.figures["k"].gain) for row in rows] == [
        ("as committed", "", 1, 0),
        ("without", "x", 0, 1),
        ("with", "y", 0, -1),
    ]
    with pytest.raises(UnmeasurableError, match="without-"):
        ablation(None, tmp_path / "full", {"k": asked})


def test_calibrate_writes_what_the_service_and_the_evaluation_then_use(tmp_path: Path) -> None:
    questions = tmp_path / "q.csv"
    questions.write_text("问题,答案\n车检站的审批,15\n老百姓,33\n一带一路,31;32\n", encoding="utf-8")
    run = CliRunner().invoke(app, ["calibrate", "--questions", str(questions), "--data", str(tmp_path / "data")])
    assert run.exit_code == 0, run.output
    kept = json.loads((tmp_path / "data" / "calibration.json").read_text())
    settings = Settings(Path("corpus/documents").absolute(), tmp_path / "data", None)
    assistant = open_assistant(settings, Console(quiet=True))
    assert kept["encoder"] == assistant.index.encoder.identity
    assert assistant.index.calibration == Calibration(kept["words_weight"], kept["meaning"], kept["related"])
    (tmp_path / "data" / "calibration.json").write_text("{")
    with pytest.raises(OpeningError, match="重新校准"):
        open_assistant(settings, Console(quiet=True))


def test_calibrate_without_a_question_that_serves_says_so(tmp_path: Path) -> None:
    questions = tmp_path / "q.csv"
    questions.write_text("问题,拒答\n天气,是\n", encoding="utf-8")
    run = CliRunner().invoke(app, ["calibrate", "--questions", str(questions), "--data", str(tmp_path)])
    assert run.exit_code == 1
    assert "没有可用来校准的问题" in run.output
