"""A question chooses its document: by title, year, issuer or 今年; an unknown one is said, one of several is asked for."""

import datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from corpus import load_corpus
from index import Encoder, Index, Segmenter
from service import Assistant
from service.answering import Answer
from service.app import create_app
from tests.conftest import loaded

TODAY = datetime.date(2032, 6, 1)
PLAN = """{year}年河湾市商务工作要点
河湾市商务局
{year}年2月{day}日
{items}"""
FILES = {
    "plan-2031": PLAN.format(
        year=2031,
        day=3,
        items="1.办好夜市。（牵头部门：市场处，协作部门：法规处）\n2.修订会展规则。（牵头部门：法规处）\n3.推广无人配送。（牵头部门：科技处）\n",
    ),
    "plan-2032": PLAN.format(
        year=2032,
        day=8,
        items="1.办好早市。（牵头部门：市场处）\n2.扩建夜市。（牵头部门：市场处）\n3.评估会展规则。（牵头部门：法规处）\n4.培训摊主。（牵头部门：人事处）\n",
    ),
    "leave": "河湾市教职工疗养假实施办法\n第一条 教职工享受疗养假。\n第二条 疗养假每年七天。\n第三条 疗养假由教务处审批。\n（河湾市教育局2029年5月1日印发）\n",
    "stall": "河湾市摊位管理办法\n河湾市人民政府办公室\n2030年4月2日\n第一条 摊位按号经营。\n第二条 夜市摊位每晚十一点收摊。\n",
    "bridge": "河湾市城建局关于印发《步行桥养护方案》的通知\n各区：\n现印发给你们，请认真执行。\n河湾市城建局\n2030年9月9日\n步行桥养护方案\n1.每月检修桥面。（牵头部门：养护处）\n2.登记苜蓿灯。（牵头部门：养护处）\n",
}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shelf")
    for name, text in FILES.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def five(shelf: Path, segmenter: Segmenter, encoder: Encoder) -> Assistant:
    return Assistant(Index.build(load_corpus(shelf), segmenter, encoder), lambda: TODAY)


def found(answer: Answer) -> list[str]:
    return [f"{match.item.document}#{match.item.id}" for match in answer.items]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("《河湾市教职工疗养假实施办法》第二条讲什么", ["leave#2"]),
        ("疗养假实施办法第二条讲什么", ["leave#2"]),
        ("步行桥养护方案里有哪些任务", ["bridge#1", "bridge#2"]),
        ("《河湾市城建局关于印发〈步行桥养护方案〉的通知》里有哪些任务", ["bridge#1", "bridge#2"]),
        ("2031年商务工作要点里市场处牵头的任务", ["plan-2031#1"]),
        ("2031年工作要点里市场处牵头的任务", ["plan-2031#1"]),
        ("2031年市场处牵头的任务", ["plan-2031#1"]),
        ("去年的要点里哪些涉及夜市", ["plan-2031#1"]),
        ("今年市场处牵头哪些任务", ["plan-2032#1", "plan-2032#2"]),
        ("2032年和2031年的工作要点里哪些涉及夜市", ["plan-2032#2", "plan-2031#1"]),
        ("河湾市人民政府办公室印发的文件里哪些条款涉及夜市", ["stall#2"]),
        ("市政府办公室印发的文件里哪些条款涉及夜市", ["stall#2"]),
        ("哪些任务涉及夜市，不要2031年的", ["plan-2032#2", "stall#2"]),
        ("不在摊位管理办法里，哪些任务涉及夜市", ["plan-2032#2", "plan-2031#1"]),
        ("《疗养假实施办法》第一条和《摊位管理办法》第二条讲什么", ["leave#1", "stall#2"]),
        ("第4项讲什么", ["plan-2032#4"]),
        ("2030年9月印发的方案里有哪些任务", ["bridge#1", "bridge#2"]),
        ("河湾市人民政府办公室2030年4月发的办法第二条讲什么", ["stall#2"]),
    ],
)
def test_a_question_chooses_its_documents(five: Assistant, question: str, expected: list[str]) -> None:
    assert found(five.ask(question)) == expected


@pytest.mark.parametrize(
    "question", ["市场处牵头哪些任务", "第2项讲什么", "谁印发的", "有几项任务", "哪个部门牵头最多", "哪些任务涉及夜肆"]
)
def test_a_document_chosen_answers_as_if_loaded_alone(five: Assistant, question: str) -> None:
    alone, chosen = five.ask(question, documents=["plan-2032"]), five.ask(f"《2032年河湾市商务工作要点》里{question}")
    assert (found(chosen), chosen.count, chosen.considered, chosen.reason) == (
        found(alone),
        alone.count,
        4,
        alone.reason,
    )
    assert chosen.plan.documents == ("plan-2032",)
    assert alone.plan.documents == ()


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("2019年工作要点有哪些任务", "2019年工作要点"),
        ("《河湾市垃圾分类条例》第一条讲什么", "《河湾市垃圾分类条例》"),
        ("关于推进人才集聚的实施意见里市场处牵头哪些", "关于推进人才集聚的实施意见"),
        ("明年的要点有哪些任务", "明年的要点（2033年）"),
        ("关于推进商务集聚的工作要点里市场处牵头哪些", "关于推进商务集聚的工作要点"),
        ("渔业法第二条讲什么", "渔业法"),
        ("民宿管理条例 第1条", "民宿管理条例"),
        ("2030年5月印发的办法第一条讲什么", "2030年5月印发的办法"),
    ],
)
def test_an_unknown_document_is_said(five: Assistant, question: str, named: str) -> None:
    answer = five.ask(question)
    assert (answer.reason, list(answer.items)) == ("no_such_document", [])
    assert f"没有“{named}”" in answer.text
    assert "《2032年河湾市商务工作要点》" in answer.text


@pytest.mark.parametrize(
    ("question", "documents"),
    [
        ("河湾市商务局印发了哪些文件", ["plan-2032", "plan-2031"]),
        ("河湾市商务局发了什么文件", ["plan-2032", "plan-2031"]),
        ("河湾市商务局发的文件有哪些", ["plan-2032", "plan-2031"]),
        ("2030年的文件有哪些", ["bridge", "stall"]),
    ],
)
def test_documents_that_somebody_issued_are_listed(five: Assistant, question: str, documents: list[str]) -> None:
    assert [row.document for row in five.ask(question).table or ()] == documents


@pytest.mark.parametrize(
    "question",
    ["不是河湾市商务局印发的有哪些文件", "除了河湾市商务局印发的有哪些文件", "不是由河湾市商务局印发的文件有哪些"],
)
def test_documents_that_somebody_else_issued_are_not_those(five: Assistant, question: str) -> None:
    listed = [row.document for row in five.ask(question).table or ()]
    assert not {"plan-2032", "plan-2031"} & set(listed)


def test_a_title_that_fits_two_asks_which(five: Assistant) -> None:
    answer = five.ask("《商务工作要点》里市场处牵头哪些")
    assert (answer.reason, [offer.document for offer in answer.plan.offers]) == (
        "which_document",
        ["plan-2032", "plan-2031"],
    )
    assert found(five.ask(answer.plan.offers[1].question)) == ["plan-2031#1"]


def test_a_number_alone_asks_which_and_offers_those_that_have_it(five: Assistant) -> None:
    answer = five.ask("第三条讲什么")
    assert answer.reason == "which_document"
    assert [offer.document for offer in answer.plan.offers] == ["plan-2032", "plan-2031", "leave"]
    assert [found(five.ask(offer.question)) for offer in answer.plan.offers] == [
        ["plan-2032#3"],
        ["plan-2031#3"],
        ["leave#3"],
    ]
    assert found(five.ask("第三条讲什么", documents=["leave", "plan-2031"])) == ["plan-2031#3", "leave#3"]


def test_follow_ups_stay_with_the_document_spoken_of(five: Assistant) -> None:
    first = "《疗养假实施办法》第一条讲什么"
    assert found(five.ask("那第二条呢", [first])) == ["leave#2"]
    assert found(five.ask("第三条讲什么", [first, "那第二条呢"])) == ["leave#3"]
    assert five.ask("谁印发的", ["2031年工作要点里市场处牵头的任务"]).documents[0][0].id == "plan-2031"
    assert found(five.ask("那去年的呢", ["今年市场处牵头哪些任务"])) == ["plan-2031#1"]
    assert found(five.ask("摊位管理办法的", ["第二条讲什么"])) == ["stall#2"]
    assert found(five.ask("第二个呢", ["哪些任务涉及会展规则"])) == ["plan-2031#2"]
    assert five.ask("第二个呢", ["哪些任务涉及会展规则"]).plan.question == "《2031年河湾市商务工作要点》第2项"


def test_what_stands_alone_asks_the_same(five: Assistant) -> None:
    for question, history in (
        ("其中涉及夜市的", ["2032年工作要点里市场处牵头的任务"]),
        ("那法规处呢", ["2031年工作要点里市场处牵头的任务"]),
        ("那去年的呢", ["今年市场处牵头哪些任务"]),
    ):
        answer = five.ask(question, history)
        assert found(five.ask(answer.plan.question)) == found(answer) != []


def test_sets_are_grouped_by_document_with_counts_in_its_own_unit(five: Assistant) -> None:
    answer = five.ask("哪些内容涉及夜市")
    assert found(answer) == ["plan-2032#2", "plan-2031#1", "stall#2"]
    assert [(document.id, count) for document, count in answer.documents] == [
        ("plan-2032", 1),
        ("plan-2031", 1),
        ("stall", 1),
    ]
    lines = answer.text.split("\n")
    assert "3个条目" in lines[0]
    assert lines[1::2] == [
        "《2032年河湾市商务工作要点》（1项）：",
        "《2031年河湾市商务工作要点》（1项）：",
        "《河湾市摊位管理办法》（1条）：",
    ]


def test_tables_and_heads_name_the_documents(five: Assistant) -> None:
    table = five.ask("哪个部门牵头最多")
    assert "市场处：3项（《2032年河湾市商务工作要点》2项、《2031年河湾市商务工作要点》1项）" in table.text
    assert "《河湾市摊位管理办法》：“河湾市人民政府办公室”" in five.ask("谁印发的").text


def test_no_word_of_a_document_that_is_not_asked_is_offered(five: Assistant) -> None:
    """检修桥面 stands in one document: of others its neighbour in sound is neither offered nor read."""
    assert [one.meant for one in five.ask("哪些任务涉及检秀桥面").plan.corrections] == ["检修桥面"]
    for answer in (
        five.ask("哪些任务涉及检秀桥面", documents=["stall", "leave"]),
        five.ask("《摊位管理办法》里哪些涉及检秀桥面"),
    ):
        assert (answer.plan.corrections, answer.meant, answer.declined) == ((), None, True)
        assert "检修" not in answer.text


def test_no_reading_depends_on_a_document_that_is_not_asked(
    shelf: Path, five: Assistant, segmenter: Segmenter, encoder: Encoder, tmp_path: Path
) -> None:
    for name in ("stall", "plan-2031"):
        (tmp_path / f"{name}.txt").write_text(FILES[name], encoding="utf-8")
    two = Assistant(Index.build(load_corpus(tmp_path), segmenter, encoder), lambda: TODAY)
    for question in (
        "哪些涉及检修桥面和夜市",
        "养护处牵头的任务",
        "夜市或早市",
        "疗养假",
        "第三条",
        "2032年的任务",
        "步行桥养护方案里的夜市",
    ):
        here, there = five.ask(question, documents=["stall", "plan-2031"]), two.ask(question)
        assert (here.text, here.plan.where, here.reason) == (there.text, there.plan.where, there.reason), question


def test_the_reply_names_the_documents(five: Assistant) -> None:
    with TestClient(create_app(loaded(five))) as client:
        reply = client.post("/api/ask", json={"question": "去年的要点里哪些涉及夜市"}).json()
        which = client.post("/api/ask", json={"question": "第二条讲什么"}).json()
    assert reply["plan"]["documents"] == ["plan-2031"]
    assert reply["documents"] == [
        {
            "id": "plan-2031",
            "title": "2031年河湾市商务工作要点",
            "short_title": "2031年河湾市商务工作要点",
            "short_title_hans": None,
            "issuer": "河湾市商务局",
            "issuer_hans": None,
            "number": None,
            "date": "2031-02-03",
            "count": 1,
            "unit": "项",
        }
    ]
    assert reply["items"][0]["document_title"] == "2031年河湾市商务工作要点"
    assert reply["conditions"][0]["said"] == "在《2031年河湾市商务工作要点》中"
    assert which["choices"][-1] == {
        "document": "leave",
        "title": "河湾市教职工疗养假实施办法",
        "title_hans": None,
        "question": "《河湾市教职工疗养假实施办法》第二条讲什么",
    }
