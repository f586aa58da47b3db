"""The documents as a list to choose from: on three years of a plan and two versions of a regulation."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from corpus import load_corpus
from service import Assistant
from service.app import create_app
from service.listing import Listing
from service.replies import DocumentsReply
from tests.conftest import YEARS, loaded

NEWEST = ["plan-2024", "waste-2023", "plan-2023", "plan-2022", "waste-2019"]


@pytest.fixture(scope="module")
def listing() -> Listing:
    return Listing(load_corpus(YEARS).documents)


@pytest.fixture(scope="module")
def client(editions: Assistant) -> Iterator[TestClient]:
    with TestClient(create_app(loaded(editions))) as client:
        yield client


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", NEWEST),
        ("生活垃圾", ["waste-2023", "waste-2019"]),
        ("生活 垃圾 2019", ["waste-2019"]),
        ("2023年", ["waste-2023", "plan-2023"]),
        ("2023-02-10", ["plan-2023"]),
        ("《清溪市生活垃圾管理辦法》", ["waste-2023", "waste-2019"]),
        ("办公室 要点", ["plan-2024", "plan-2023", "plan-2022"]),
        ("垃圾办法", ["waste-2023", "waste-2019"]),  # nowhere as it is: its letters in their order
        ("waste-2019", ["waste-2019"]),
        ("防洪", []),
        ("　", NEWEST),
    ],
)
def test_documents_are_found_by_what_is_known_of_them(query: str, found: list[str], listing: Listing) -> None:
    assert [document.id for document in listing.find(query)] == found


def test_other_years_of_a_plan_are_told_newest_first(listing: Listing) -> None:
    plan = listing.of_id("plan-2023")
    assert plan
    assert [(one.document.id, one.said) for one in listing.editions(plan)] == [
        ("plan-2024", "2024年"),
        ("plan-2022", "2022年"),
    ]
    earlier = listing.earlier(plan)
    assert earlier
    assert earlier.document.id == "plan-2022"
    first = listing.of_id("plan-2022")
    assert first
    assert listing.earlier(first) is None


def test_the_question_that_is_offered_compares_the_two(listing: Listing, editions: Assistant) -> None:
    for document in listing.newest:
        for edition in listing.editions(document):
            between = editions.ask(edition.question).plan.between
            assert between
            assert {between.before, between.after} == {document.id, edition.document.id}


def test_a_brief_list_is_searched_and_cut(client: TestClient) -> None:
    reply = client.get("/api/documents", params={"fields": "brief", "q": "要点", "limit": 2}).json()
    assert reply == {
        "documents": [
            {
                "id": f"plan-{year}",
                "title": f"清溪市人民政府办公室关于印发{year}年清溪市工作要点的通知",
                "issuer": "清溪市人民政府办公室",
                "date": date,
                "number": None,
                "short_title": f"{year}年清溪市工作要点",
                "hans": None,
                "items": items,
                "unit": "项",
            }
            for year, date, items in ((2024, "2024-02-06", 22), (2023, "2023-02-10", 20))
        ],
        "total": 3,
        "failures": [],
    }
    DocumentsReply.model_validate(reply)


def test_some_documents_are_listed_by_their_ids(client: TestClient) -> None:
    reply = client.get("/api/documents", params={"documents": ["waste-2019", "plan-2022", "absent"]}).json()
    assert [one["id"] for one in reply["documents"]] == ["plan-2022", "waste-2019"]
    assert reply["documents"][1]["suggestions"]
    assert reply["total"] == 2
    assert [one["unit"] for one in reply["documents"]] == ["项", "条"]  # each counts in its own


@pytest.mark.parametrize("query", ["limit=0", "limit=1001", "fields=all", "q=" + "字" * 101])
def test_a_list_asked_for_wrongly_is_refused(query: str, client: TestClient) -> None:
    assert client.get(f"/api/documents?{query}").status_code == 422


def test_all_documents_have_a_page_with_a_search(client: TestClient) -> None:
    page = client.get("/documents").text
    assert [page.index(f'href="/documents/{id}"') for id in NEWEST] == sorted(
        page.index(f'href="/documents/{id}"') for id in NEWEST
    )
    found = client.get("/documents", params={"q": "<b>垃圾"}).text
    assert "&lt;b&gt;垃圾" in found
    assert "<b>" not in found
    found = client.get("/documents", params={"q": "垃圾", "page": 99}).text
    assert 'href="/documents/waste-2019"' in found
    assert 'href="/documents/plan-2022"' not in found


def test_a_document_that_is_not_there_is_said(client: TestClient) -> None:
    assert "链接里指的那份文件不在这里" in client.get("/?document=absent").text
    assert "链接里指的那份文件不在这里" not in client.get("/?document=plan-2022").text
    page = client.get("/documents/absent")
    assert (page.status_code, page.text.count("<li>")) == (404, 5)


def test_a_page_links_to_the_other_years(client: TestClient) -> None:
    page = client.get("/documents/plan-2023").text
    assert '<a href="/documents/plan-2024">2024年</a>' in page
    assert "其他年份" in page
    assert page.count('href="/?q=') == 2
