"""What holds for every question: one set whatever the script, the page or the hour; and no input that breaks it."""

import json
import os
import random
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import pytest
from fastapi.testclient import TestClient

from corpus import script_variants
from eval.evaluation import PACKAGED_QUESTIONS
from service import Assistant
from service.answering import Answer
from service.app import create_app
from service.understanding import understand
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


# Words that patterns of asking are made of: some hundred repeats of one or a few of them find a pattern that backtracks.
PIECES = """
    法律部 国际部 不是 不由 没有 没 非 除了 除 之外 外 只有 只由 单独 联合 由 与 和 同 、 ， 或 还是 牵头 负责 协作 参与 涉及 有关 管 做
    的 了 哪些 哪个 多少 几项 谁 什么 任务 工作 部门 单位 各部门 所有 最多 最少 一共 第 第一 第3项 31 第三部分 章 至 到 前 后 最后 之后 之前 其中
    它 这些 那 呢 第二个 前者 上一项 其余 不涉及 但是 且 也 都 请问 列出 关于 品牌 电商 加强 活动 今年 2017年 要 印发 什么时候 标题 讲什么 怎么 “ ”
    《 》 ( ) 。 ; : a 1.2 no.3 排名 只牵头一项 每个部分 分别 是 有 在 里 写
""".split()
HANGS = 3.0  # seconds after which a question counts as hanging; the slowest takes a thirtieth of it


class HangingError(Exception):
    pass


@contextmanager
def no_longer_than(seconds: float) -> Iterator[None]:
    """Raises HangingError, out of a pattern that is being matched, too."""

    def stop(*_: object) -> None:
        raise HangingError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


LONG = os.environ.get("YAODIAN_FAULTS") == "long"


def test_no_repeated_words_make_it_hang(assistant: Assistant) -> None:
    draw = random.Random(0)
    several = [draw.choices(PIECES, k=draw.randint(2, 5)) for _ in range(200 if LONG else 40)]
    for pieces in [["法律部", "不是"], *([one] for one in PIECES), *several]:
        question = ("".join(pieces) * 500)[:500]
        with no_longer_than(HANGS):
            assistant.ask(question)
            assistant.ask(question, ["法律部牵头哪些任务", question])
            assistant.search(question)


def calls_of(function: Callable[[], object]) -> int:
    """Of functions, Python's and others: what it costs, the same on any machine."""
    count = 0

    def profile(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(profile)
    try:
        function()
    finally:
        sys.setprofile(None)
    return count


def test_reading_costs_little_whatever_is_repeated(assistant: Assistant) -> None:
    draw = random.Random(0)
    several = [draw.choices(PIECES, k=draw.randint(2, 5)) for _ in range(100 if LONG else 20)]
    clauses = [["品牌，甲乙丙，"], ["领导，品牌，"], ["提到品牌，"], ["认可部食堂，"]]
    understand("品牌，甲乙丙，", assistant.vocabulary)  # what is made once is no cost of the question
    for pieces in [*clauses, *([one] for one in PIECES), *several]:
        question = ("".join(pieces) * 500)[:498] + "丑乙"  # asked of no other test: readings are remembered
        assert calls_of(partial(understand, question, assistant.vocabulary)) < 100_000, pieces


def test_there_are_hostile_questions_enough() -> None:
    assert len(HOSTILE) >= 40
