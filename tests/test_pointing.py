"""Every way to point at items and sections of the packaged document, and words that only look like it."""

import pytest

from service import Assistant

THIRD, FOURTH = list(range(28, 34)), list(range(34, 39))
MANY: list[tuple[str, list[int]]] = [
    (
        """
        第三十一条 31 ３１ 卅一 第31项 31号 第卅一項 31项 三十一项 三十一 第31条讲什么 第31項是什麼 31号任务 第31号任务
        第31个任务 任务31 任务三十一 编号31 编号为31的任务 No.31 no31 #31 序号31 31. 31、 (31) （三十一）
        第（31）项 第31 第３１項 叁拾壹 第叁拾壹项 请问第31项说了什么 我想看第31项 把第31项念一遍 第31项原文 看一下31号
        第31項的內容 第三十一項全文
        """,
        [31],
    ),
    (
        """
        第31至33项 31-33 31~33项 31—33项 第31到第33项 第三十一至三十三条 从第31项到第33项 31到33号任务
        31至33 第31、32、33项 31,32,33 第31项、第32项、第33项 第33至31项 第31、32至33项
        """,
        [31, 32, 33],
    ),
    (
        """
        最后一项 最后一条任务 最末一项 末项 倒数第1条
        """,
        [38],
    ),
    (
        """
        最后三项 末三项 后三项
        """,
        [36, 37, 38],
    ),
    (
        """
        前五项 前5项任务是什么 开头五项
        """,
        [1, 2, 3, 4, 5],
    ),
    (
        """
        首项 头一项 第一项
        """,
        [1],
    ),
    (
        """
        第三部分 第三章 三、 第3部分有哪些 第三大部分的任务 第叁部分 第三部份有哪些任务 第三部分的内容 三、部分都有哪些任务
        """,
        THIRD,
    ),
    (
        """
        最后一部分 最后一个部分有哪些任务 第四部分 倒数第一章
        """,
        FOURTH,
    ),
]
FORMS: dict[str, list[int]] = {form: numbers for forms, numbers in MANY for form in forms.split()} | {
    "第 31 项": [31],
    "31 32 33": [31, 32, 33],
    "31和32": [31, 32],
    "第31项和第33项": [31, 33],
    "第3、5至7项": [3, 5, 6, 7],
    "第1、3至5、26项由谁牵头": [1, 3, 4, 5, 26],
    "倒数第二项": [37],
    "第一部分和第四部分有哪些任务": [*range(1, 12), *FOURTH],
    "第三、四部分": [*THIRD, *FOURTH],
    "第二到第四部分的任务": list(range(12, 39)),
}
LOOKALIKES = """第三方 十三五 三位一体 三同 三互 两学一做 十八届六中全会 中国制造2025 1-2家 2017年 一批 一带一路 1至2个省 三品一标 一体化
    四个自信 八项规定 三会一课 两个责任 第一责任人 第一书记 第二产业 百分之五 2.0版 5G 互联网+ 2016-2020年 第十三个五年规划 三年行动 31省 一站式
    第六号令 国发〔2015〕31号 31号文件 4.0 三项制度改革 9家机构""".split()


def test_there_are_forms_enough() -> None:
    assert len(FORMS) >= 80
    assert len(LOOKALIKES) >= 30


@pytest.mark.parametrize(("question", "expected"), FORMS.items())
def test_a_form_points_at_its_items(question: str, expected: list[int], assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert [match.item.number for match in answer.items] == expected
    assert not answer.declined


@pytest.mark.parametrize("asked", ["{}", "哪些任务涉及{}", "{}有哪些任务"])
@pytest.mark.parametrize("words", LOOKALIKES)
def test_words_that_look_like_numbers_point_at_nothing(words: str, asked: str, assistant: Assistant) -> None:
    plan = assistant.ask(asked.format(words)).plan
    assert (plan.numbers, plan.within, plan.sections) == ((), None, ())


@pytest.mark.parametrize(
    ("question", "reason", "text"),
    [
        ("第99项", "no_such_item", "没有第99项：现有编号是第1至38项。"),
        ("第40至45项", "no_such_item", "没有第40至45项：现有编号是第1至38项。"),
        ("第七部分", "no_such_section", "没有第7部分：现有第1部分、第2部分、第3部分、第4部分。"),
        ("外交部牵头的任务", "no_such_department", "文件中没有名为“外交部”的部门。"),
    ],
)
def test_what_does_not_exist_is_declined_and_what_exists_is_named(
    question: str, reason: str, text: str, assistant: Assistant
) -> None:
    answer = assistant.ask(question)
    assert (answer.reason, answer.text.startswith(text)) == (reason, True)


def test_a_range_partly_outside_answers_what_exists(assistant: Assistant) -> None:
    answer = assistant.ask("第37至40项")
    assert [match.item.number for match in answer.items] == [37, 38]
    assert answer.text.startswith("没有第39、40项：现有编号是第1至38项。")
