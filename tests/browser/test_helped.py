"""What a language model adds on the chat page: below the answer, checked, marked as the model's."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING

import pytest

from index import Index
from service import Assistant
from service.app import create_app
from service.llm import Llm
from tests.browser.conftest import Shoot
from tests.browser.test_pages import ask
from tests.conftest import loaded
from tests.models import Body, ModelServer, model_server, raw, says
from tests.running import running

if TYPE_CHECKING:
    from playwright.sync_api import Page

    Open = Callable[..., Page]

TRUE = [
    {"text": "由国际部牵头，深度参与认证认可国际组织。", "items": ["31"]},
    {"text": "由办公室牵头，组织“一带一路”建设等一批重大宣传题材。", "items": ["32"]},
]
FALSE = {"text": "由认可部牵头<img src=x onerror=alert(1)>。", "items": ["31"]}


@pytest.fixture(scope="module")
def model() -> Iterator[ModelServer]:
    with model_server(says({})) as server:
        yield server


@pytest.fixture(scope="module")
def helped(first: Index, model: ModelServer) -> Iterator[str]:
    """A service that has a model: its address."""
    with running(create_app(loaded(Assistant(first)), llm=Llm(model.url, "某模型"))) as address:
        yield address


def test_a_set_is_phrased_when_that_is_asked_for(
    open_page: "Open", helped: str, model: ModelServer, shoot: Shoot
) -> None:
    model.behaviour = says({"sentences": [*TRUE, FALSE]})
    page = open_page(helped)
    turn = ask(page, "哪些任务涉及一带一路")
    assert turn.locator(".phrased").count() == 0
    turn.get_by_role("button", name="请模型表述").click()
    phrased = turn.locator(".phrased")
    phrased.wait_for()
    lines = phrased.locator("p").all_text_contents()
    assert lines == [f"{TRUE[0]['text']}〔第31项〕", f"{TRUE[1]['text']}〔第32项〕"]
    assert phrased.locator("footer").text_content() == (
        "由语言模型（某模型）表述，逐句与所引的条目核对过；条目、数目以上面的答案为准。另有1句没有通过核对，没有显示。"
    )
    shoot(page, "helped-phrased")
    phrased.get_by_role("link", name="〔第32项〕").click()
    assert "32" in (page.locator("dialog .cited").first.text_content() or "")


def test_a_summary_comes_after_the_plain_answer_and_by_itself(
    open_page: "Open", helped: str, model: ModelServer
) -> None:
    go_on = threading.Event()

    def later(handler: BaseHTTPRequestHandler, body: Body) -> None:
        go_on.wait(20)
        says({"sentences": TRUE})(handler, body)

    model.behaviour = later
    page = open_page(helped)
    turn = ask(page, "总结一下涉及一带一路的任务")
    assert turn.locator(".card").count() == 2
    turn.get_by_text("正在请模型帮忙").wait_for()
    go_on.set()
    turn.locator(".phrased").wait_for()
    assert turn.locator(".phrased p").count() == 2


def test_what_does_not_pass_or_come_leaves_the_plain_answer(
    open_page: "Open", helped: str, model: ModelServer, shoot: Shoot
) -> None:
    page = open_page(helped)
    for behaviour, said in (
        (says({"sentences": [FALSE]}), "模型的表述没有通过核对，请只看上面的答案。"),
        (raw(b"", 401), "模型没有帮上忙：模型服务答复 401"),
    ):
        model.behaviour = behaviour
        turn = ask(page, "哪些任务涉及一带一路")
        turn.get_by_role("button", name="请模型表述").click()
        turn.get_by_text(said).wait_for()
        assert turn.locator(".card").count() == 2
        assert turn.locator("img").count() == 0
    shoot(page, "helped-refused")


def test_a_question_that_was_not_read_is_read_and_gone_on_from(
    open_page: "Open", helped: str, model: ModelServer, shoot: Shoot
) -> None:
    model.behaviour = says({"kind": "items", "topic": "三同"})
    page = open_page(helped)
    turn = ask(page, "卖到外国和卖给国人的东西要一个样")
    turn.locator(".helped .card").wait_for()
    assert "由语言模型（某模型）理解" in (turn.locator(".helped .said").text_content() or "")
    shoot(page, "helped-read")
    follow = ask(page, "它由谁牵头")
    assert "注册部" in (follow.locator(".said").first.text_content() or "")
