"""What goes out: the replies of the HTTP contract, as their readers see them. Fields may be added, never changed.

`Wire` writes them; these models describe and read what it writes, and are loaded only for that.
"""

from typing import Literal

from pydantic import BaseModel

from service.fields import optional, told
from service.item_replies import ChangeReply, CitationReply, ItemReply, PlacedReply, RowReply
from service.plan_replies import ChoiceReply, ConditionReply, DocumentCount, PlanReply, StatementReply

ISSUED = "某市人民政府办公室"


class AskReply(BaseModel):
    """一个问题的答案。"""

    question: str = told("问题，照所问的", "哪些任务涉及垃圾分类")
    plan: PlanReply = told("问题的理解")
    declined: bool = told("真：没有作答，`reason` 是原因", False)
    reason: (
        Literal[
            "out_of_scope",
            "no_match",
            "no_such_item",
            "no_such_section",
            "no_such_department",
            "no_such_document",
            "which_document",
            "field_absent",
        ]
        | None
    ) = told("没有作答的原因；作答的为空", "no_match")
    answer: str = told("答案的文字", "共有1项任务涉及“垃圾分类”：“推行垃圾分类”〔第31项〕")
    grade: Literal["found", "perhaps", "outside"] = told(
        "有依据；没有条目写到，`related` 是意思最接近的；答不了", "found"
    )
    reading: str = told("问题怎样被理解的一句；没有理解的为空字", "涉及“垃圾分类”的任务")
    conditions: list[ConditionReply] = told("其中各项条件，都可以去掉")
    statements: list[StatementReply] = told("`answer` 说的各件事")
    layout: Literal["table", "department", "section"] | None = told("宜怎样列出；随意的为空", "table")
    script: Literal["hans", "hant"] = told("答案自己的用字", "hans")
    count: int | None = told("集合的大小，或表的行数；没有数目的为空", 1)
    considered: int = told("看过多少条目", 38)
    items: list[ItemReply] = told("答案的条目，照原文的次序；`limit` 以内就是整个集合")
    changes: list[ChangeReply] = optional([], "两份文件逐项比较：与 `items` 一一对应，同样分页")
    related: list[ItemReply] = told("相近但不在答案之内的条目，至多五个")
    documents: list[DocumentCount] = told("答案出自哪几份文档，新的在前")
    choices: list[ChoiceReply] = told("`which_document` 时可选的文档，新的在前，至多 20 份")
    table: list[RowReply] | None = told("部门、部分或文件的表，至多 1000 行；不是表的为空")
    citations: list[CitationReply] = told("原文摘录；集合大于 200 项时只引这一页列出的")
    follow_ups: list[str] = told("接着可问的问题，问时把这个问题放进 `history`", ["其中法律部牵头的是哪项"])
    index_version: str = told("索引的版本：同样的版本、同样的问题，答案逐字相同", "8d2ad17f4f9b")
    took_ms: float = told("用时，毫秒", 1.3)


class SearchReply(BaseModel):
    """搜索的一页。"""

    query: str = told("要找的字句，照所写的", "垃圾分类")
    total: int = told("有依据的条目共几个", 1)
    hits: list[ItemReply] = told("这一页的条目：字面出现的在前，再照得分")
    took_ms: float = told("用时，毫秒", 0.8)


class SectionReply(BaseModel):
    """最外一级的一个标题。"""

    number: int = told("标题的数", 1)
    title: str = told("标题", "一、深化改革")


class UnitReply(BaseModel):
    """一个标题；在原文页上的位置是 `section-` 加编号。"""

    id: str = told("标题的编号", "1.2")
    number: int = told("标题的数", 2)
    label: str = told("编号的字，照原文", "（二）")
    title: str = told("标题", "清理收费项目")
    level: int = told("第几级，1 为最外一级", 2)
    part: str = told("在哪个文本里：空、`a2`、`t2`", "")


class PartReply(BaseModel):
    """一个文件里的一个文本：空的编号是正文，`a2` 是附件2，`t2` 是第二个文本。"""

    id: str = told("文本的编号", "a2")
    label: str = told("说法", "附件2")
    title: str = told("标题", "任务分工表")
    items: int = told("有几个条目", 12)


class FailureReply(BaseModel):
    """没有载入的一个文件。"""

    name: str = told("文件名", "扫描件.pdf")
    reason: str = told("原因", "没有文字，也许是扫描的；先做文字识别。")


class DocumentHans(BaseModel):
    """一份文档在简体里怎样称呼：供阅读，不供引用。"""

    title: str = told("标题", "某市2025年工作要点")
    short_title: str = told("不带印发单位的标题", "2025年工作要点")
    issuer: str | None = told("印发单位；没有写的为空", ISSUED)


class BriefReply(BaseModel):
    """供选择的清单里的一份文档：`fields=brief`。"""

    id: str = told("文档编号", "plan-2025")
    title: str = told("标题", "某市2025年工作要点")
    issuer: str | None = told("印发单位；没有写的为空", ISSUED)
    date: str | None = told("日期；没有写的为空", "2025-03-01")
    number: str | None = told("发文字号；没有写的为空", "某政办〔2025〕3号")
    short_title: str = told("不带印发单位的标题，不与别的重复", "2025年工作要点")
    hans: DocumentHans | None = told("转为简体的同样几项；原来就是简体的为空")
    items: int = told("正文的条目数；附件的在 `parts` 里", 38)
    unit: Literal["条", "项"] = told("条目的量词", "项")


class DocumentSummary(BriefReply):
    """一份文档，连同它的各部分与可问的问题。"""

    parts: list[PartReply] = told("文件里的各个文本")
    sections: list[SectionReply] = told("最外一级的标题")
    suggestions: list[str] = told("它能答的问题", ["法律部牵头哪些任务"])


class DocumentsReply(BaseModel):
    """文档的清单，新的在前。"""

    documents: list[DocumentSummary | BriefReply] = told("文档")
    total: int = told("合适的共几份，不论 `limit`", 3)
    failures: list[FailureReply] = told("没有载入的文件，不妨碍其余的")


class HeadReply(BaseModel):
    """文头或落款的一段。"""

    role: str = told("作用：title、issuer、document_number、date、overall（总体要求）等", "title")
    start: int = told("在文档的文字里从哪里起", 0)
    end: int = told("到哪里止（不含）", 11)


class DocumentReply(BaseModel):
    """一份文档的全文与条目。"""

    id: str = told("文档编号", "plan-2025")
    title: str = told("标题", "某市2025年工作要点")
    issuer: str | None = told("印发单位；没有写的为空", ISSUED)
    date: str | None = told("日期；没有写的为空", "2025-03-01")
    number: str | None = told("发文字号；没有写的为空", "某政办〔2025〕3号")
    format: str = told("文件的格式：txt、md、html、docx、pdf、xlsx", "docx")
    original: str = told("原文件的地址", "/documents/plan-2025/original")
    parts: list[PartReply] = told("文件里的各个文本")
    sections: list[SectionReply] = told("最外一级的标题")
    outline: list[UnitReply] = told("每级标题，照原文的次序")
    text: str = told("文档的文字，各处的位置都照它数", "某市2025年工作要点\n一、深化改革\n1.全面清理收费项目。")
    head: list[HeadReply] = told("文头、落款的各段")
    items: list[ItemReply] = told("全部条目")


class Problem(BaseModel):
    """出了什么错（RFC 9457）。"""

    type: str = told("总是 about:blank", "about:blank")
    title: str = told("哪一类错", "参数不合要求")
    status: int = told("HTTP 状态码", 422)
    detail: str = told("给人看的一句，从不重复输入的内容", "问题应为1至500个字符的文本。")
    parameters: list[str] = optional([], "422 时不合要求的参数；其余没有这一栏", ["question"])


class StateReply(BaseModel):
    """进程在运行。"""

    status: str = told("总是 ok", "ok")


class ReadyReply(StateReply):
    """可以回答问题。"""

    failures: list[FailureReply] = told("没有载入的文件；读要密钥而没有带的，看不到")


REPLIES: dict[tuple[str, str], type[BaseModel]] = {
    ("post", "/api/ask"): AskReply,
    ("get", "/api/search"): SearchReply,
    ("get", "/api/documents"): DocumentsReply,
    ("get", "/api/documents/{id}"): DocumentReply,
    ("get", "/api/documents/{id}/items/{item_id}"): PlacedReply,
    ("get", "/livez"): StateReply,
    ("get", "/readyz"): ReadyReply,
}
