"""What a reply tells of items: each whole, quoted, counted in rows, and what became of it in another document."""

from typing import Literal

from pydantic import BaseModel

from service.fields import optional, told

TEXT = "全面清理收费项目，年底前公布清单。"
HIGHLIGHTS = [[2, 4]]


class DueReply(BaseModel):
    """时限：原文的字，与最后一天。"""

    text: str = told("时限的字，照原文", "2025年12月底前")
    by: str | None = told("最后一天；长期、持续推进的为空", "2025-12-31")


class HansReply(BaseModel):
    """条目自己的文字转为简体，只供阅读，不可当作原文引用；每段与原文一样长。"""

    text: str = told("条目的文字", TEXT)
    section_title: str | None = told("最外一级的标题", "一、深化改革")
    path: list[str] = told("上面的各级标题，最外一级在前", ["一、深化改革"])
    lead: list[str] = told("牵头的部门", ["法律部"])
    support: list[str] = told("协作的部门", ["认证部"])
    collective: list[str] = told("由统称带进来的部门", ["认证部"])
    collective_words: list[str] = told("这些统称", ["各部室"])
    due: DueReply | None = told("时限")


class ItemReply(BaseModel):
    """一个条目，与它为何在回复里；照编号取的，依据是编号。"""

    document: str = told("文档编号", "plan-2025")
    document_title: str = told("文档的简称", "2025年工作要点")
    id: str = told("条目编号：`31` `3.2` `a2.3`", "31")
    number: int = told("编号里的数", 31)
    label: str = told("编号的说法", "第31项")
    section: int | None = told("最外一级标题的数；没有标题的为空", 1)
    section_title: str | None = told("最外一级的标题", "一、深化改革")
    text: str = told("条目的文字，照原文", TEXT)
    start: int = told("`text` 在文档的文字里从哪里起", 3861)
    end: int = told("到哪里止（不含）", 3878)
    lead: list[str] = told("牵头的部门，照原文的写法", ["法律部"])
    support: list[str] = told("协作的部门：先是写明的，后是 `collective` 的", ["国际部", "认证部"])
    collective: list[str] = told("其中只由“各部室”一类统称带进来的", ["认证部"])
    collective_words: list[str] = told("这些统称，照原文", ["各部室"])
    bodies: list[str] = told("`lead` 与 `support` 里整个是一类单位的", ["各市、县政府"])
    responsible: bool = told("真：文件只写了责任单位，没有写谁牵头，`lead` 是这些部门", False)
    sharing: list[str] = optional([], "`support` 里同样写着“责任”或“负责”的：文件说列在首位的牵头", ["财政部"])
    leaders: list[str] = optional([], "写明的责任领导、责任人", ["张三"])
    due: DueReply | None = told("时限，先看部门说明里的；没有写的为空")
    path: list[str] = told("上面的各级标题，最外一级在前", ["一、深化改革"])
    part: str = told("空，或 `a2`（附件2）、`t2`（同一文件里的第二个文本）", "")
    matched: Literal["number", "words", "meaning", "section", "department"] = told("依据", "words")
    via: Literal["collective", "alias"] | None = told("经由统称或别名；直接的为空", "alias")
    score: float = told("得分，0 至 1，与同一回复里的可比", 0.9712)
    highlights: list[tuple[int, int]] = told("字面出现的位置：`text` 里的 [起, 止)", HIGHLIGHTS)
    url: str = told("原文页上的地址", "/documents/plan-2025#item-31")
    hans: HansReply | None = told("`script` 为 `hans` 时，转为简体的文字；其余为空")


class PlacedReply(ItemReply):
    """照地址取的一个条目，连同前后的。"""

    before: list[ItemReply] = told("它前面的，至多 `around` 条，照文档的次序")
    after: list[ItemReply] = told("它后面的")


class CitationReply(BaseModel):
    """一段原文：`quote` 就是文档的文字 [`start`, `end`)，一字不差。"""

    document: str = told("文档编号", "plan-2025")
    document_title: str = told("文档的简称", "2025年工作要点")
    id: str | None = told("条目编号；引自文头或标题的为空", "31")
    number: int | None = told("编号里的数；同上", 31)
    start: int = told("在文档的文字里从哪里起", 3861)
    end: int = told("到哪里止（不含）", 3878)
    quote: str = told("原文", TEXT)
    url: str = told("原文页上的地址", "/documents/plan-2025#item-31")


class ItemName(BaseModel):
    """说到的一个条目。"""

    document: str = told("文档编号", "plan-2025")
    id: str = told("条目编号", "31")


class InDocumentReply(BaseModel):
    """一份文件里有几项。"""

    document: str = told("文档编号", "plan-2025")
    count: int = told("几项", 8)


class RowReply(BaseModel):
    """表的一行：一个部门、一个部分或一份文件，与它的条目。"""

    name: str = told("部门、部分或文件的名称", "法律部")
    count: int = told("几项", 8)
    ids: list[str] = told("条目编号，整个表至多 5000 个", ["8", "11"])
    items: list[ItemName] = told("同样的条目，各连同文档")
    document: str | None = optional(None, "文件的行：文档编号；其余为空", "plan-2025")
    name_hans: str | None = optional(None, "`script` 为 `hans` 时，转为简体的名称；不必转的为空", "法律部")
    each: list[InDocumentReply] = optional([], "问各年时，每份文件里有几项，新的在前")


class WordsReply(BaseModel):
    """改动的词。"""

    removed: list[str] = told("删去的", ["三处"])
    added: list[str] = told("添上的", ["五处"])


class SpansReply(BaseModel):
    """改动的词在条目 `text` 里的 [起, 止)。"""

    removed: list[tuple[int, int]] = told("删去的，在 `before` 里", [[6, 8]])
    added: list[tuple[int, int]] = told("添上的，在 `after` 里", [[6, 8]])


class ChangeReply(BaseModel):
    """一个条目从一份文件到另一份成了什么。"""

    kind: Literal["new", "gone", "changed", "same"] = told("新增、删去、改动、未变", "changed")
    before: ItemReply | None = told("原先的；新增的为空")
    after: ItemReply | None = told("后来的；删去的为空")
    words: WordsReply = told("删去、添上的词")
    spans: SpansReply = told("这些词的位置")
    fields: list[Literal["lead", "support", "due"]] = told("不同的栏目", ["due"])
