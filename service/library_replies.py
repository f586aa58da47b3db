"""What the routes of the library reply: its documents, what was read of a file, who did what."""

from typing import Any, Literal

from pydantic import BaseModel

from service.fields import told

AT = "2026-11-27T15:16:06+00:00"


class VersionReply(BaseModel):
    """来过的一个文件，连同对它的更正。"""

    number: int = told("这份文档的第几个文件，从不重用", 2)
    name: str = told("文件名，照所有者的叫法", "2025年要点.docx")
    sha256: str = told("文件的 SHA-256", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
    settled: dict[str, Any] = told("更正，名称同 PATCH 的", {"title": "某市2025年工作要点"})
    by: str = told("用的是哪个密钥（名称）", "编辑")
    at: str = told("何时", AT)


class EntryReply(BaseModel):
    """文档库里的一份文档。"""

    id: str = told("文档编号", "plan-2025")
    title: str | None = told("标题；不读文件不知道的为空", "某市2025年工作要点")
    state: Literal["published", "withdrawn", "draft"] = told("已发布、已撤回、只有草稿", "published")
    group: str = told("空：谁能读就谁能读；否则只有写明这一组的密钥能读", "人事")
    published: VersionReply | None = told("最后发布的版本；没有发布过的为空")
    draft: VersionReply | None = told("草稿；没有的为空")
    versions: list[VersionReply] = told("全部版本；只在单独说一份文档时有")
    created: str = told("何时建立", AT)


class EntriesReply(BaseModel):
    """文档库的全部文档，只有这个密钥能读的。"""

    documents: list[EntryReply] = told("文档")
    name: str | None = told("密钥的名称；没有密钥的为空", "编辑")
    role: Literal["monitor", "reader", "editor", "admin"] | None = told("密钥的角色；没有密钥的为空", "editor")
    limit: int = told("添加的文件至多多少字节", 67108864)


class EntryChangedReply(BaseModel):
    """改过之后的文档。"""

    document: EntryReply = told("文档")


class EventReply(BaseModel):
    """做过的一件事。"""

    at: str = told("何时", AT)
    by: str = told("用的是哪个密钥（名称）；命令行的是本机用户", "编辑")
    action: str = told("做了什么：draft、settle、publish、withdraw、restore、discard、group、key、revoke", "publish")
    document: str = told("文档编号；与文档无关的为空字", "plan-2025")
    version: int | None = told("哪个版本；与版本无关的为空", 2)
    detail: str = told("其他要说的", "2025年要点.docx")


class EventsReply(BaseModel):
    """做过的事。"""

    events: list[EventReply] = told("后做的在前，至多 1000 件")


class WorkingReply(BaseModel):
    """正在做的。"""

    step: str = told("刚做完哪一步", "built")
    done: int = told("已建索引的文档", 3)
    total: int = told("要建索引的文档", 5)
    seconds: float = told("已用多少秒", 1.5)


class ProgressReply(BaseModel):
    """一份文档做到哪里了。"""

    working: WorkingReply | None = told("正在做的；什么也没有做的为空")


class ReadPartReply(BaseModel):
    """读到的一个文本。"""

    id: str = told("编号：空、`a2`、`t2`", "a2")
    label: str = told("说法", "附件2")
    title: str = told("标题", "任务分工表")
    items: int = told("有几个条目", 12)


class ReadUnitReply(ReadPartReply):
    """读到的一个标题。"""

    level: int = told("第几级，1 为最外一级", 1)


class ReadDepartmentReply(BaseModel):
    """读到的一个部门。"""

    name: str = told("名称，照原文", "法律部")
    lead: int = told("牵头几项", 8)
    support: int = told("写明协作几项", 12)
    through: int = told("只由“各部室”一类统称带进来协作的几项", 4)
    collective: bool = told("真：整个是一类单位，如各市、县政府", False)


class ReadDeadlineReply(BaseModel):
    """读到的一个时限。"""

    id: str = told("条目编号", "31")
    label: str = told("编号的说法", "第31项")
    text: str = told("时限的字，照原文", "2025年12月底前")
    by: str | None = told("最后一天；没有的为空", "2025-12-31")


class WarningReply(BaseModel):
    """一处存疑：当作了什么，要看一看。"""

    line: int = told("第几行", 12)
    expected: str = told("本应是什么", "第8项")
    found: str = told("实为什么", "第9项")
    assumed: str = told("当作了什么", "编号照原文")


class TreeReply(BaseModel):
    """层次里的一处：一个文本、一个标题或一个条目。"""

    kind: Literal["part", "unit", "item"] = told("文本、标题或条目", "item")
    id: str = told("编号", "31")
    label: str = told("编号的说法", "第31项")
    title: str = told("标题；条目的是它的开头", "全面清理收费项目")
    level: int = told("0 为文本，1 为最外一级", 2)
    line: int = told("第几行", 40)


class ReadReply(BaseModel):
    """一个文件读成了什么，与 `yaodian check --json` 相同，另有层次与条目。"""

    id: str = told("文档编号", "plan-2025")
    format: str = told("文件的格式", "docx")
    encoding: str | None = told("文字的编码；不是文字文件的为空", "utf-8")
    title: str = told("标题", "某市2025年工作要点")
    issuer: str | None = told("印发单位；没有写的为空", "某市人民政府办公室")
    date: str | None = told("日期；没有写的为空", "2025-03-01")
    number: str | None = told("发文字号；没有写的为空", "某政办〔2025〕3号")
    items: int = told("正文的条目数，不计附件", 38)
    parts: list[ReadPartReply] = told("各个文本")
    outline: list[ReadUnitReply] = told("各级标题")
    departments: list[ReadDepartmentReply] = told("部门")
    deadlines: list[ReadDeadlineReply] = told("时限")
    warnings: list[WarningReply] = told("存疑之处")
    tree: list[TreeReply] = told("层次与条目，照原文的次序")


class ChangedItemReply(BaseModel):
    """改动的一个条目，在前或在后。"""

    id: str = told("条目编号", "31")
    label: str = told("编号的说法", "第31项")
    text: str = told("条目的文字", "全面清理收费项目，年底前公布清单。")
    stretches: list[tuple[int, int]] = told("改了的字句在 `text` 里的 [起, 止)", [[9, 12]])


class DraftChangeReply(BaseModel):
    """草稿对已发布的一处改动。"""

    kind: Literal["new", "gone", "changed"] = told("新增、删去、改动", "changed")
    before: ChangedItemReply | None = told("原先的；新增的为空")
    after: ChangedItemReply | None = told("后来的；删去的为空")
    fields: list[Literal["lead", "support", "due"]] = told("不同的栏目", ["due"])


class DraftReply(BaseModel):
    """草稿读成了什么，与已发布的相比改了什么。"""

    document: EntryReply = told("文档")
    read: ReadReply = told("读成了什么")
    changes: list[DraftChangeReply] = told("逐项比较；没有发布过的为空")


LIBRARY_REPLIES: dict[tuple[str, str], type[BaseModel]] = {
    ("get", "/api/library"): EntriesReply,
    ("get", "/api/library/history"): EventsReply,
    ("get", "/api/library/progress"): ProgressReply,
    ("put", "/api/documents/{id}"): DraftReply,
    ("patch", "/api/documents/{id}"): DraftReply,
    ("get", "/api/documents/{id}/draft"): DraftReply,
    ("delete", "/api/documents/{id}"): EntryChangedReply,
    ("post", "/api/documents/{id}/publish"): EntryChangedReply,
    ("post", "/api/documents/{id}/restore"): EntryChangedReply,
}
