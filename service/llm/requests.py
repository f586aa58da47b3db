"""What is asked of the language model over HTTP."""

from pydantic import Field

from service.requests import AskRequest


class ModelRequest(AskRequest):
    """The question that was asked before, for a language model to help with."""

    phrase: bool = Field(default=False, description="请模型把找到的条目表述成一段话；问题自己要总结、比较的不必写")
