"""Texts of one file: each may be named by its own title, and then it alone is asked."""

from pathlib import Path

import pytest

from corpus import load_corpus
from index import Encoder, Index, Segmenter
from service import Assistant
from service.answering import Answer

RULES = """柳湖市人民政府关于印发茶园保护和茶农培训两个规定的通知
柳政发〔2031〕4号
各区人民政府：
现印发给你们，请认真执行。
柳湖市人民政府
2031年5月6日
柳湖市茶园保护规定
第一条 茶园按山划界。
第二条 茶园禁用烈性农药。
第三条 古茶树挂牌。
柳湖市茶农培训规定
第一条 茶农每年培训一次。
第二条 培训由农业农村局组织。
第三条 培训不收费。
第四条 学满发证。
"""
PLAN = """柳湖市茶市建设行动方案
柳政发〔2031〕9号
一、扩建茶市。（牵头部门：商务局）
二、开设夜市。（牵头部门：文旅局）
附件
茶市摊位整治清单
1.清理旧摊。（牵头部门：城管局）
2.划定车位。（牵头部门：公安局）
3.更换招牌。（牵头部门：商务局）
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("texts")
    (folder / "rules.txt").write_text(RULES, encoding="utf-8")
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    return Assistant(Index.build(load_corpus(folder), segmenter, encoder))


def found(answer: Answer) -> list[str]:
    return [f"{match.item.document}#{match.item.id}" for match in answer.items]


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (["柳湖市茶农培训规定第二条"], ["rules#t2.2"]),
        (["《柳湖市茶农培训规定》第三条讲什么"], ["rules#t2.3"]),
        (["茶农培训规定里有哪些条款"], ["rules#t2.1", "rules#t2.2", "rules#t2.3", "rules#t2.4"]),
        (["柳湖市茶农培训规定第二条", "那第四条呢"], ["rules#t2.4"]),
        (["茶市摊位整治清单里商务局牵头的"], ["plan#a1.3"]),
        (["摊位整治清单第2项"], ["plan#a1.2"]),
        (["茶市方案里商务局牵头的"], ["plan#1", "plan#a1.3"]),
        (["茶园茶农两个规定第二条"], ["rules#2", "rules#t2.2"]),  # of both texts
        (["茶园茶农两个规定第四条"], ["rules#t2.4"]),
    ],
)
def test_a_text_is_named_by_its_title(assistant: Assistant, turns: list[str], expected: list[str]) -> None:
    assert found(assistant.ask(turns[-1], turns[:-1])) == expected


def test_the_articles_of_one_text_are_counted(assistant: Assistant) -> None:
    answer = assistant.ask("柳湖市茶农培训规定有几条")
    assert (answer.count, answer.considered) == (4, 4)
    assert "《柳湖市茶农培训规定》" in answer.reading
    assert assistant.ask("柳湖市茶农培训规定第五条").reason == "no_such_item"


def test_what_stands_alone_asks_the_same_text(assistant: Assistant) -> None:
    for turns in (["柳湖市茶农培训规定第二条", "那第四条呢"], ["茶市摊位整治清单里商务局牵头的", "那公安局呢"]):
        answer = assistant.ask(turns[-1], turns[:-1])
        assert found(assistant.ask(answer.plan.question)) == found(answer) != []
