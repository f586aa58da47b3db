"""Questions as clerks type them: of a place without its title, of a law by a short name, of all the files at hand."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from index import Encoder, Index, Segmenter
from service import Assistant
from service.understanding import readings
from tests.conftest import assistant_of, small_corpus

FILES = {
    "青山市电梯安全条例": """青山市电梯安全条例
2019年3月1日青山市人民代表大会常务委员会通过
第一条 为了加强电梯安全，根据《特种装置安全法》，制定本条例。
第二条 维护保养单位应当履行下列义务：
（一）每十五日保养一次；
（二）保存记录四年。
第三条 电梯困人的，维护保养单位应当在三十分钟内赶到。
第四条 转包维护保养业务的，处一万元以上三万元以下罚款。
""",
    "白河市电梯安全条例": """白河市电梯安全条例
2021年6月1日白河市人民代表大会常务委员会通过
第一条 为了加强电梯安全，根据《特种装置安全法》，制定本条例。
第二条 维护保养单位应当履行下列义务：
（一）每十日保养一次；
（二）保存记录五年。
第三条 电梯困人的，维护保养单位应当在二十分钟内赶到。
第四条 市市场监督管理部门确定重点单位名录，并向社会公布。
第五条 工作秘密不得泄露。
""",
    "电梯安全条例": """电梯安全条例
2015年6月1日国务院公布
第一条 为了加强电梯安全，制定本条例。
第二条 使用单位应当张贴合格标志。
""",
    "机关秘密法": """中华人民共和国保守机关秘密法
2020年5月1日通过
第一条 为了保守机关秘密，制定本法。
第二条 涉密人员离岗应当办理手续。
第三条 举报泄密的，以发放奖金方式奖励，标准如下：
（一）作出一定贡献的，给予一万元以下奖励；
（二）作出重大贡献的，给予三万元以上奖励。
第四条 有下列行为之一的，给予处分：
（一）复制机关秘密的；
（二）邮寄机关秘密的。
""",
    "机关秘密法实施条例": """中华人民共和国保守机关秘密法实施条例
2020年10月1日公布
第一条 根据《中华人民共和国保守机关秘密法》，制定本条例。
第二条 涉密人员每年培训一次。
""",
    "助餐通知": """青山市民政局 青山市财政局关于做好助餐工作的通知
青民〔2021〕3号
一、扩大助餐。每餐补助三元。
二、加强监督。
青山市民政局 青山市财政局
2021年4月13日
""",
}
LAW = "机关秘密法"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    return assistant_of(tmp_path_factory.mktemp("office"), FILES, segmenter, encoder)


def found(office: Assistant, turns: Sequence[str]) -> list[str]:
    answer = office.ask(turns[-1], tuple(turns[:-1]))
    return [f"{match.item.document}#{match.item.id}" for match in answer.items]


@pytest.mark.parametrize(
    ("turns", "items"),
    [
        (["白河的电梯困人了多久要到场"], ["白河市电梯安全条例#3"]),
        (["白河电梯安全条例第三条"], ["白河市电梯安全条例#3"]),
        (["青山的维护保养单位有哪些义务", "那白河的呢"], ["白河市电梯安全条例#2"]),
        (["青山和白河的电梯条例，困人各是怎么规定的"], ["白河市电梯安全条例#3", "青山市电梯安全条例#3"]),
        (["哪几条提到白河"], []),
    ],
)
def test_a_place_alone_names_the_documents_of_it(office: Assistant, turns: list[str], items: list[str]) -> None:
    assert found(office, turns) == items


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("保密法第二条", [f"{LAW}#2"]),
        ("保密法对涉密人员离岗怎么规定的", [f"{LAW}#2"]),
        ("保密条例里涉密人员", [f"{LAW}实施条例#2"]),
    ],
)
def test_a_law_is_not_the_regulation_that_carries_it_out(office: Assistant, question: str, items: list[str]) -> None:
    assert found(office, [question]) == items


@pytest.mark.parametrize("question", ["特种装置安全法里电梯怎么规定的", "特种装置安全法规定电梯要检验吗"])
def test_a_law_that_only_others_name_is_said_to_be_absent(office: Assistant, question: str) -> None:
    answer = office.ask(question)
    assert (answer.reason, "没有“特种装置安全法”" in answer.text) == ("no_such_document", True)


def test_a_law_that_is_mentioned_is_a_topic(office: Assistant) -> None:
    assert found(office, ["哪些条款提到特种装置安全法"]) == ["白河市电梯安全条例#1", "青山市电梯安全条例#1"]


@pytest.mark.parametrize("question", ["保密法里奖金多少钱", "保密法里奖金分几档，每档多少钱"])
def test_what_a_list_tells_is_beside_what_introduces_it(office: Assistant, question: str) -> None:
    answer = office.ask(question)
    assert [match.item.id for match in answer.items] == ["3"]
    assert "一万元以下" in answer.text
    assert "三万元以上" in answer.text


def test_an_article_asked_for_what_it_lists_is_shown(office: Assistant) -> None:
    assert "邮寄机关秘密的" in office.ask("保密法第4条列了哪些违法行为").text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("这几个文件里哪些提到了维护保养", "共有2份文件有条目涉及“维护保养”，合计5个条目："),
        ("这几个文件里哪些规定了罚款", "共有1份文件有条目涉及“罚款”，合计1个条目："),
        ("这几份文件都有哪些", "共有6份文件："),
        ("列出所有文件", "共有6份文件："),
        ("2021年的文件有哪几份", "共有2份文件："),
        ("市财政局参与联合发文的是哪几份", "共有1份文件："),
    ],
)
def test_all_the_files_at_hand_are_asked(office: Assistant, question: str, said: str) -> None:
    assert office.ask(question).text.splitlines()[0] == said


def test_a_listed_document_is_told_with_its_issuer_number_and_day(office: Assistant) -> None:
    line = office.ask("市财政局印发的文件有哪些").text.splitlines()[1]
    assert line == "《关于做好助餐工作的通知》：青山市民政局、青山市财政局，青民〔2021〕3号，2021年4月13日，2项"


def test_words_of_asking_that_an_item_writes_together_are_a_topic(office: Assistant) -> None:
    assert found(office, ["重点单位名录怎么确定"]) == ["白河市电梯安全条例#4"]
    assert found(office, ["哪些条款涉及工作秘密"]) == ["白河市电梯安全条例#5"]


def test_each_clause_that_asks_something_else_is_answered(office: Assistant) -> None:
    assert found(office, ["青山的电梯困人多久要到，转包怎么罚"]) == ["青山市电梯安全条例#3", "青山市电梯安全条例#4"]


def test_what_is_demanded_is_not_read_as_what_is_denied(tmp_path: Path, segmenter: Segmenter, encoder: Encoder) -> None:
    corpus = small_corpus(tmp_path, "维护保养单位未履行的，处以罚款。", "维护保养单位每月报告。")
    index = Index.build(corpus, segmenter, encoder)
    assert readings("维护保养单位要履行", index) == []
    assert readings("维护保养单位末履行", index) == []
