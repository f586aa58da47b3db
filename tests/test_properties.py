"""What holds for every question: one set whatever the script, the page or the hour; and no input that breaks it."""

import json
import random
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from corpus import script_variants
from eval.evaluation import PACKAGED_QUESTIONS
from service import Assistant
from service.answer import Answer
from service.app import create_app
from tests.conftest import loaded

QUESTIONS = [json.loads(line) for line in PACKAGED_QUESTIONS.read_text(encoding="utf-8").splitlines()]

HOSTILE = [
    *("国" * 500, "。" * 500, "9" * 500, "第" * 500, "的" * 500, "部" * 500, "a" * 500, " " * 500, "呢" * 500, "那" * 500),
    *("？" * 3, "😀" * 250, "\ud800\udfff", "\ud83d", "\x00" * 100, "\u202e认证", "Ａ" * 500, "１２３４５" * 100, "ｔｑｍ", "Ｅ－ＣＩＱ"),
    *("第一项" * 160, "一、" * 250, "国际部" * 160, "国际部、" * 120, "第1至38项" * 80, "第999999999999项", "第1至999999项", "1" + "、1" * 249),
    *("哪些" * 250, "牵头" * 250, "“" * 500, "「品牌」" * 120, "<script>alert(1)</script>", "' OR 1=1 --", "{{7*7}}", "../../etc/passwd"),
    *("%s%n%d", "[一-龥]+第", "(?:a+)+$", "=cmd|'/c calc'!A1", "其中" * 250, "它" * 500, "为什么" * 160, "不涉及" * 160, "除了" * 250),
]  # fmt: skip


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> Iterator[TestClient]:
    with TestClient(create_app(loaded(assistant)), raise_server_exceptions=False) as client:
        yield client


def gist(answer: Answer) -> tuple[object, ...]:
    rows = [(row.name, len(row.items)) for row in answer.table or ()]
    return answer.reason, answer.count, [match.item for match in answer.items], rows


@pytest.mark.parametrize("case", QUESTIONS, ids=lambda case: case["id"])
def test_every_script_gives_the_same_answer(case: dict[str, object], assistant: Assistant) -> None:
    question, history = str(case["question"]), [str(one) for one in case.get("history") or ()]  # type: ignore[attr-defined]
    expected = gist(assistant.ask(question, history))
    for variant in script_variants(question):
        assert gist(assistant.ask(variant, history)) == expected


def test_twenty_repeats_are_the_same_bytes_but_for_the_time(client: TestClient) -> None:
    for case in QUESTIONS[::20]:
        body = {"question": case["question"], "history": case.get("history") or []}
        replies = [client.post("/api/ask", json=body).json() for _ in range(20)]
        assert len({json.dumps({**reply, "took_ms": 0}, ensure_ascii=False) for reply in replies}) == 1


def test_searching_between_questions_changes_no_answer(client: TestClient) -> None:
    draw = random.Random(0)
    for case in draw.sample(QUESTIONS, 20):
        before = client.post("/api/ask", json={"question": case["question"]}).json()["items"]
        for limit in (1, 100):
            client.get("/api/search", params={"q": case["question"], "limit": limit})
        assert client.post("/api/ask", json={"question": case["question"]}).json()["items"] == before


@pytest.mark.parametrize("question", HOSTILE, ids=range(len(HOSTILE)))
def test_no_question_breaks_it(question: str, client: TestClient) -> None:
    body = json.dumps({"question": question, "history": [question] * 3})
    reply = client.post("/api/ask", content=body, headers={"Content-Type": "application/json"})
    assert reply.status_code in (200, 422)
    if reply.status_code == 200:
        assert reply.json()["considered"] == 38


def test_there_are_hostile_questions_enough() -> None:
    assert len(HOSTILE) >= 40
