"""What a language model added to an answer, as it is replied."""

from pydantic import BaseModel

from service.fields import told
from service.replies import AskReply


class CitedReply(BaseModel):
    """一句所引的条目。"""

    document: str = told("文档编号", "plan-2025")
    id: str = told("条目编号", "31")
    label: str = told("编号的说法", "第31项")
    url: str = told("条目所在的页", "/documents/plan-2025#item-31")


class SentenceReply(BaseModel):
    """模型写的一句。"""

    text: str = told("已经核对：是所引条目说的。只当作文字显示", "由法律部牵头，推行垃圾分类。")
    items: list[CitedReply] = told("所引的条目")


class PhrasedReply(BaseModel):
    """条目表述成的一段话。"""

    sentences: list[SentenceReply] = told("通过核对的；`shown` 为假时没有")
    offered: int = told("模型写了多少句", 3)
    dropped: int = told("其中没有通过的，不显示", 1)
    shown: bool = told("没有通过的超过三分之一时为假：只看原来的答案", True)


class HelpedReply(BaseModel):
    """语言模型给一个答案添上的。"""

    question: str = told("问题，照所问的", "总结一下第三部分")
    model: str = told("哪个模型", "qwen")
    answer: AskReply | None = told("模型理解了原来没有理解的问题时，照那个理解找到的答案；其余为空")
    phrased: PhrasedReply | None = told("条目表述成的一段话；集合、数目与引用仍以答案为准；没有的为空")
    fault: str | None = told("模型没有帮上忙的原因，原来的答案不受影响；帮上了的为空", "模型正忙")


LLM_REPLIES: dict[tuple[str, str], type[BaseModel]] = {("post", "/api/model"): HelpedReply}
