"""What the chat page offers of a document is answered with as many items as it says."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service import Assistant
from service.access import Access
from service.app import create_app
from service.editing import Editing
from service.library import Library, writing
from service.library.keys import make_key
from service.welcome import outlined
from tests.conftest import loaded

PAGE = {"Accept": "text/html"}


@pytest.mark.parametrize("which", ["assistant", "other", "editions"])
def test_each_offer_finds_as_many_as_it_says(which: str, request: pytest.FixtureRequest) -> None:
    assistant: Assistant = request.getfixturevalue(which)
    for document in assistant.documents:
        shown = outlined(document)
        for offer in (*shown.parts, *shown.leads):
            assert assistant.ask(offer.question, documents=[document.id]).count == offer.count, offer


def test_those_who_lead_most_come_first(assistant: Assistant) -> None:
    shown = outlined(assistant.documents[0])
    assert [(offer.said, offer.count) for offer in shown.leads][:3] == [("認可部", 9), ("認證部", 9), ("法律部", 8)]
    assert [offer.count for offer in shown.parts] == [11, 16, 6, 5]
    assert (shown.more_parts, shown.more_leads) == (0, 0)


def test_the_library_is_linked_to_where_there_is_one(assistant: Assistant, tmp_path: Path) -> None:
    def page(access: Access, library: Library | None, headers: dict[str, str]) -> str:
        served = loaded(assistant)
        app = create_app(served, editing=Editing(served, access, library), access=access)
        return TestClient(app).get("/", headers={**PAGE, **headers}).text

    library, access = Library(tmp_path), Access(tmp_path)
    link = 'href="/library"'
    assert link not in page(access, None, {})
    assert link not in page(access, library, {})  # without keys nobody may edit here
    with writing(tmp_path) as database:
        keys = {
            "reader": make_key(database, "甲", "reader", (), ""),
            "editor": make_key(database, "乙", "editor", (), ""),
        }
    assert link in page(access, library, {})
    assert link in page(access, library, {"X-API-Key": keys["editor"]})
    assert link not in page(access, library, {"X-API-Key": keys["reader"]})
