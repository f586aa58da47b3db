"""What is asked of the language model over HTTP."""

from service.fields import optional
from service.requests import AskRequest


class ModelRequest(AskRequest):
    """问过的问题，请语言模型帮忙。"""

    phrase: bool = optional(False, "请模型把找到的条目表述成一段话；问题自己要总结、比较的不必写", True)
