"""How a question was read, and what its answer says, as replies tell it."""

from typing import Literal

from pydantic import BaseModel

from service.fields import optional, told
from service.item_replies import ItemName


class PlanReply(BaseModel):
    """问题的理解。"""

    intent: Literal["items", "count", "lookup", "section", "field", "about", "none"] = told("问的是什么", "items")
    question: str = told("不看前文也能单独问的问题", "哪些任务涉及垃圾分类")
    topic: str | None = told("主题；不问主题的为空", "垃圾分类")
    numbers: list[int] = told("问到的编号", [31])
    section: int | None = told("只问一个部分时是它；几个或没有的为空", 3)
    sections: list[int] = told("问到的各部分；只有一个时也是 `section`", [3])
    field: str | None = told("问的是哪一栏（lead、responsible、support …）或文件的哪一处；其余为空", "lead")
    lead: list[str] = told("要由它们牵头的；问负责的也在这里", ["法律部"])
    responsible: list[str] = optional([], "`lead` 里只要负责的：写在负责的几家里，不论是不是首位", ["财政部"])
    support: list[str] = told("要由它们协作", ["国际部"])
    any: list[str] = told("要由它们牵头或协作", ["认证部"])
    department_rule: Literal["all", "any", "only", "none"] = told("几个部门：都要、其一、只有、都不", "all")
    exclude: list[str] = told("不要它们牵头或协作的", ["认可部"])
    without_lead: list[str] = told("不要它们牵头的", ["认可部"])
    without_support: list[str] = told("不要它们协作的", ["认可部"])
    without_topic: str | None = told("不要的主题；没有的为空", "品牌")
    without_numbers: list[int] = told("不要的编号", [7])
    from_history: bool = told("真：靠先前的问题才读懂", False)
    documents: list[str] = optional([], "问题自己指明的文档；没有指明的为空，问的是全部", ["plan-2025"])
    unread: list[str] = optional([], "没有理解的字句", ["尽快"])
    comparison: Literal["editions", "unlike"] | None = optional(
        None, "比较两份文件时：是两年、两个版本的同一种文件，还是两份不同的文件（只对照，不说改动）", "editions"
    )


class StatementReply(BaseModel):
    """答案说的一件事：由种类与值而定，`text` 是它的字句。"""

    kind: str = told("种类", "item")
    text: str = told("字句", "“全面清理收费项目”〔第31项〕")
    values: dict[str, str | int] = told("值", {"count": 2})
    items: list[ItemName] = told("说到的条目，至多 200 个")
    hans: str | None = told(
        "`script` 为 hans 而 `text` 引了繁体时，全部转为简体的字句；其余为空", "“全面清理收费项目”〔第31项〕"
    )


class ConditionReply(BaseModel):
    """读到的一项条件，与去掉它之后的问题。"""

    said: str = told("条件的说法", "由法律部牵头")
    without: str | None = told("去掉它之后的问法；去掉就没有可问的为空", "哪些任务涉及垃圾分类")


class DocumentCount(BaseModel):
    """答案出自的一份文档。"""

    id: str = told("文档编号", "plan-2025")
    title: str = told("标题", "某市2025年工作要点")
    short_title: str = told("简称", "2025年工作要点")
    short_title_hans: str | None = told("转为简体的简称；原来就是简体的为空", "2025年工作要点")
    issuer: str | None = told("印发单位；没有写的为空", "某市人民政府")
    issuer_hans: str | None = told("转为简体的印发单位；原来就是简体的为空", "某市人民政府")
    number: str | None = told("发文字号；没有写的为空", "某政办〔2025〕3号")
    date: str | None = told("日期；没有写的为空", "2025-03-01")
    count: int = told("答案里出自它的有几项", 2)
    unit: Literal["条", "项"] = told("条目的量词", "项")


class ChoiceReply(BaseModel):
    """可能要问的一份文档。"""

    document: str = told("文档编号", "plan-2025")
    title: str = told("简称", "2025年工作要点")
    title_hans: str | None = told("转为简体的简称；原来就是简体的为空", "2025年工作要点")
    question: str = told("单独问它的问法", "《2025年工作要点》第三项讲什么")
