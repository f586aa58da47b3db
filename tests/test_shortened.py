"""Short forms that stand nowhere, and what stands there and is shortened so."""

from pathlib import Path

import pytest

from corpus import load_corpus
from index import Encoder, Index, Segmenter, is_shortened
from service import Assistant
from tests.conftest import assistant_of

RULES = """青山市社会团体管理办法
第一条 社会团体应当每年报送年度报告。
第二条 民政局负责社会团体的登记。
第三条 残疾人联合会指导残疾人社会团体。
第四条 人力资源社会保障行政部门核定岗位，市场监督管理部门查处无照经营。
第五条 人力资源社会保障等部门依职责开展工作。
第六条 召开工作会议，安排天然气检查。
第七条 品牌培育与文化建设同步推进。
"""


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    return assistant_of(tmp_path_factory.mktemp("rules"), {"rules": RULES}, segmenter, encoder)


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        ("社团", "社会团体"),
        ("残联", "残疾人联合会"),
        ("综保区", "综合保税区"),
        ("公租房", "公共租赁住房"),
        ("氢燃料电池车", "氢燃料电池汽车"),
        ("人社部门", "人力资源社会保障部门"),
    ],
)
def test_letters_that_begin_words_or_end_the_last_shorten_it(short: str, whole: str, segmenter: Segmenter) -> None:
    assert is_shortened(short, whole, segmenter.search_words(whole))


@pytest.mark.parametrize(("short", "whole"), [("天气", "天然气"), ("工地", "工作人员地址"), ("社保", "社会稳定保障")])
def test_one_word_or_a_word_left_out_shortens_nothing(short: str, whole: str, segmenter: Segmenter) -> None:
    assert not is_shortened(short, whole, segmenter.search_words(whole))


@pytest.mark.parametrize(
    ("question", "expected", "said"),
    [
        ("社团的登记", [2], "社会团体的登记”"),
        ("哪些条涉及残联", [3], "写作“残疾人联合会”"),
        ("哪些条提到人社部门", [4, 5], "写作“人力资源社会保障"),
        ("市监部门查处什么", [4], "写作“市场监督管理部门"),
    ],
)
def test_what_is_written_out_is_found_and_said(rules: Assistant, question: str, expected: list[int], said: str) -> None:
    answer = rules.ask(question)
    assert sorted(int(match.item.id) for match in answer.items) == expected
    assert said in answer.text


def test_a_word_that_means_something_else_is_not_written_out(rules: Assistant) -> None:
    """工会 is no 工作会议."""
    assert not rules.ask("哪些条涉及工会").items
    assert not rules.ask("哪些条涉及天气").items


def test_a_group_that_may_not_be_read_writes_nothing_out(
    tmp_path: Path, segmenter: Segmenter, encoder: Encoder
) -> None:
    (tmp_path / "rules.txt").write_text(RULES, encoding="utf-8")
    (tmp_path / "other.txt").write_text("通知\n1、修桥。\n2、修路。\n", encoding="utf-8")
    index = Index.build(load_corpus(tmp_path), segmenter, encoder)
    assert index.whole_forms("社团", ["rules"]) == ["社会团体"]
    assert index.whole_forms("社团", ["other"]) == []


def test_two_known_words_shorten_nothing(rules: Assistant) -> None:
    """年度…报送 is no 年报; 登记岗位 no short form of anything."""
    assert not rules.ask("登记岗位").items


@pytest.mark.parametrize(("short", "whole"), [("保存三年", "保存期限为三十年"), ("不合检查", "不定期合同检查")])
def test_what_counts_or_denies_is_no_short_form(
    short: str, whole: str, tmp_path: Path, segmenter: Segmenter, encoder: Encoder
) -> None:
    (tmp_path / "rules.txt").write_text(f"办法\n第一条 {whole}。\n第二条 修桥。\n", encoding="utf-8")
    index = Index.build(load_corpus(tmp_path), segmenter, encoder)
    assert index.whole_forms(short) == []


def test_a_denial_leaves_out_only_what_is_written_so(rules: Assistant) -> None:
    """社会团体 may be meant by 社团, and 不涉及社团 leaves nothing out for that."""
    assert len(rules.ask("不涉及社团的条款").items) == 7
