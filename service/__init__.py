"""Questions about numbered documents, answered: `Assistant.ask`, and its answers as the JSON of the HTTP contract.

Each name is loaded when it is first asked for: a process that only builds an index needs none of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from service.answering import RELATED
    from service.assistant import Assistant, UnknownDocumentError
    from service.item_replies import ItemReply
    from service.llm import Helping, Llm, ModelRequest
    from service.replier import Replier
    from service.replies import AskReply, DocumentReply
    from service.requests import HISTORY_LENGTH, QUESTION_LENGTH, AskRequest
    from service.wire import Wire

_MODULES = {
    "answering": ("RELATED",),
    "assistant": ("Assistant", "UnknownDocumentError"),
    "llm": ("Helping", "Llm", "ModelRequest"),
    "replier": ("Replier",),
    "replies": ("AskReply", "DocumentReply", "ItemReply"),
    "requests": ("HISTORY_LENGTH", "QUESTION_LENGTH", "AskRequest"),
    "wire": ("Wire",),
}

__all__ = [
    "HISTORY_LENGTH",
    "QUESTION_LENGTH",
    "RELATED",
    "AskReply",
    "AskRequest",
    "Assistant",
    "DocumentReply",
    "Helping",
    "ItemReply",
    "Llm",
    "ModelRequest",
    "Replier",
    "UnknownDocumentError",
    "Wire",
]


def __getattr__(name: str) -> Any:
    module = next((module for module, names in _MODULES.items() if name in names), None)
    if module is None:
        raise AttributeError(name)
    return getattr(import_module(f"service.{module}"), name)
