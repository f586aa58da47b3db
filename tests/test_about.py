"""Questions about the document itself, in many words; and questions that only sound like them."""

import pytest

from service import Assistant

QUOTED = {
    "國家認監委": "谁印发的 发文单位是哪家 落款是什麼機關 哪个机构出台了这份要点 这是哪个单位发的文件 制定机关是谁 文件署名單位 發布機關是哪一家 这文是谁家出的呀".split(),
    "2017年2月15日": "什么时候印发的 这个通知几月几号发的？ 啥時候印發的 落款时间是哪一天 成文日期 印发日期是多少 2017年工作要点何时发布 这个通知啥时候出来的".split(),
    "2017年認證認可工作要點": "这份文件叫什么名字 文件全称叫什么 请告诉我这份文件的标题 標題是什麼 随这个通知印发的是什么文件 簡單說下這是份什麼文件 这是哪一年的工作要点".split(),
    "各直屬檢驗檢疫局": "这份文件发给谁 主送单位有哪些 收文单位都有哪些 發給哪些單位的 抬头是谁 通知的對象是哪些單位 请列明本文件的主送范围。 這份通知發給哪些機關 哪些单位会收到这份文件".split(),
    "總體要求是:堅持穩中求進": (
        "总体要求是什么 2017年工作的总体要求是什么 总体要求里以什么为中心 总体要求念给我听听 工作总基调是什么 开头说大力实施哪个战略 "
        "这份文件讲了什么 指导思想 请摘录总体要求全文 这份文件主要是干什么的 2017年的认证认可工作以什么为主线"
    ).split(),
    "請結合實際,認真遵照實施": "通知对收文单位提了什么要求 收到这个通知以后我们该怎么做？ 这份通知有什么要求 通知內文寫了什麼？ 通知那段话是怎么写的".split(),
    "推出一批關鍵性改革舉措": "第二部分的标题是什么 第二部分叫什么 第二章的題目？".split(),
    "樹立一批標桿性": ["最后一个部分的标题怎么写的"],
}
COUNTED = {
    4: "分几个部分 这份文件由几部分组成 全文有多少個大標題？ 各部分的标题分别是什么 有哪些章节 全文分成几块".split(),
    16: "有哪些部门 共有多少个部门 文件裏點名的部門總共有幾個？ 都有哪些部门参与了这份要点 把文件中出现的部门名单列一下 把所有部门的名单给我列一下".split(),
}
NOT_ABOUT = "任务什么时候完成 平台什么时候上线 法律部的负责人叫什么名字 2018年的工作要點講了什麼 第25条讲什么 一带一路讲了什么 2.1讲什么 抄送给哪些单位".split()


@pytest.mark.parametrize(("question", "quote"), [(q, quote) for quote, asked in QUOTED.items() for q in asked])
def test_a_part_of_the_document_is_quoted(question: str, quote: str, assistant: Assistant) -> None:
    answer = assistant.ask(question)
    assert answer.plan.ask.kind == "about"
    assert any(quote in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(("question", "count"), [(q, count) for count, asked in COUNTED.items() for q in asked])
def test_parts_and_departments_are_counted(question: str, count: int, assistant: Assistant) -> None:
    assert assistant.ask(question).count == count


@pytest.mark.parametrize("question", NOT_ABOUT)
def test_what_only_sounds_like_it_is_not(question: str, assistant: Assistant) -> None:
    assert assistant.ask(question).plan.ask.kind != "about"


def test_what_only_the_head_says_is_quoted_from_it(assistant: Assistant) -> None:
    answer = assistant.ask("哪些任务涉及稳中求进")
    assert answer.text.startswith("没有任务写到“稳中求进”；文件开头写有：\n“2017年認證認可工作的總體要求是:")
    assert (answer.plan.ask.kind, answer.items, answer.count) == ("about", (), None)
