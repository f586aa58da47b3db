"""The library's page over a real service: documents dragged in, corrected, published, replaced, withdrawn, restored."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

from service.library import writing
from service.library.keys import make_key
from tests.browser.conftest import Shoot
from tests.browser.test_accessibility import axe
from tests.load import Load, served_texts
from tests.readers.pdfs import column_of, pdf
from tests.readers.word_files import word_file
from tests.readers.words import p
from tests.test_serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Page

    Open = Callable[..., Page]

__all__ = ["axe"]

PLAN = [
    "临溪市2024年绿道建设工作要点", "一、建设任务", "1.新建滨河绿道十公里。(牵头部门:园林局,协作部门:水务局)",
    "2.修补老城绿道照明。(牵头部门:城管局)", "二、保障措施", "3.每月通报绿道进度。(牵头部门:督查室)",
]  # fmt: skip
PLAN_AGAIN = [
    "临溪市2024年绿道建设工作要点", "一、建设任务", "1.新建滨河绿道十二公里。(牵头部门:园林局,协作部门:水务局)",
    "2.修补老城绿道照明。(牵头部门:城管局)", "二、保障措施", "3.开展绿道开放日活动。(牵头部门:宣传处)",
]  # fmt: skip
RULES = [
    "临溪市停车管理办法",
    "第一条 为了规范停车秩序，制定本办法。",
    "第二条 停车场应当公示收费标准。",
    "第三条 违规停车的，由交警队处理。",
]
NOTICE = ["临溪市垃圾分类通知", "一、各小区设置分类投放点。", "二、每季度公布分类投放结果。", "四、表扬先进小区。"]
QUESTIONS = (
    "哪些任务涉及绿道",
    "停车",
    "第1项讲什么",
    "分类投放点",
    "园林局牵头哪些任务",
    "今天天气怎么样",
    "谁印发的",
)
DROP = """([name, content]) => {
  const bytes = Uint8Array.from(atob(content), (one) => one.charCodeAt(0));
  const dragged = new DataTransfer();
  dragged.items.add(new File([bytes], name));
  for (const kind of ["dragenter", "dragover", "drop"]) {
    document.getElementById("drop").dispatchEvent(new DragEvent(kind, { dataTransfer: dragged, bubbles: true, cancelable: true }));
  }
}"""


def word(lines: list[str]) -> bytes:
    return word_file("".join(map(p, lines)))


def web(lines: list[str]) -> bytes:
    title, *rest = lines
    body = "".join(f"<p>{line}</p>" for line in rest)
    page = f"<!doctype html><meta charset=utf-8><title>{title}</title><body><h1>{title}</h1>{body}"
    return page.encode()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, Path]]:
    """A service, an editor's key, and the data folder."""
    data = tmp_path_factory.mktemp("desk") / "data"
    with writing(data) as database:
        key = make_key(database, "编辑", "admin", (), "测试")
    with serving(data) as (address, _):
        yield address, key, data


def getting(address: str, key: str) -> Callable[[str], Any]:
    def get(path: str) -> Any:
        with urlopen(Request(address + path, headers={"X-API-Key": key})) as reply:
            return json.load(reply)

    return get


def ask(address: str, question: str) -> dict[str, Any]:
    body = json.dumps({"question": question}).encode()
    with urlopen(Request(f"{address}/api/ask", body, {"Content-Type": "application/json"})) as reply:
        found: dict[str, Any] = json.load(reply)
        return found


def entered(page: "Page", key: str) -> None:
    page.get_by_label("密钥").fill(key)
    page.get_by_role("button", name="使用").click()
    page.locator("#desk").wait_for()


def drop(page: "Page", name: str, content: bytes) -> None:
    import base64

    page.evaluate(DROP, [name, base64.b64encode(content).decode()])


def said(page: "Page", text: str) -> None:
    page.locator("#status", has_text=text).wait_for(state="attached", timeout=60_000)


def test_documents_come_change_and_go_while_they_are_asked(
    open_page: "Open", desk: tuple[str, str, Path], shoot: Shoot
) -> None:
    address, key, _ = desk
    get, texts = getting(address, key), {}

    def keep() -> None:
        texts.update(served_texts(get, ask(address, "第1项讲什么")["index_version"]))

    keep()
    load = Load(address, QUESTIONS)
    load.start()
    page = open_page(f"{address}/library")
    entered(page, key)
    # a Word file: read as a draft, corrected, published
    drop(page, "绿道要点.docx", word(PLAN))
    page.get_by_role("heading", name="临溪市2024年绿道建设工作要点").wait_for(timeout=60_000)
    assert page.locator(".tree li").all_text_contents()[1] == "[1] 新建滨河绿道十公里。"
    assert ask(address, "哪些任务涉及绿道")["declined"]
    shoot(page, "library-draft")
    page.get_by_label("印发单位").fill("临溪市园林局")
    page.get_by_role("button", name="更正，重新读").click()
    said(page, "已更正")
    page.get_by_role("button", name="发布", exact=True).click()
    said(page, "已发布")
    keep()
    assert ask(address, "哪些任务涉及绿道")["count"] == 3
    assert get(f"/api/documents/{quote('绿道要点')}")["issuer"] == "临溪市园林局"
    # a PDF, and a web page whose numbers leave one out: the warning stands at its place
    drop(page, "停车办法.pdf", pdf([column_of(RULES)]))
    page.get_by_role("heading", name="临溪市停车管理办法").wait_for(timeout=60_000)
    page.get_by_role("button", name="发布", exact=True).click()
    said(page, "已发布")
    keep()
    drop(page, "垃圾分类.html", web(NOTICE))
    page.get_by_role("heading", name="临溪市垃圾分类通知").wait_for(timeout=60_000)
    assert [one[:2] for one in page.locator(".tree li").all_text_contents()] == ["[1", "[2", "[4", "存疑"]
    shoot(page, "library-warning")
    page.get_by_role("button", name="发布", exact=True).click()
    said(page, "已发布")
    keep()
    assert ask(address, "停车场应当公示")["count"] == 1
    # the first replaced: what changed is shown before it is published
    drop(page, "绿道要点.docx", word(PLAN_AGAIN))
    page.get_by_text("与现在的相比").wait_for(timeout=60_000)
    kinds = [
        one.split()[-1] for one in page.locator(".change").evaluate_all("nodes => nodes.map((one) => one.className)")
    ]
    assert sorted(kinds) == ["changed", "gone", "new"]
    changed = page.locator(".change.changed")
    assert changed.locator("del mark").all_text_contents() == ["十公里"]
    assert changed.locator("ins mark").all_text_contents() == ["十二公里"]
    shoot(page, "library-changes")
    assert "十公里" in ask(address, "滨河绿道")["answer"]
    page.get_by_role("button", name="发布，替换现在的").click()
    said(page, "已发布")
    keep()
    assert "十二公里" in ask(address, "滨河绿道")["answer"]
    # withdrawn: gone with the next question; restored
    page.get_by_role("button", name="撤回").click()
    said(page, "已撤回")
    assert not any("绿道" in item["text"] for item in ask(address, "绿道")["items"])
    keep()
    page.get_by_role("button", name="恢复", exact=True).click()
    said(page, "已恢复")
    keep()
    assert ask(address, "哪些任务涉及绿道")["count"] == 3
    # an earlier version again
    page.locator(".versions li", has_text="第1版").or_(page.locator(".versions li", has_text="第2版")).last.get_by_role(
        "button"
    ).click()
    said(page, "已恢复")
    keep()
    assert "十公里" in ask(address, "滨河绿道")["answer"]
    load.end()
    assert load.asked > 200
    load.check(texts)


def test_the_page_searches_its_library(open_page: "Open", desk: tuple[str, str, Path]) -> None:
    address, key, _ = desk
    page = open_page(f"{address}/library")
    entered(page, key)
    assert page.locator(".entry").count() == 3
    page.get_by_label("找文件").fill("停车")
    assert page.locator(".entry-title").all_text_contents() == ["临溪市停车管理办法"]
    page.get_by_label("找文件").fill("没有的")
    page.get_by_text("没有这样的文件").wait_for()


def test_what_cannot_be_read_is_refused_with_a_sentence(open_page: "Open", desk: tuple[str, str, Path]) -> None:
    address, key, _ = desk
    page = open_page(f"{address}/library", quiet=True)
    entered(page, key)
    drop(page, "坏的.docx", b"PK\x03\x04 not a document")
    page.locator("#alert:not(:empty)").wait_for()
    assert "坏的.docx" in (page.locator("#alert").text_content() or "")
    assert page.locator(".entry").count() == 3


def test_a_wrong_key_is_refused_and_a_right_one_is_kept_for_the_window_alone(
    open_page: "Open", desk: tuple[str, str, Path]
) -> None:
    address, key, _ = desk
    page = open_page(f"{address}/library", quiet=True)
    page.get_by_label("密钥").fill("yd_wrong")
    page.get_by_role("button", name="使用").click()
    page.get_by_text("密钥不对，或已废除").wait_for()
    entered(page, key)
    assert key not in page.content()
    assert page.evaluate("JSON.stringify(localStorage)") == "{}"
    page.reload()
    page.locator("#desk").wait_for()
    page.get_by_role("button", name="不再使用这个密钥").click()
    page.get_by_label("密钥").wait_for()
    assert page.evaluate("sessionStorage.length") == 0
    assert page.context.cookies() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 320])
def test_axe_finds_nothing_serious(
    scheme: str, width: int, axe: str, open_page: "Open", desk: tuple[str, str, Path], shoot: Shoot
) -> None:
    address, key, _ = desk
    page = open_page(f"{address}/library", width=width, color_scheme=scheme)
    shoot(page, f"library-key-{width}-{scheme}")
    states = [_serious(page, axe)]
    entered(page, key)
    drop(page, "绿道要点.docx", word(PLAN_AGAIN))
    page.get_by_text("与现在的相比").wait_for(timeout=60_000)
    shoot(page, f"library-{width}-{scheme}")
    states.append(_serious(page, axe))
    assert states == [[], []]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="放弃草稿").click()
    said(page, "已放弃草稿")


def _serious(page: "Page", axe: str) -> list[Any]:
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        (violation["id"], node["target"], node["failureSummary"])
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]
