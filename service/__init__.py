"""Questions about numbered documents, answered: `Assistant.ask`, and its answers as the JSON of the HTTP contract."""

from typing import TYPE_CHECKING, Any

from service.answering import RELATED
from service.assistant import Assistant, UnknownDocumentError
from service.replier import Replier
from service.requests import HISTORY_LENGTH, QUESTION_LENGTH, AskRequest
from service.wire import Wire

if TYPE_CHECKING:
    from service.item_replies import ItemReply
    from service.llm import Helping, Llm, ModelRequest
    from service.replies import AskReply, DocumentReply

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
    """The replies as their readers see them, and the language model: what takes longer to load than the rest, and only
    some need."""
    if name in ("AskReply", "DocumentReply", "ItemReply"):
        from service import replies

        return getattr(replies, name)
    if name in ("Helping", "Llm", "ModelRequest"):
        from service import llm

        return getattr(llm, name)
    raise AttributeError(name)
