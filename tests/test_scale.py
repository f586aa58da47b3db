"""Measuring at several sizes: what is drawn, chosen and fitted, and a run over a few documents. No times."""

import json
import sqlite3
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console
from typer.testing import CliRunner

from corpus import find_sources
from eval.__main__ import app
from eval.anchors import Given, bm25, faiss_flat, given_of, numpy_exact, trigrams
from eval.drawn import draw
from eval.growth import growth
from eval.scale import as_json, run_scale
from eval.scale_tables import tables
from eval.served import latency
from eval.subset import chosen, linked
from index import Encoder, Segmenter

TEXTS = [f"推进第{word}类食品安全监督管理，完善养老服务设施建设规划。" for word in "甲乙丙丁戊己庚辛"]


def write(folder: Path) -> Path:
    """Eight documents of two items."""
    folder.mkdir()
    for number, text in enumerate(TEXTS):
        (folder / f"d{number}.txt").write_text(f"通知\n1、{text}\n2、落实网络安全责任制度。\n", encoding="utf-8")
    return folder


def test_a_line_is_found_where_there_is_one() -> None:
    line = growth([10, 20, 40], [25, 45, 85])
    assert line is not None
    assert (line.per_item, line.fixed, line.r2) == pytest.approx((2, 5, 1))
    assert growth([10, 10], [1, 2]) is None


def test_the_share_that_a_line_explains_is_of_the_variance() -> None:
    line = growth([0, 1, 2], [0, 0, 3])  # -0.5 + 1.5 x: off by 0.5, -1, 0.5; the mean 1: off by -1, -1, 2
    assert line is not None
    assert (line.per_item, line.fixed, line.r2) == pytest.approx((1.5, -0.5, 1 - 1.5 / 6))


def test_times_are_told_by_their_ranks() -> None:
    assert latency([float(number) for number in range(101)]).p50 == 50
    assert latency([float(number) for number in range(101)]).p99 == 99


def test_documents_are_chosen_evenly() -> None:
    assert chosen([1] * 8, 4) == [0, 2, 4, 6]
    assert chosen([2, 2, 2], 6) == [0, 1, 2]
    assert chosen([0, 3, 3], 3) == [1]


def test_a_part_of_a_folder_keeps_what_stands_beside_its_documents(tmp_path: Path) -> None:
    folder = write(tmp_path / "documents")
    (folder / "dictionary.txt").write_text("养老服务设施\n", encoding="utf-8")
    part = linked(find_sources(folder), [1, 3], tmp_path / "part")
    found = find_sources(part)
    assert [*found.files] == ["d1", "d3"]
    assert "养老服务设施" in found.words


def test_questions_are_the_same_each_time_and_none_is_asked_twice() -> None:
    drawn = draw(TEXTS, 3)
    assert drawn == draw(TEXTS, 3)
    assert len({one.question for one in drawn}) == len(drawn)
    kinds = [one.kind for one in drawn]
    assert {kind: kinds.count(kind) for kind in kinds} == dict.fromkeys(
        ("字面少", "字面多", "几个词", "编号", "数目", "写错", "不相干"), 3
    )
    for one in drawn:
        if one.kind == "字面少":
            assert any(one.search in text for text in TEXTS)
        if one.kind in ("写错", "不相干"):
            assert not any(one.search in text for text in TEXTS)
        if one.kind == "字面多":
            assert all(one.search in text for text in TEXTS)
    assert [one.question for one in drawn if one.kind == "编号"] == ["第1条讲什么", "第2条讲什么", "第3条讲什么"]


def test_anchors_find_what_is_there() -> None:
    vectors = np.eye(3, dtype=np.float32)
    given = Given(
        ["食品安全", "养老服务", "网络安全"], ["食品", "安全", "养老", "网络"], [[0, 1], [2], [3, 1]], vectors
    )
    assert numpy_exact(given)(vectors[1])[-1] == 1
    assert faiss_flat(given)(vectors[2])[1][0][0] == 2
    assert bm25(given)(["养老"])[-1] == 1
    try:
        find = trigrams(given)
    except sqlite3.OperationalError as error:
        pytest.skip(f"this SQLite has no trigrams: {error}")
    assert find("网络安全") == [3]
    assert find("安全") == [1, 3]


def test_anchors_have_the_encoders_vectors(segmenter: Segmenter, encoder: Encoder) -> None:
    given = given_of([*TEXTS, ""], segmenter, encoder)
    assert [given.vocabulary[word] for word in given.words[0]] == segmenter.search_words(TEXTS[0])
    assert np.allclose(given.vectors, encoder.encode([*TEXTS, ""]), atol=1e-5)


def test_a_few_documents_are_measured_at_two_sizes(tmp_path: Path) -> None:
    said: list[str] = []
    found = run_scale(write(tmp_path / "documents"), [8, 1000], 2, said.append)
    assert [(one.items, one.documents) for one in found.sizes] == [(8, 4), (16, 8)]
    for one in found.sizes:
        assert {times.requests for times in (*one.asked.values(), *one.searched.values())} == {2}
        assert one.built.disk > 100_000
        assert [anchor.name for anchor in one.anchors[:4]] == [
            "numpy 逐个比较",
            "faiss Flat",
            "bm25s",
            "SQLite FTS5 trigram",
        ]
    small, large = (one.built.disk for one in found.sizes)
    assert found.growth["磁盘，字节"].per_item == pytest.approx((large - small) / 8)
    assert "8 个条目：编号" in said
    assert json.loads(as_json(found))["sizes"][1]["items"] == 16
    console = Console(width=120, record=True)
    for table in tables(found):
        console.print(table)
    assert "每增加一个条目" in console.export_text()


def test_sizes_that_are_no_numbers_are_said(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["bench", "--scale", str(tmp_path), "--sizes", "一千"])
    assert result.exit_code == 2
    assert "应为以逗号分隔的正整数" in result.output
