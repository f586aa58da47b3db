"""Documents called by what they define: 网吧条例 for 互联网上网服务营业场所管理条例, of which an article says 本条例所称…是指…的网吧."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from corpus.document import Document
from corpus.script import fold
from corpus.titles import is_general

LOOKED_AT = 8  # items at the beginning of a document, one of which may define what it is about
LONGEST, SHORTEST = 8, 2  # letters of a name

_DEFINES = re.compile(  # …是指向公众提供…的|网吧、电脑休闲室|等营业性场所
    "本(?:法|条例|办法|规定|细则|规则)所称[^。]{1,300}?的(?P<names>[^。,，;；的]{2,60})等[^。,，;；、的]{0,6}(?:场所|单位|企业|机构|设施|物品|产品)"
)
_AND = re.compile("、|以及|或者|[和或]")
_NAMED = re.compile(
    rf"(?:^|(?<=[\s,;。?、的和与跟及比按在对查看问年版]))的?(?P<words>[一-鿿]{{{SHORTEST},{LONGEST}}}?)"
    "(?:的?(?:管理))?(?P<kind>条例|办法|规定|细则|规则|(?<![办做方看想说])法)(?![一-鿿]?(?:条例|办法|规定|细则|规则))"
)

Place = tuple[int, int, tuple[str, ...]]  # [start, end) of the text, and the ids of the documents


class Defined:
    """`documents`, each with its title in letters alone, folded. Their items are read when a name is first looked for."""

    def __init__(self, documents: Iterable[tuple[str, Document]]) -> None:
        self._documents = list(documents)
        self._called = lru_cache(maxsize=1024)(self._find_called)

    def named_in(self, folded: str) -> list[Place]:
        """The first such name in a question."""
        every = ((found, self._called(found["words"], found["kind"])) for found in _NAMED.finditer(folded))
        return [(found.start("words"), found.end(), ids) for found, ids in every if ids][:1]

    def _find_called(self, words: str, kind: str) -> tuple[str, ...]:
        """Those of one title, of this kind, that define something called so."""
        if is_general(words):
            return ()
        own = [(title, id) for title, id, names in self._defining if title.endswith(kind) and words in names]
        return tuple(id for _, id in own) if len({title for title, _ in own}) == 1 else ()

    @cached_property
    def _defining(self) -> list[tuple[str, str, list[str]]]:
        return list(_definitions(self._documents))


def _definitions(documents: Iterable[tuple[str, Document]]) -> Iterator[tuple[str, str, list[str]]]:
    """The title, the id and what it lists as what it is about, of each document that does so at its beginning."""
    for title, document in documents:
        for item in document.items[:LOOKED_AT]:
            if found := _DEFINES.search(fold(item.text)):
                yield title, document.id, _AND.split(found["names"])
