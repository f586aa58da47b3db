"""Which documents a question is about: 《…》, a title without marks, 2017年, 今年, 某局印发的. What is left of the question is then
read as if these alone were loaded."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus import (
    asks_which_were,
    counted_in_title,
    fold,
    place_names,
    short_title,
    tells_of_all,
    to_int,
    which_places_before,
    without_kind,
    years_said,
)
from service.kept import kept
from service.understanding.between import having
from service.understanding.catalogue import Catalogue
from service.understanding.constraints import Constraint
from service.understanding.copies import asks_which
from service.understanding.editions import kinds_of
from service.understanding.fitting import BETWEEN, fitting_each, has_kind, parts_of
from service.understanding.grammar import Form, Found, Sentence, apply_forms
from service.understanding.left_of import goes_into, left_of
from service.understanding.lexicon import endings, lexicon
from service.understanding.places import Elsewhere, InDocument, InText
from service.understanding.reading import read
from service.understanding.tokens import Token
from service.understanding.vocabulary import Vocabulary
from service.understanding.writing import FILES, ITSELF, WHICH_FILES

_TOGETHER = "(join|joint|lead|both){0,2}"  # 参与联合|发文
_BODIES = "(issuer|dept) (((with|pause) (issuer|dept)){1,4} (?=(join|joint|issue|both)))?"  # 甲局和乙局|联合发的
_WHOSE = f"({_BODIES} ({_TOGETHER} issue le?)? de?)"
_YEARS = "(in{0,2} yearno ((comma|pause|with|or|space)? yearno){0,4})"  # 方案2025年2026年
_WHEN = "(yearno (issue le?)? de?|month issue le? de?)"
_THIS = "((this|then) measure?)"
_NAMED = f"((title (?=yearno de? title))? {_WHOSE}? {_WHEN}? {_WHOSE}? {_THIS}? title ({_THIS}? title)? {_YEARS}? (issue le? de (doc|notice)?)?)"
_KIND = f"(({_WHOSE} {_WHEN}? de?|{_WHEN} {_WHOSE}?) ({_THIS} (text|lightnoun)?)? (num measure)? item? (doc|notice))"
_DATED = "(yearno (issue le?)? de?|issuer? yearno)"
_THESE = "(among|asking|it|this|all|in|measure|doc|item){0,6}"
_DOC = "(doc|notice|item)?"
_WHICH = f"(which|what) (num|measure){{0,2}} {_DOC}"
_ISSUING = f"(yearno? (issuer|dept) {_TOGETHER} issue le?|yearno? issue be (issuer|dept))"
_NOT_OTHERS = "((comma|but|space){0,2} (not|notof) be? (issuer|dept) (issue le?)? de?)?"
_ISSUED = f"(yearno? {_BODIES} {_TOGETHER} issue le? (de|(?=(which|what|howmany))))"
_ONE = f"({_NAMED}|{_KIND}|{_ISSUED}|{_DATED}|issuer (?=dept))"
_EITHER = f"({'|'.join(BETWEEN)}){{1,3}}"
_COUNTED = frozenset("howmany which each comma pause stop with compare lead support join manage does".split())
_AND = re.compile("[、,，和与及跟]")
_MENTIONS = ("mention", "concern")


@dataclass(frozen=True, slots=True)
class Choice:
    """What a question says of the documents asked, and what is left of it."""

    rest: str
    of: Constraint | None = None
    ids: tuple[str, ...] = ()  # chosen, the newest first
    fitting: tuple[str, ...] = ()  # a title fits these, and one was meant
    unknown: str | None = None  # a document that there is not, as typed
    place: tuple[int, int] = (0, 0)  # of what names the documents, in the question
    titled: tuple[str, ...] = ()  # those that its title alone fits
    several: bool = False  # are meant: two years, two titles
    alone: bool = False  # nothing else is said
    count: range = range(0)  # how many are said to be meant: 两部条例


@dataclass(slots=True)
class _Draft:
    question: str
    vocabulary: Vocabulary
    choice: Choice | None = None

    def typed(self, tokens: Sequence[Token]) -> str:
        return self.question[tokens[0].start : tokens[-1].end]


@kept(1024)
def chosen(question: str, vocabulary: Vocabulary) -> Choice:
    """Where there is one document alone, it is asked whatever is said. 去年教育局牵头的民生实事: what is said in two places
    is of the same documents."""
    draft = _Draft(question, vocabulary)
    if vocabulary.catalogue.chooses:
        apply_forms(OF_DOCUMENTS, Sentence(read(question, vocabulary)), draft)
    return draft.choice or Choice(question)


def _of_that_place(one: Choice, other: Choice, draft: _Draft) -> Choice:
    """北京的|法律援助条例, where 法律援助条例 is one itself, 洛阳和温州的|养犬规定, where one is called a 条例: of those of the
    places the ones whose title holds these words."""
    catalogue, name = draft.vocabulary.catalogue, draft.question[slice(*other.place)]
    places = _AND.split(draft.question[slice(*one.place)])
    if not all(map(catalogue.is_place, places)) or {*one.ids} <= {*other.ids, *other.fitting}:
        return other
    holding = catalogue.holding_all(name) if len(places) == 1 else catalogue.holding_all(without_kind(name))
    own = tuple(id for id in one.ids if id in holding)
    return replace(other, ids=own, fitting=(), titled=own) if own else other


def _both(one: Choice, other: Choice, vocabulary: Vocabulary) -> Choice | None:
    """Those that fit what is said in both places, or of one title those of several years; None where there are none."""
    these, those = one.ids or one.fitting, other.ids or other.fitting
    ids = tuple(id for id in these if id in those)
    if not ids and not other.titled:
        ids = vocabulary.catalogue.newest((*these, *(id for id in those if id in one.titled or not one.titled)))
        if len(ids) == len(these):
            return None
    if not ids or isinstance(one.of, InText | Elsewhere):
        return None
    titled = one.titled or other.titled
    several = one.several or other.several or len(ids) > len(these) or len(ids) in other.count
    if len(ids) > 1 and not several:
        return Choice(other.rest, fitting=ids, place=other.place if other.titled else one.place, titled=titled)
    alone = not any(map(str.isalnum, other.rest.replace(ITSELF, "")))
    return Choice(other.rest, of_documents(ids, vocabulary), ids, titled=titled, several=several, alone=alone)


def _of_documents(found: Found) -> bool | None:
    draft = found.draft
    assert isinstance(draft, _Draft)
    before = draft.choice
    if not _is_meant(found, draft) or (before and not (_goes_on(found) and (before.ids or before.fitting))):
        return False
    choice = _choice(found, draft)
    if choice and before:
        rest = before.rest.replace(draft.typed(found.tokens()), "", 1)
        choice = (
            None
            if choice.unknown
            else _both(before, _of_that_place(before, replace(choice, rest=rest), draft), draft.vocabulary)
        )
    if choice is None:
        return False
    draft.choice = choice
    return None


def _choice(found: Found, draft: _Draft) -> Choice | None:
    core = found.tokens("core")
    place = core[0].start, core[-1].end
    parts = [[*core]] if _is_of_all(core) else list(parts_of(core))
    sets = fitting_each(parts, draft.vocabulary)
    if any(one is None for one in sets):
        if not _points_into(found):
            return None
        sets = [one or () for one in sets]
    named = (id for one in sets for id in one or ()) if has_kind(core, "title") else ()
    names = [draft.vocabulary.catalogue.by_id[id].title for id in named]
    rest, alone = left_of(found, draft.question, names, several=len(parts) > 1, first_named=draft.choice is None)
    if not all(sets):
        unknown = next(part for part, one in zip(parts, sets, strict=True) if not one)
        return Choice(rest, unknown=_typed(unknown, draft), place=place)
    ids = draft.vocabulary.catalogue.newest(id for one in sets for id in one or ())
    ids = _so_many(ids, core, draft.vocabulary.catalogue) if len(parts) == 1 else ids
    titles = [token for token in core if token.kind == "title"]
    titled = [len(one or ()) for part, one in zip(parts, sets, strict=True) if has_kind(part, "title")]
    after = found.sentence.tokens[found.match.end() :][:1]
    ids = _of_every_year(ids, core, draft.vocabulary) if len(ids) == 1 else ids
    titled = [len(ids)] if titled == [1] and len(parts) == 1 else titled
    if titles and _means_all(titles[-1], ids, draft.vocabulary.catalogue, numbered=has_kind(after, "ref", "ids")):
        titled = []  # 青山的: all of that place; 两部条例: both
    if len(ids) > 1 and has_kind((*found.tokens("tail"), *after), "in", "comma"):
        rest = _which_of_these(rest, draft.vocabulary)
    if titles and alone and asks_which_were(titles[0].text):
        return Choice(FILES, of_documents(ids, draft.vocabulary), ids, place=place)
    if len(parts) == 1 and titled and titled[0] > 1:
        if (begin := which_places_before(fold(draft.question), place[0])) < place[0]:
            rest = draft.question[:begin] + WHICH_FILES + draft.question[place[1] :]
            return Choice(rest, of_documents(ids, draft.vocabulary), ids, place=place, titled=ids, several=True)
        count, _ = counted_in_title(titles[-1].text)
        return _by_place(ids, rest, place, draft) or Choice(rest, fitting=ids, place=place, titled=ids, count=count)
    if len(ids) > 1 and len(parts) == 1 and not titled and _points_at_one(found, core):
        return Choice(rest, fitting=ids, place=place)
    typed = draft.typed(core)
    of: Constraint = _documents(ids, draft.vocabulary, typed)
    part = draft.vocabulary.catalogue.text_titled(titles[0].text, ids[0]) if len(ids) == len(titles) == 1 else None
    if "neg" in found:
        ids, of = tuple(id for id in draft.vocabulary.catalogue.place if id not in ids), of.denied()
    elif part:
        of = InText(ids, (short_title(part.title),), typed, part.id)
    every: tuple[str, ...] = titles[0].value if len(titles) == 1 else ()  # type: ignore[assignment]
    return Choice(rest, of, ids, place=place, alone=alone, titled=every, several=len(parts) > 1)


def _of_every_year(ids: tuple[str, ...], core: Sequence[Token], vocabulary: Vocabulary) -> tuple[str, ...]:
    """某局工作要点, which is so called of one year alone, of all years: none is said."""
    catalogue, (id,) = vocabulary.catalogue, ids
    title = next((token for token in core if token.kind == "title"), None)
    said = title is None or has_kind(core, "yearno") or any(map(str.isdigit, title.text)) or len(core) > 1
    if title is None or said or not years_said(catalogue.by_id[id]):
        return ids
    kind = next((one for one in having(kinds_of(vocabulary), ids)), None)
    return catalogue.newest(one.document.id for one in kind.editions) if kind and kind.annual else ids


def _is_of_all(core: Sequence[Token]) -> bool:
    """甲局和乙局|一起|发的: of both of them."""
    bodies = [token for token in core if token.kind in ("issuer", "dept")]
    return len(bodies) > 1 and has_kind(core, "joint", "join") and has_kind(core, "issue")


def _so_many(ids: tuple[str, ...], core: Sequence[Token], catalogue: Catalogue) -> tuple[str, ...]:
    """2005年的|两部|条例: those of which something was done in that year, where they are as many."""
    count = next((to_int(token.text) for token in core if token.kind == "num"), None)
    years = [int(str(token.value)) for token in core if token.kind == "yearno"]
    if count is None or len(years) != 1 or len(ids) == count:
        return ids
    kinds = [token.text for token in core if token.kind == "doc"]
    own = [id for id in catalogue.telling_year(years[0]) if all(id in catalogue.of_kind([id], kind) for kind in kinds)]
    return catalogue.newest(own) if len(own) == count else ids


def _which_of_these(rest: str, vocabulary: Vocabulary) -> str:
    """这几部条例里|哪些规定了…: which of the documents."""
    tokens = read(rest, vocabulary)
    first = next((at for at, token in enumerate(tokens) if token.kind not in ("in", "comma", "doc")), 0)
    which = asks_which(tokens[first:], not vocabulary.departments)
    return WHICH_FILES + rest[tokens[first].end :] if which else rest


def _means_all(title: Token, ids: Sequence[str], catalogue: Catalogue, *, numbered: bool) -> bool:
    """青山的, 两部条例, 2016年通过的条例; where a number follows, 第五条, one is meant."""
    every = catalogue.is_place(title.text) or tells_of_all(title.text, counted=numbered)
    return every or len(ids) in counted_in_title(title.text)[0]


def _by_place(ids: tuple[str, ...], rest: str, place: tuple[int, int], draft: _Draft) -> Choice | None:
    """上海和北京两地的|某条例: all that a title fits, where the place of each is named before it."""
    before = draft.question[: place[0]]
    begins = [_placed(id, fold(before), draft.vocabulary.catalogue) for id in ids]
    if min(begins) < 0:
        return None
    rest = rest.replace(before[min(begins) :], "", 1)
    return Choice(rest, of_documents(ids, draft.vocabulary), ids, place=place, titled=ids, several=True)


def _placed(id: str, before: str, catalogue: Catalogue) -> int:
    """Where its place is named; -1 where it is not."""
    return max((before.find(name) for name in place_names(catalogue.by_id[id]) if len(name) > 1), default=-1)


def _points_into(found: Found) -> bool:
    """《…》|第三条, 渔业法|规定: of a document, though items speak of it, too."""
    after = [*found.tokens("tail"), *found.sentence.tokens[found.match.end() :]][:1]
    into = bool(after) and (after[0].kind in ("ref", "ids", "sec", "in") or after[0].text in endings("provide"))
    return into and has_kind(found.tokens("core"), "title")


def _points_at_one(found: Found, core: Sequence[Token]) -> bool:
    """那个2024年的办法, 2024年发的那份文件: one was meant."""
    before = found.sentence.tokens[: found.match.start()][-1:]
    pointing = (token.text for token in (*before, *core) if token.kind == "this")
    one = tuple(lexicon().words("measure"))
    return has_kind(core, "doc", "notice") and any(text.endswith(one) for text in pointing)


def _goes_on(found: Found) -> bool:
    """What says again which documents are meant: a title, or a year that is asked of: …2025年几件、2026年几件."""
    after = found.sentence.tokens[found.match.end() : found.match.end() + 1]
    core = found.tokens("core")
    return has_kind(core, "title") or (has_kind(core, "yearno") and (not after or after[0].kind in _COUNTED))


def _which_issued(found: Found) -> bool | None:
    """手上这些文件里哪些是某局印发的: the documents themselves."""
    outside = [*found.sentence.tokens[: found.match.start()], *found.sentence.tokens[found.match.end() :]]
    if has_kind(outside, "not", "notof", "except") or _of_documents(found) is False:  # 不是某局印发的有哪些
        return False
    draft = found.draft
    assert isinstance(draft, _Draft)
    if draft.choice and draft.choice.ids:
        draft.choice = replace(draft.choice, rest=FILES, alone=False)
    return None


OF_DOCUMENTS = (
    Form("which are issued by them", f"{_THESE} {_WHICH} be core:{_ISSUING} {_NOT_OTHERS} tail:(de?) {_DOC} {_NOT_OTHERS} (?=(tone|stop)|$)", _which_issued),
    Form("issued by them are which", f"{_THESE} by? core:{_ISSUING} {_NOT_OTHERS} tail:(de?) {_DOC} (be|have) {_WHICH} (?=(tone|stop)|$)", _which_issued),
    Form(
        "of documents",
        f"neg:((comma|but){{0,2}} (not|notof|except) (in|be|by)?)? (in|by)? core:({_ONE} ({_EITHER} {_ONE}|{_DATED}){{0,9}}) tail:((comma? in){{0,2}} de? outside?)",
        _of_documents,
    ),
)  # fmt: skip


def _is_meant(found: Found, draft: _Draft) -> bool:
    """提到《…》的 is a topic; so is a year in what stands in an item, and one in which something is to be done."""
    tokens, first = found.sentence.tokens, found.match.start()
    core = found.tokens("core")
    before = next((token.kind for token in reversed(tokens[:first]) if token.kind not in ("le", "de")), "")
    after = tokens[found.match.end() : found.match.end() + 3]
    mentions = before in _MENTIONS or (before == "say" and _asks_which(tokens[:first]) and not after)
    if mentions and not goes_into(tokens, first) and not has_kind(found.tokens("tail"), "in"):
        return False
    if has_kind(core, "title", "doc", "notice", "issue"):
        return True
    until = first and tokens[first - 1].kind == "le" and tokens[first - 1].end == core[0].start  # 到2027年; not 查到
    if until and not (first > 1 and tokens[first - 2].kind == "show"):
        return False
    if before == "finish" or (after and after[0].kind in ("finish", "due", "num")):
        return False
    stands = draft.vocabulary.stands
    text = draft.question[core[-1].start : after[0].end] if after and after[0].kind == "text" else ""
    return not (text and stands(text))


def _asks_which(tokens: Sequence[Token]) -> bool:
    """哪几个文件里写了|《…》, 哪些条款写了."""
    return has_kind(tokens, "which") and not has_kind(tokens, "title")


def _typed(part: Sequence[Token], draft: _Draft) -> str:
    """As typed; 今年 with the year that it is."""
    typed = draft.question[part[0].start : part[-1].end]
    said = next((token for token in part if token.kind == "yearno" and not re.match(r"\d", token.text)), None)
    return f"{typed}（{said.value}年）" if said else typed


def _documents(ids: Sequence[str], vocabulary: Vocabulary, words: str) -> InDocument:
    short = vocabulary.catalogue.short
    return InDocument(tuple(ids), tuple(short[id] for id in ids), words)


def of_documents(ids: Sequence[str], vocabulary: Vocabulary) -> InDocument:
    """The condition that these documents are asked, the newest first."""
    ordered = vocabulary.catalogue.newest(ids)
    return _documents(ordered, vocabulary, "")
