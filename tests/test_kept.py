"""What is worked out of a generation goes when nothing else holds the generation."""

import gc
import weakref

from fastapi.testclient import TestClient

from corpus import Shelf, load_corpus
from index import Encoder, Index, Segmenter
from service import Assistant
from service.app import create_app
from service.kept import kept
from tests.conftest import YEARS, loaded

QUESTIONS = """
2023年和2024年的要点里哪些涉及一带一路
和去年比有什么变化
哪一年开始提到一带一路
各年各部门牵头几项
哪些文件提到垃圾分类
第五条讲什么
《清溪市工作要点》由谁印发
商务局牵头哪些
六月底前要完成的任务
持续推进的任务
按部门分组列出
第一部分有哪些任务
哪些涉及垃圾份类
哪些任务会让老百姓高兴
今天天气怎么样
""".split()


def test_once_for_each_question_of_an_object() -> None:
    asked = []

    @kept(2)
    def joined(word: str, shelf: Shelf) -> str:
        asked.append((word, len(shelf)))
        return f"{word}{len(shelf)}"

    one, two = Shelf(), Shelf()
    assert [joined("甲", one), joined("甲", two), joined("甲", one), joined("乙", one)] == ["甲0", "甲0", "甲0", "乙0"]
    assert asked == [("甲", 0), ("甲", 0), ("乙", 0)]
    assert joined("丙", one) == joined("甲", one).replace("甲", "丙")
    assert asked[3:] == [("丙", 0), ("甲", 0)]  # the one that was not asked for longest had gone


def test_nothing_holds_a_generation_that_is_not_served(segmenter: Segmenter, encoder: Encoder) -> None:
    served = loaded(Assistant(Index.build(load_corpus(YEARS), segmenter, encoder)))
    with TestClient(create_app(served)) as client:
        for question in QUESTIONS:
            body = {"question": question, "history": ["哪些任务涉及一带一路"]}
            assert client.post("/api/ask", json=body).status_code == 200
            assert client.get("/api/search", params={"q": question}).status_code == 200
        for path in ("/api/documents", "/documents/plan-2024", "/api/documents/plan-2024", "/"):
            assert client.get(path).status_code == 200
        assistant = served.current.assistant
        left = [weakref.ref(one) for one in (served.current, assistant, assistant.index)]
        del assistant
        served.fail("")
        gc.collect()
        assert [one() for one in left] == [None] * 3
