"""The limits that the documentation tells are those of the code. n: 15 rows."""

from pathlib import Path

import pytest

from corpus.readers import office
from corpus.readers.archive import EXPANDED
from corpus.readers.read import CHARACTERS, LARGEST
from corpus.readers.sandbox import MEMORY, WALL
from index import in_context
from service import bounded, line_file, load, pace, problems, requests, room
from service.editing import UPLOAD_LIMIT

KIB, MIB = 1024, 1024 * 1024
SECTION = (
    (Path(__file__).parents[2] / "service/README.md")
    .read_text(encoding="utf-8")
    .split("\n## 安全\n")[1]
    .split("\n## ")[0]
)
TOLD = {
    "请求头": f"{bounded.HEADERS} 个，共 {bounded.HEAD // KIB} KiB",
    "地址": f"{bounded.ADDRESS // KIB} KiB",
    "请求体": f"{problems.MAX_BODY // KIB} KiB；`/v1/` {problems.MAX_CONVERSATION // MIB} MiB；添加文件 {UPLOAD_LIMIT // MIB} MiB（`--upload-limit`）",
    "一个问题": f"{requests.QUESTION_LENGTH} 字；先前的 {requests.HISTORY_LENGTH} 个，各 {requests.QUESTION_LENGTH} 字；`documents` 1000 份",
    "一页条目": f"{requests.LIMIT} 个（`limit` 至多 1000）；搜索 {requests.SEARCH_LIMIT} 个（至多 100）",
    "一个连接上排着的请求": f"{bounded.PIPELINED}",
    "送完请求头": f"{pace.HEAD_SECONDS:.0f} 秒",
    "送完请求体": f"{pace.BODY_SECONDS:.0f} 秒，另按 {pace.RATE // KIB} KiB/秒",
    "读回复": f"每 {pace.READ_SECONDS:.0f} 秒至少 {pace.RATE // KIB} KiB",
    "连接": f"每个进程 {room.CONNECTIONS}，或（描述符的上限 − {room.SPARED}）的一半",
    "排队": f"预计 {load.BEHIND} 秒，至多 {load.QUEUED} 个；在答的 {load.UNDER_WAY} 个",
    "一份文件": f"{LARGEST // 10**6} MB，{CHARACTERS // 10**4} 万字，{WALL:.0f} 秒、{MEMORY} MB 内存；压缩包展开 {EXPANDED // 10**6} MB；一个表 100 万格（合并的按所占的算）",
    "LibreOffice 转换一份": f"{office.WALL:.0f} 秒、{office.MEMORY // 1024**3} GiB 地址空间",
    "上下文编码模型": f"{in_context.FEW} 个条目、共 {in_context.SHORT // 10**4} 万字",
    "问题记录": f"{line_file.LARGEST // MIB} MiB，旧的一份另存",
}  # fmt: skip


@pytest.mark.parametrize("what", TOLD)
def test_a_limit_is_told_as_it_is(what: str) -> None:
    assert f"| {what} | {TOLD[what]} |" in SECTION
