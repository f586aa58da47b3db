"""In 简, what is written in Traditional is read in Simplified, and quoted as it is."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from corpus import load_corpus
from index import Encoder, Index, Segmenter
from tests.browser.conftest import Host, Shoot, serving
from tests.browser.test_pages import ask, labels_of

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    Open = Callable[..., Page]


@pytest.fixture(scope="module")
def shelf(
    first: Index, tmp_path_factory: pytest.TempPathFactory, segmenter: Segmenter, encoder: Encoder, host: Host
) -> Iterator[str]:
    """One document in Traditional, one in Simplified."""
    folder = tmp_path_factory.mktemp("shelf")
    (folder / "cnca-2017.txt").write_text(first.corpus.documents[0].text, encoding="utf-8")
    (folder / "b.txt").write_text("甲市质量办法\n1.提高质量。\n2.检查质量。\n", encoding="utf-8")
    with serving(Index.build(load_corpus(folder), segmenter, encoder), [host.origin]) as address:
        yield address


def test_in_hans_items_are_read_in_simplified(open_page: "Open", service: str, shoot: Shoot) -> None:
    page = open_page(service, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_text("简", exact=True).click()
    turn = ask(page, "哪些任务涉及一带一路")
    text = turn.locator(".card .text").first
    assert text.text_content().startswith("深入实施《共同推动认证认可服务“一带一路”建设")  # type: ignore[union-attr]
    assert turn.locator("mark").all_text_contents() == ["一带一路", "一带一路", "一带一路"]
    assert turn.locator(".department").first.text_content() == "国际部"  # one script within a line
    assert turn.locator(".converted span").text_content() == "文件写的是繁体，下面转为简体供阅读"
    shoot(page, "aid")
    turn.get_by_role("button", name="复制", exact=True).click()
    turn.get_by_role("button", name="已复制").wait_for()
    assert "“深入實施《共同推動" in page.evaluate("navigator.clipboard.readText()")
    turn.get_by_role("button", name="看原文用字").click()
    assert text.text_content().startswith("深入實施")  # type: ignore[union-attr]
    assert labels_of(turn) == ["第31项", "第32项"]
    back = turn.get_by_role("button", name="转为简体")
    assert back.evaluate("(node) => document.activeElement === node")
    back.click()
    assert text.text_content().startswith("深入实施")  # type: ignore[union-attr]
    assert turn.locator(".next").count() == 1


def copied(turn: "Locator", name: str) -> str:
    turn.get_by_role("button", name=name, exact=True).click()
    turn.get_by_role("button", name="已复制").wait_for()
    text: str = turn.page.evaluate("navigator.clipboard.readText()")
    turn.get_by_role("button", name=name, exact=True).wait_for()
    return text


def test_the_department_asked_about_is_marked_and_tables_are_copied_as_shown(open_page: "Open", service: str) -> None:
    page = open_page(service, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_text("简", exact=True).click()
    turn = ask(page, "法律部协作且由国际部牵头的任务")
    assert turn.locator(".sought").first.evaluate("(node) => node.firstChild.textContent") == "国际部"
    turn = ask(page, "哪些任务涉及一带一路")
    turn.locator(".views").get_by_text("表格", exact=True).click()
    assert turn.locator("td.lead").first.text_content() == "国际部"
    assert "国际部" in (text := copied(turn, "复制表格"))
    assert "國際部" not in text  # one script within a row
    turn.get_by_role("button", name="看原文用字").click()
    assert "國際部" in (text := copied(turn, "复制表格"))
    assert "国际部" not in text


def test_the_file_is_in_the_script_that_is_shown(open_page: "Open", service: str) -> None:
    page = open_page(service)
    page.get_by_text("简", exact=True).click()
    turn = ask(page, "第31项")

    def downloaded() -> str:
        with page.expect_download() as download:
            turn.get_by_role("button", name="下载文本").click()
        turn.get_by_role("button", name="下载文本").wait_for()
        return download.value.path().read_text(encoding="utf-8")

    assert "牵头部门：国际部；" in downloaded()
    turn.get_by_role("button", name="看原文用字").click()
    assert "牵头部门：國際部；" in downloaded()


def test_the_page_itself_is_read_in_simplified(open_page: "Open", service: str, shoot: Shoot) -> None:
    page = open_page(service)
    title = page.locator("#welcome .entry .title")
    assert title.text_content() == "2017年認證認可工作要點"
    page.get_by_text("简", exact=True).click()
    shown = [title.text_content(), page.locator(".bar .title").text_content()]
    assert shown == ["2017年认证认可工作要点"] * 2
    assert page.locator("#welcome .facts .issuer").text_content() == "国家认监委"
    assert (page.locator("#welcome .offers .chip").first.text_content() or "").startswith("一、开展一批先导性")
    note = page.locator("#welcome .aid-note")
    assert note.locator("span").text_content() == "文件写的是繁体，下面转为简体供阅读"
    shoot(page, "aid-welcome")
    note.get_by_role("button", name="看原文用字").click()
    assert title.text_content() == "2017年認證認可工作要點"
    page.get_by_text("繁", exact=True).click()
    assert note.is_hidden()
    assert title.text_content() == "2017年認證認可工作要點"


def test_what_is_said_is_read_in_simplified_too(open_page: "Open", service: str) -> None:
    page = open_page(service)
    page.get_by_text("简", exact=True).click()
    turn = ask(page, "谁印发的")
    assert turn.locator(".said").text_content() == "印发单位：“国家认监委”"
    assert turn.locator(".sources").text_content() == "见《2017年认证认可工作要点》原文"
    assert turn.locator(".converted + .said").count() == 1  # the note stands before it
    turn.get_by_role("button", name="看原文用字").click()
    assert turn.locator(".said").text_content() == "印发单位：“國家認監委”"


def test_titles_are_read_in_simplified_wherever_they_stand(open_page: "Open", shelf: str, shoot: Shoot) -> None:
    page = open_page(shelf)
    page.get_by_text("简", exact=True).click()
    page.locator("#chooser").click()
    option = page.locator("#picker [role=option]", has_text="2017年认证认可工作要点")
    assert option.locator(".facts").text_content() == "国家认监委　2017-02-15　38项"
    assert (page.locator("#picker [role=status]").text_content() or "").endswith("。标题写的是繁体，这里转为简体供阅读")
    shoot(page, "aid-chooser")
    page.keyboard.press("Escape")
    turn = ask(page, "质量")
    assert "2017年认证认可工作要点" in turn.locator(".group h3").all_text_contents()
    turn.get_by_role("button", name="看原文用字").click()
    assert "2017年認證認可工作要點" in turn.locator(".group h3").all_text_contents()
    page.locator("#chooser").click()
    option.click()
    assert page.locator("#chooser .name").text_content() == "《2017年认证认可工作要点》"
    assert ask(page, "第7项").locator(".scope").text_content() == "只问《2017年认证认可工作要点》"
    page.get_by_text("繁", exact=True).click()
    assert page.locator("#chooser .name").text_content() == "《2017年認證認可工作要點》"


def test_the_choice_is_remembered_and_said_again(open_page: "Open", service: str) -> None:
    page = open_page(service)
    turn = ask(page, "哪个部门牵头最多")
    assert turn.locator("tbody th").first.text_content() == "認可部"
    assert turn.locator(".converted").count() == 0  # nothing was chosen
    page.get_by_text("简", exact=True).click()
    page.locator("tbody th", has_text="认可部").first.wait_for()
    page.reload()
    page.locator("tbody th", has_text="认可部").first.wait_for()
    page.get_by_text("繁", exact=True).click()
    page.locator("tbody th", has_text="認可部").first.wait_for()


def test_of_an_earlier_answer_nothing_is_gone_on_from(open_page: "Open", service: str) -> None:
    page = open_page(service)
    page.get_by_text("简", exact=True).click()
    first = ask(page, "第7项")
    ask(page, "第8项")
    first.get_by_role("button", name="看原文用字").click()
    assert page.locator(".next").count() == 1
    assert first.locator(".next").count() == 0


def test_beside_the_answer_the_source_stays_verbatim(open_page: "Open", service: str, shoot: Shoot) -> None:
    page = open_page(service)
    page.get_by_text("简", exact=True).click()
    ask(page, "哪些任务涉及一带一路").get_by_role("link", name="第31项").click()
    cited = page.locator("dialog .cited")
    assert cited.locator(".text").first.text_content().startswith("深入實施")  # type: ignore[union-attr]
    assert cited.locator(".aid").text_content().startswith("深入实施")  # type: ignore[union-attr]
    assert cited.locator(".aid mark").first.text_content() == "一带一路"
    place = cited.locator(".aid-place").text_content() or ""
    assert place.startswith("《2017年认证认可工作要点》　三、实施一批示范性基础工程")
    assert cited.locator(".lead").all_text_contents() == ["国际部"]
    shoot(page, "aid-source")
