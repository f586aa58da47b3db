"""A document that is withdrawn is nowhere from the next question on, in each process, and back when it is restored.

n: 16 addresses, each asked 8 times of 2 processes before and after; with YAODIAN_FAULTS=long 10 rounds.
"""

import json
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

from tests.faults.amounts import times
from tests.publishing import library_of, notice
from tests.test_serving import children, serving

ROUNDS, AGAIN = times(1, 10), 8
SECRET = "金鼎湖"  # stands in the document alone
GONE = (
    f"{SECRET}的任务",
    "哪些任务涉及集市",
    "秘局牵头哪些任务",
    f"关于{SECRET}的通知里有几项任务",
    "一共有多少项任务",
    "有哪些部门",
    "夜市的任务",
)
PAGES = (
    "/", "/documents", f"/documents/{quote('乙')}", f"/documents/{quote('乙')}/original", "/api/documents",
    f"/api/documents/{quote('乙')}", f"/api/documents/{quote('乙')}/items/1", f"/api/search?q={quote('集市')}",
    f"/?q={quote('集市')}",
)  # fmt: skip


def told(address: str, path: str, question: str | None = None) -> str:
    headers = {"Content-Type": "application/json"}
    body = None if question is None else json.dumps({"question": question, "history": ["夜市的任务"]}).encode()
    try:
        with urlopen(Request(address + path, body, headers), timeout=30) as reply:
            return str(reply.read().decode())
    except HTTPError as refused:
        return f"{refused.code} {refused.read().decode()}"


def everything(address: str) -> list[tuple[str, str]]:
    """What is told at each address, several times over: by each process."""
    asked = [(path, None) for path in PAGES] + [("/api/ask", question) for question in GONE]
    chat = json.dumps({"messages": [{"role": "user", "content": "哪些任务涉及集市"}]}).encode()
    found = [
        (f"{path} {question or ''}", told(address, path, question)) for path, question in asked for _ in range(AGAIN)
    ]
    for _ in range(AGAIN):
        with urlopen(Request(f"{address}/v1/chat/completions", chat, {"Content-Type": "application/json"})) as reply:
            found.append(("/v1", reply.read().decode()))
    return found


def where(address: str) -> set[str]:
    """The places at which something of it is told, but for the question itself."""
    own = (f"{SECRET}的任务", f"关于{SECRET}的通知里有几项任务")
    return {
        place for place, text in everything(address) if any(word in without(text, own) for word in (SECRET, "秘局"))
    }


def without(text: str, questions: tuple[str, ...]) -> str:
    """Without what the reply says of the question, in which the word stands."""
    try:
        reply = json.loads(text)
    except ValueError:
        return text
    if "declined" not in reply:
        return text
    kept = ("items", "related", "citations", "documents", "choices", "follow_ups", "table", "count")
    return json.dumps({name: reply[name] for name in kept}, ensure_ascii=False)


def test_it_is_nowhere_with_the_next_question(tmp_path: Path) -> None:
    data = tmp_path / "data"
    library = library_of(data)
    library.add(notice(tmp_path, "甲", 1), by="张三")
    file = tmp_path / "乙.txt"
    file.write_text(
        f"关于{SECRET}的通知\n1、{SECRET}发展集市。(牵头部门:秘局)\n2、{SECRET}办夜市。\n", encoding="utf-8"
    )
    library.add(file, by="张三")
    with serving(data, "--workers", "2", "--limit", "off") as (address, server):
        while len(children(server.pid)) < 2:
            time.sleep(0.05)
        for _ in range(ROUNDS):
            assert len(where(address)) >= 12
            library.withdraw("乙", by="张三")
            assert where(address) == set()
            library.restore("乙", by="张三")
        library.withdraw("乙", by="张三")
    held = [path for path in data.rglob("*") if path.is_file() and not path.name.startswith("library.db")]
    current = (data / "current").read_text().strip()
    kept = [
        path
        for path in held
        if SECRET.encode() in path.read_bytes() and path.parent.name in (current, "sources-of-library")
    ]
    assert kept == []
