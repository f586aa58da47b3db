"""Of what a title names those of the place that stands before it: 四川省|价格条例, 西安|历史文化名城保护条例."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from corpus import LEVELS, Document, bare_places, fold, place_before, region_before, region_of, title_key

Named = tuple[int, int, tuple[str, ...]]  # [start, end) of a question, and the ids of the documents it names


@dataclass(frozen=True, slots=True)
class OfPlaces:
    by_id: Mapping[str, Document]
    is_title: Callable[[str], bool]  # of letters alone, folded: some document is called so

    def own(self, folded: str, named: Named) -> Named:
        """四川省价格条例 is not 浙江省价格条例: a place before the title is that of the documents."""
        start, end, ids = named
        own_level = start + self._has_level(folded[start:end])
        place = place_before(folded[:own_level])
        if place is None:
            return self._of_region(folded, named)
        own = tuple(id for id in ids if place in fold(self.by_id[id].title + (self.by_id[id].issuer or "")))
        return (start, end, own) if own else (own_level - len(place), end, ())

    def _of_region(self, folded: str, named: Named) -> Named:
        """西安|历史文化名城保护条例, where all that are called so are of other places."""
        start, end, ids = named
        region = region_before(folded[:start])
        titles = [self.by_id[id].title for id in ids]
        of_places = bool(region) and all(bare_places(title) for title in titles) and not region_of(folded[start:end])
        if not of_places:
            return named
        own = tuple(id for id, title in zip(ids, titles, strict=True) if region[0] in title)
        if not own and any(name in title for name in region for title in titles):
            return named  # of a city in that province, or of its province: which is meant is asked
        return (start, end, own) if own else (start - len(region[0]), end, ())

    def _has_level(self, name: str) -> bool:
        """柳州|省菜市价格条例 begins with the level of a place, 市场主体登记条例 does not."""
        return name[0] in LEVELS and self.is_title(title_key(name[1:]))
