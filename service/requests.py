"""What comes in, checked: the requests of the HTTP contract."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictInt

from corpus import well_formed
from service.export_view import Column, Group, Sort, View
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
Question = Annotated[str, Field(min_length=1, max_length=QUESTION_LENGTH), BeforeValidator(_clean)]
History = Annotated[
    list[Question],
    Field(max_length=HISTORY_LENGTH, description="先前的问题，先问的在前；追问（它由谁牵头）靠它读懂"),
]
Documents = Annotated[
    list[Text], Field(min_length=1, max_length=1000, description="只问这几份文档（编号）；不写为能读的全部")
]
Script = Annotated[
    Literal["auto", "hans", "hant"], Field(description="答案的用字：简体、繁体；auto 随问题。引文总照原文")
]
Limit = Annotated[
    StrictInt, Field(ge=1, le=1000, description="至多列出几个条目；不改变集合与数目"), BeforeValidator(_whole)
]
Offset = Annotated[
    StrictInt, Field(ge=0, le=1_000_000_000, description="从第几个条目列起，0 为第一个"), BeforeValidator(_whole)
]


class AskRequest(BaseModel):
    """A question. `history` holds the asker's earlier questions, oldest first; `limit` and `offset` page `items`."""

    question: Question = Field(examples=["哪些任务涉及垃圾分类"])
    history: History = []
    documents: Documents | None = None
    script: Script = "auto"
    limit: Limit = LIMIT
    offset: Offset = 0


class ExportRequest(AskRequest):
    """A question whose answer is wanted as a file, its set whole, and as it is looked at."""

    format: Literal["xlsx", "text"]
    columns: Annotated[list[Column], Field(min_length=1, max_length=7)] | None = Field(
        default=None, description="those wanted, in this order; all where left out"
    )
    sort: Sort | None = Field(default=None, description="what the rows are sorted by; else as the answer lists them")
    descending: bool = False
    by: Group | None = Field(default=None, description="a row for each group that an item is in, the group first")

    @property
    def view(self) -> View:
        columns = tuple(dict.fromkeys(self.columns)) if self.columns else None
        return View(columns, self.sort, self.descending, self.by)


class FeedbackRequest(BaseModel):
    """A question whose answer was incomplete or wrong, or which of the nearest items was meant (`item`, 文档#编号); kept only
    where the operator has turned the log on."""

    question: Question
    history: History = []
    documents: Documents | None = None
    verdict: Verdict
    item: Annotated[Text, Field(max_length=300)] | None = None


class Corrections(BaseModel):
    """What its owner settles of a document, as in a .toml beside a file; null or empty: as it is read. `group` is whose it
    is; empty: for all."""

    model_config = ConfigDict(extra="forbid")

    title: Annotated[Text, Field(max_length=500)] | None = None
    issuer: Annotated[Text, Field(max_length=200)] | None = None
    date: Annotated[Text, Field(max_length=10)] | None = None
    item: Annotated[Text, Field(max_length=10)] | None = None
    attachments: Annotated[list[Annotated[Text, Field(max_length=500)]], Field(max_length=50)] | None = None
    departments: Annotated[list[Annotated[Text, Field(max_length=200)]], Field(max_length=500)] | None = None
    group: Annotated[Text, Field(max_length=100)] | None = None


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
