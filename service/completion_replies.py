"""What chat clients are answered, as OpenAI's API has it."""

from typing import Any, Literal

from pydantic import BaseModel

from service.fields import told

ANNOTATION = {
    "type": "url_citation",
    "url_citation": {
        "start_index": 14,
        "end_index": 60,
        "url": "http://主机/documents/plan-2025#item-31",
        "title": "第31项",
    },
}


class ModelReply(BaseModel):
    """可选的一个模型。"""

    id: str = told("名称，总是 yaodian", "yaodian")
    object: Literal["model"] = told("种类")
    created: int = told("总是 0", 0)
    owned_by: str = told("总是 yaodian", "yaodian")


class ModelsReply(BaseModel):
    """可选的模型，只有一个。"""

    object: Literal["list"] = told("种类")
    data: list[ModelReply] = told("模型")


class MessageReply(BaseModel):
    """答案。"""

    role: Literal["assistant"] = told("总是 assistant")
    content: str = told(
        "答案，Markdown：先是数目，引文是引用块，编号链接到条目所在的页", "共有1项任务涉及“垃圾分类”：\n\n> …"
    )
    refusal: None = told("总是空", None)
    annotations: list[dict[str, Any]] = told("各链接在 `content` 里的位置", [ANNOTATION])


class CompletionChoiceReply(BaseModel):
    """唯一的一个回答。"""

    index: int = told("总是 0", 0)
    message: MessageReply = told("答案")
    logprobs: None = told("总是空", None)
    finish_reason: Literal["stop"] = told("总是 stop")


class UsageReply(BaseModel):
    """用量，数的是字符。"""

    prompt_tokens: int = told("问的字符", 12)
    completion_tokens: int = told("答的字符", 80)
    total_tokens: int = told("合计", 92)


class CompletionReply(BaseModel):
    """一段对话的下一句。流式时是同样内容的 `chat.completion.chunk`，末尾是 `data: [DONE]`。"""

    id: str = told("这次回答的编号", "chatcmpl-18a2b3c4d5e6f708")
    object: Literal["chat.completion"] = told("种类")
    created: int = told("何时，Unix 秒", 1764259200)
    model: str = told("模型，总是 yaodian", "yaodian")
    choices: list[CompletionChoiceReply] = told("回答，只有一个")
    usage: UsageReply = told("用量")


COMPLETION_REPLIES: dict[tuple[str, str], type[BaseModel]] = {
    ("get", "/v1/models"): ModelsReply,
    ("get", "/v1/models/{id}"): ModelReply,
    ("post", "/v1/chat/completions"): CompletionReply,
}
