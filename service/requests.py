"""What comes in, checked: the requests of the HTTP contract."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictInt

from corpus import well_formed
from service.export_view import Column, Group, Sort, View
from service.fields import optional, told
from service.question_log import Verdict

QUESTION_LENGTH = 500  # characters at most
HISTORY_LENGTH = 20  # earlier questions at most
TITLE_LENGTH = 100  # characters of what documents are looked for by
MESSAGES = 2000  # of a chat client's conversation, at most
AROUND = 5  # items before one, and after it, at most
LIMIT, SEARCH_LIMIT = 200, 10  # entries of a reply where the client names no limit


def _clean(value: Any) -> Any:
    return well_formed(value) if isinstance(value, str) else value


def _whole(value: Any) -> Any:
    """JSON has one kind of number: 10.0 is the integer 10."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Text = Annotated[str, BeforeValidator(_clean)]
Question = Annotated[
    str,
    Field(
        min_length=1,
        max_length=QUESTION_LENGTH,
        description="一句话的问题，繁简均可",
        examples=["哪些任务涉及垃圾分类"],
    ),
    BeforeValidator(_clean),
]
History = Annotated[
    list[Question],
    Field(
        max_length=HISTORY_LENGTH,
        description="先前的问题，先问的在前；追问（它由谁牵头）靠它读懂",
        examples=[["第31条讲什么"]],
    ),
]
Documents = Annotated[
    Annotated[list[Text], Field(min_length=1, max_length=1000)] | None,
    Field(description="只问这几份文档（编号）；不写为能读的全部", examples=[["plan-2025"]]),
]
Script = Annotated[
    Literal["auto", "hans", "hant"],
    Field(description="答案的用字：简体、繁体；auto 随问题。引文总照原文", examples=["auto"]),
]
Limit = Annotated[
    StrictInt,
    Field(ge=1, le=1000, description="至多列出几个条目；不改变集合与数目", examples=[LIMIT]),
    BeforeValidator(_whole),
]
Offset = Annotated[
    StrictInt,
    Field(ge=0, le=1_000_000_000, description="从第几个条目列起，0 为第一个", examples=[0]),
    BeforeValidator(_whole),
]


class AskRequest(BaseModel):
    """一个问题。`history` 是提问者先前的问题；`limit` 与 `offset` 只分页 `items`。"""

    question: Question
    history: History = []
    documents: Documents = None
    script: Script = "auto"
    limit: Limit = LIMIT
    offset: Offset = 0

    @property
    def characters(self) -> int:
        """That are asked about, earlier questions among them."""
        return len(self.question) + sum(map(len, self.history))


class ExportRequest(AskRequest):
    """一个问题，它的答案要存成文件：集合是整个的，照所看的样子。"""

    format: Literal["xlsx", "text"] = told("存成哪一种文件")
    columns: Annotated[list[Column], Field(min_length=1, max_length=7)] | None = optional(
        None, "要哪几列，照这个次序；不写为全部", ["label", "text", "lead"]
    )
    sort: Sort | None = optional(None, "照哪一列排；不写的照答案的次序", "due")
    descending: bool = optional(False, "倒着排", False)
    by: Group | None = optional(None, "分组：条目在哪一组就在那里有一行，组在前", "department")

    @property
    def view(self) -> View:
        columns = tuple(dict.fromkeys(self.columns)) if self.columns else None
        return View(columns, self.sort, self.descending, self.by, hans=self.script == "hans")


class FeedbackRequest(BaseModel):
    """答案漏了、不对的问题，或要的是相近条目里的哪一项。只在开启了问题记录时记下。"""

    question: Question
    history: History = []
    documents: Documents = None
    verdict: Verdict = told("漏了、不对，或就是 `item` 这一项")
    item: Annotated[Text, Field(max_length=300)] | None = optional(
        None, "选中的是哪一项：文档#编号；verdict 为 meant 时要写", "plan-2025#31"
    )


class Corrections(BaseModel):
    """所有者写定的，如文件旁的 .toml；空的照读到的。"""

    model_config = ConfigDict(extra="forbid")

    title: Annotated[Text, Field(max_length=500)] | None = optional(None, "标题", "某市2025年工作要点")
    issuer: Annotated[Text, Field(max_length=200)] | None = optional(None, "印发单位", "某市人民政府办公室")
    date: Annotated[Text, Field(max_length=10)] | None = optional(None, "日期", "2025-03-01")
    item: Annotated[Text, Field(max_length=10)] | None = optional(
        None, "哪一级编号是条目：条、一、（一）、1.、（1）", "（一）"
    )
    attachments: Annotated[list[Annotated[Text, Field(max_length=500)]], Field(max_length=50)] | None = optional(
        None, "附件从以这些字开头的行开始，一个附件一条", ["某某任务分解表"]
    )
    departments: Annotated[list[Annotated[Text, Field(max_length=200)]], Field(max_length=500)] | None = optional(
        None, "部门的名称", ["法律部"]
    )
    group: Annotated[Text, Field(max_length=100)] | None = optional(
        None, "归哪一组：只有写明这一组的密钥能读；空字为谁能读就谁能读", "人事"
    )


# what each parameter is called in the words of an error, and what it should be
NAMES = {
    "title": "标题",
    "issuer": "印发单位",
    "date": "日期",
    "attachments": "附件",
    "departments": "部门名称",
    "group": "组",
    "publish": "是否发布",
    "version": "版本",
    "document": "文档编号",
    "name": "文件名",
    "format": "文件格式",
    "verdict": "对答案的看法",
    "item": "条目",
    "question": "问题",
    "history": "前面的问题",
    "documents": "文件",
    "script": "用字",
    "limit": "条数",
    "offset": "起点",
    "around": "前后的条数",
    "q": "要找的字",
    "fields": "栏目",
    "page": "页码",
    "columns": "列",
    "sort": "排序的列",
    "descending": "是否倒序",
    "by": "分组",
    "messages": "对话",
    "model": "模型名",
    "stream": "是否流式",
}
EXPECTED = {
    "title": "应为至多500个字符的一行文字",
    "issuer": "应为至多200个字符的一行文字",
    "date": "应为日期，如 2025-03-01",
    "attachments": "应为至多50行文字的列表",
    "departments": "应为至多500个名称的列表",
    "group": "应为至多100个字符的组名",
    "publish": "应为 true 或 false",
    "version": "应为大于0的整数",
    "document": "应为至多100个字符的文档编号",
    "name": "应为至多300个字符的文件名",
    "format": "应为 xlsx 或 text",
    "columns": "应为 label、section、text、lead、support、due、document 中的几个",
    "sort": "应为 label、lead、support、due 之一，或不写",
    "descending": "应为 true 或 false",
    "by": "应为 department 或 section，或不写",
    "verdict": "应为 incomplete（漏了）、wrong（不对）或 meant（就是 item 这一项）",
    "item": "应为至多300个字符的“文档#编号”；选中的是哪一项，要写明",
    "question": f"应为1至{QUESTION_LENGTH}个字符的文本",
    "history": f"应为至多{HISTORY_LENGTH}个问题的列表，每个1至{QUESTION_LENGTH}个字符",
    "documents": "应为文档编号的列表，至少一个",
    "script": "应为 auto、hans 或 hant",
    "limit": "应为规定范围内的整数（问答1至1000，搜索1至100，文档1至1000）",
    "offset": "应为不小于0的整数",
    "messages": f"应为至少一条、至多{MESSAGES}条消息的列表，每条有 role 与 content",
    "model": "应为至多200个字符的名称",
    "stream": "应为 true 或 false",
    "around": f"应为0至{AROUND}的整数",
    "q": f"应为至多{QUESTION_LENGTH}个字符的文本（找文档至多{TITLE_LENGTH}个）",
    "fields": "应为 brief，或不写",
    "page": "应为从1起的页码",
}
