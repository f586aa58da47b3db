"""One dialogue by the `openai` package, by an agent and on the page: the same sets, and every link opens its item."""

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from mcp import Client
from openai import OpenAI

from tests.browser.conftest import becomes
from tests.browser.test_pages import ask
from tests.test_completions import TURNS, linked

if TYPE_CHECKING:
    from playwright.sync_api import Page

    Open = Callable[..., Page]

QUESTIONS = [question for question, _ in TURNS]


@pytest.fixture(scope="module")
def texts(service: str) -> list[str]:
    """What the chat client is answered, turn by turn."""
    client, said, messages = OpenAI(base_url=f"{service}/v1", api_key="unused", max_retries=0), [], list[Any]()
    for question in QUESTIONS:
        messages.append({"role": "user", "content": question})
        reply = client.chat.completions.create(model="yaodian", messages=messages).choices[0].message
        said.append(reply.content or "")
        messages.append({"role": "assistant", "content": said[-1]})
    return said


def by_agent(service: str) -> list[list[str]]:
    async def done() -> list[list[str]]:
        sets = []
        async with Client(f"{service}/mcp") as client:
            for at, question in enumerate(QUESTIONS):
                result = await client.call_tool("ask", {"question": question, "history": QUESTIONS[:at]})
                assert result.structured_content is not None
                sets.append([item["id"] for item in result.structured_content["items"]])
        return sets

    with ThreadPoolExecutor(1) as thread:  # the browser's own loop runs in this one
        return thread.submit(asyncio.run, done()).result()


def test_three_clients_are_given_the_same_sets(service: str, texts: list[str], open_page: "Open") -> None:
    page, shown = open_page(service), []
    for question in QUESTIONS:
        turn = ask(page, question)
        if (more := turn.locator("button.more")).count():
            more.click()
        links = turn.locator(".cards a[href*='#item-']").evaluate_all("(all) => all.map((one) => one.hash)")
        shown.append(list(dict.fromkeys(link.removeprefix("#item-") for link in links)))
    expected = [ids for _, ids in TURNS]
    assert [linked(text) for text in texts] == expected
    assert by_agent(service) == expected
    assert shown == expected


def test_every_link_of_the_text_opens_its_item(service: str, texts: list[str], open_page: "Open") -> None:
    links = dict.fromkeys(link for text in texts for link in re.findall(r"\]\((http[^)\s]+)\)", text))
    assert len([link for link in links if "#item-" in link]) == 38
    page = open_page(service)
    for link in links:
        assert link.startswith(f"{service}/")
        page.goto("about:blank")
        reply = page.goto(link)
        assert reply is not None
        assert reply.status == 200
        if "#item-" in link:
            becomes(page, "document.querySelector(':target') !== null")
            place = page.evaluate("document.querySelector(':target').getBoundingClientRect().top")
            assert 0 <= place < 850, link
            assert page.evaluate("document.querySelector(':target').id") == link.partition("#")[2]
