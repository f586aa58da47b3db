"""Questions about numbered documents, answered: `Assistant.ask`, and its answers as the JSON of the HTTP contract."""

from typing import TYPE_CHECKING, Any

from service.answering import RELATED
from service.assistant import Assistant, UnknownDocumentError
from service.requests import HISTORY_LENGTH, QUESTION_LENGTH, AskRequest
from service.wire import Wire

if TYPE_CHECKING:
    from service.item_replies import ItemReply
    from service.replies import AskReply, DocumentReply

__all__ = [
    "HISTORY_LENGTH",
    "QUESTION_LENGTH",
    "RELATED",
    "AskReply",
    "AskRequest",
    "Assistant",
    "DocumentReply",
    "ItemReply",
    "UnknownDocumentError",
    "Wire",
]


def __getattr__(name: str) -> Any:
    """The replies as their readers see them: models that take longer to load than the rest, and only readers need."""
    if name in ("AskReply", "DocumentReply", "ItemReply"):
        from service import replies

        return getattr(replies, name)
    raise AttributeError(name)
