"""Questions about numbered documents, answered: `Assistant.ask`, and its answers as the JSON of the HTTP contract."""

from service.answering import RELATED, has_evidence
from service.assistant import Assistant, UnknownDocumentError
from service.wire import HISTORY_LENGTH, QUESTION_LENGTH, AskReply, AskRequest, DocumentReply, ItemReply, Wire

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
    "has_evidence",
]
