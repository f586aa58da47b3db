"""Which documents fit what is said of them in one part of a question: a title, a year, a body that issued them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus import fold, is_level
from service.understanding.catalogue import Catalogue
from service.understanding.tokens import Token
from service.understanding.vocabulary import Vocabulary

BETWEEN = ("comma", "pause", "with", "or", "space", "both", "add", "have", "adv")  # parts


def has_kind(tokens: Sequence[Token], *kinds: str) -> bool:
    return any(token.kind in kinds for token in tokens)


def parts_of(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """What is named one by one; years side by side are."""
    part: list[Token] = []
    for token in tokens:
        if token.kind == "yearno" and has_kind(part, "yearno"):
            yield part
            part = []
        if token.kind in BETWEEN:
            if part:
                yield part
            part = []
        else:
            part.append(token)
    if part:
        yield part


def fitting_each(parts: Sequence[list[Token]], vocabulary: Vocabulary) -> list[tuple[str, ...] | None]:
    """The documents of each part; 2016年和2017年的…要点: the title is that of both. None where it names none."""
    sets: list[tuple[str, ...] | None] = []
    for at, part in enumerate(parts):
        beside = (*parts[at:], *reversed(parts[:at]))
        title = next((one for one in beside if has_kind(one, "title", "doc", "notice")), part)
        shared = [
            token for token in title if token.kind in ("title", "doc", "notice", "issuer")
        ]  # 2020年和2024年北京的…
        dated = has_kind(part, "yearno") and not has_kind(part, "title", "doc", "notice") and has_kind(title, "yearno")
        sets.append(_fitting([*part, *shared] if dated else part, vocabulary))
    years = [at for at, part in enumerate(parts) if not has_kind(part, "title", "doc", "notice", "issuer", "dept")]
    titles = [at for at, part in enumerate(parts) if has_kind(part, "title")]
    if (
        len(titles) == 1 and years and not has_kind(parts[titles[0]], "yearno")
    ):  # 民生实事，2025年: the title in that year
        named = sets[titles[0]] or ()
        for at in years:
            sets[at] = tuple(id for id in sets[at] or () if id in named)
        sets[titles[0]] = vocabulary.catalogue.newest(id for at in years for id in sets[at] or ())
    return sets


def _fitting(part: Sequence[Token], vocabulary: Vocabulary) -> tuple[str, ...] | None:
    """Those that fit all that is said; none where there are no such."""
    catalogue = vocabulary.catalogue
    done = has_kind(part, "issue")
    sets = [ids for token in part if (ids := _ids_of(token, vocabulary, done=done)) is not None]
    if not sets and has_kind(part, "dept"):
        return None
    if not sets:
        return ()
    if any(not ids for ids in sets):
        return _unknown(part, vocabulary)
    ids = _in_all(sets) or _titled_in(part, catalogue) or _ending_so(part, vocabulary, done)
    ids = ids or catalogue.of_body("".join(token.text for token in part))
    if not ids and any(
        token.kind == "issuer" and is_level(token.text) for token in part
    ):  # 省里的: of no place that is said
        others = _fitting([token for token in part if not is_level(token.text)], vocabulary)
        return tuple(id for id in others or () if not catalogue.has_place(id))
    for token in part:
        if token.kind == "doc":
            ids = catalogue.of_kind(ids, token.text)
    return ids


def _in_all(sets: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(id for id in sets[0] if all(id in one for one in sets[1:]))


def _ending_so(part: Sequence[Token], vocabulary: Vocabulary, done: bool) -> tuple[str, ...]:
    """2016年的信访条例, where there is one of another year that is called so itself: those whose titles end so, or hold
    these words in order."""
    catalogue = vocabulary.catalogue
    for wider in (catalogue.so_ending, catalogue.holding_all):
        widened = (
            replace(token, value=wider(token.text) or token.value) if token.kind == "title" else token for token in part
        )
        if ids := _in_all([ids for token in widened if (ids := _ids_of(token, vocabulary, done=done)) is not None]):
            return ids
    return ()


def _titled_in(part: Sequence[Token], catalogue: Catalogue) -> tuple[str, ...]:
    """2019年版的某条例, though others are of that year first: those of the title whose head or file tells it."""
    years = [int(str(token.value)) for token in part if token.kind == "yearno"]
    title = next((token for token in part if token.kind == "title"), None)
    ids: tuple[str, ...] = title.value if title else ()  # type: ignore[assignment]
    return tuple(id for id in ids if years and all(catalogue.tells_year(id, year) for year in years))


def _ids_of(token: Token, vocabulary: Vocabulary, *, done: bool) -> tuple[str, ...] | None:
    """2018年|印发的 are not those of which the title says 2018年; where there are none, of which the head tells it."""
    catalogue = vocabulary.catalogue
    match token.kind:
        case "title":
            return token.value  # type: ignore[return-value]
        case "yearno":
            year = int(str(token.value))
            issued = catalogue.issued_in(year) if done else ()
            return issued or catalogue.of_year(year) or (catalogue.telling_year(year) if done else ())
        case "month":
            return catalogue.of_months(token.value)  # type: ignore[arg-type]
        case "issuer" | "dept":
            return catalogue.issued_by(token.value if token.kind == "issuer" and token.value else token.text)  # type: ignore[arg-type]
    return None


def _unknown(part: Sequence[Token], vocabulary: Vocabulary) -> tuple[str, ...] | None:
    """A title or a year of no document, unless it stands in some item and is a topic."""
    if has_kind(part, "dept"):
        return None
    whole = has_kind(part, "doc", "notice", "issue")
    kind = "title" if has_kind(part, "title") else "yearno"
    texts = [token.text for token in part if token.kind == kind]
    stand = any(vocabulary.stands(text) or vocabulary.stands(text.strip("《》")) for text in texts)
    stand |= kind == "yearno" and any(fold(text) in vocabulary.head for text in texts)
    return None if stand and not whole else ()
