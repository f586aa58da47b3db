"""What a language model added to an answer, as it is replied."""

from pydantic import BaseModel, Field

from service.replies import AskReply


class CitedReply(BaseModel):
    """An item that a sentence rests on."""

    document: str
    id: str
    label: str
    url: str


class SentenceReply(BaseModel):
    text: str = Field(description="模型写的一句，已经核对：是所引条目说的。只当作文字显示")
    items: list[CitedReply]


class PhrasedReply(BaseModel):
    sentences: list[SentenceReply] = Field(description="通过核对的；`shown` 为假时没有")
    offered: int = Field(description="模型写了多少句")
    dropped: int = Field(description="其中没有通过的，不显示")
    shown: bool = Field(description="没有通过的超过三分之一时为假：只看原来的答案")


class ModelReply(BaseModel):
    question: str
    model: str = Field(description="哪个模型")
    answer: AskReply | None = Field(description="模型理解了原来没有理解的问题时，照那个理解找到的答案")
    phrased: PhrasedReply | None = Field(description="条目表述成的一段话；集合、数目与引用仍以答案为准")
    fault: str | None = Field(description="模型没有帮上忙的原因；原来的答案不受影响")


LLM_REPLIES: dict[tuple[str, str], type[BaseModel]] = {("post", "/api/model"): ModelReply}
