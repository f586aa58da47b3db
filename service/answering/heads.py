"""Which documents write a topic before their first item."""

from corpus import Document, Joined, Shelf, spelling_key
from service.answering.membership import lightened
from service.kept import kept


@kept()
def _heads(documents: Shelf) -> Joined:
    """How the heads of the documents are spelt."""
    return Joined(spelling_key(document.head_text) for document in documents)


def spelt(topic: str) -> list[str]:
    """The topic, and the topic without words that say little, as they are looked for in a head."""
    return [spelling_key(one) for one in (topic, *lightened(topic))]


def written_in_head(topic: str, documents: Shelf) -> list[Document]:
    """Those whose head writes it, in their order."""
    heads = _heads(documents)
    return [documents[at] for at in sorted({at for one in spelt(topic) for at in heads.holding(one)})]
