"""Which documents a question is about: 《…》, a title without marks, 2017年, 今年, 某局印发的. What is left of the question is then
read as if these alone were loaded."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from corpus import (
    ANY_FILE,
    KINDS,
    asks_which_were,
    counted_in_title,
    fold,
    is_level,
    place_names,
    short_title,
    tells_of_all,
    which_places_before,
    without_kind,
)
from service.kept import kept
from service.understanding.catalogue import Catalogue
from service.understanding.constraints import Constraint
from service.understanding.copies import asks_which
from service.understanding.grammar import Form, Found, Sentence, apply_forms
from service.understanding.lexicon import endings, lexicon
from service.understanding.places import Elsewhere, InDocument, InText
from service.understanding.reading import read
from service.understanding.tokens import Token
from service.understanding.vocabulary import Vocabulary
from service.understanding.writing import FILES, ITSELF, WHICH_FILES

_TOGETHER = "(join|joint|lead|both){0,2}"  # 参与联合|发文
_WHOSE = f"((issuer|dept) ({_TOGETHER} issue le?)? de?)"
_YEARS = "(in{0,2} yearno ((comma|pause|with|or|space)? yearno){0,4})"  # 方案2025年2026年
_WHEN = "(yearno (issue le?)? de?|month issue le? de?)"
_NAMED = f"((title (?=yearno de? title))? {_WHOSE}? {_WHEN}? {_WHOSE}? (this measure?)? title ((this measure?)? title)? {_YEARS}? (issue le? de (doc|notice)?)?)"
_KIND = f"(({_WHOSE} {_WHEN}? de?|{_WHEN} {_WHOSE}?) (this measure? (text|lightnoun)?)? item? (doc|notice))"
_DATED = "(yearno (issue le?)? de?|issuer? yearno)"
_THESE = "(among|asking|it|this|all|in|measure|doc|item){0,6}"
_DOC = "(doc|notice|item)?"
_WHICH = f"(which|what) (num|measure){{0,2}} {_DOC}"
_ISSUING = f"(yearno? (issuer|dept) {_TOGETHER} issue le?|yearno? issue be (issuer|dept))"
_NOT_OTHERS = "((comma|but|space){0,2} (not|notof) be? (issuer|dept) (issue le?)? de?)?"
_ISSUED = f"(yearno? (issuer|dept) {_TOGETHER} issue le? (de|(?=(which|what|howmany))))"
_ONE = f"({_NAMED}|{_KIND}|{_ISSUED}|{_DATED}|issuer (?=dept))"
_BETWEEN = ("comma", "pause", "with", "or", "space", "both", "add", "have", "adv")
_EITHER = f"({'|'.join(_BETWEEN)}){{1,3}}"
_COUNTED = frozenset("howmany which each comma pause stop with compare lead support join manage does".split())
_AND = re.compile("[、,，和与及跟]")
_POINTING = ("de", "this", "then", "num", "measure", "issue")  # 文化企业|那两个|规定, 天河区|发的|那份
_WHO_OR_WHEN = ("yearno", "month", "issuer", "dept")
_MENTIONS = ("mention", "concern")
_BACKWARD = frozenset(
    "then change make de in tone stop comma space be polite doc notice item this measure show not adv ne whether asking".split()
)
_HOW_PROVIDED = frozenset("how what which have say le".split())
_ABOUT_ITSELF = frozenset("be say have issue when who how what call docnumber date divide main sendto by which".split())


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
    return Choice(other.rest, of_documents(ids, vocabulary), ids, titled=titled, several=several)


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
    parts = list(_parts(core))
    sets = _each(parts, draft.vocabulary)
    if any(one is None for one in sets):
        if not _points_into(found):
            return None
        sets = [one or () for one in sets]
    named = (id for one in sets for id in one or ()) if _has(core, "title") else ()
    names = [draft.vocabulary.catalogue.by_id[id].title for id in named]
    rest, alone = _left(found, draft, names, several=len(parts) > 1)
    if not all(sets):
        unknown = next(part for part, one in zip(parts, sets, strict=True) if not one)
        return Choice(rest, unknown=_typed(unknown, draft), place=place)
    ids = draft.vocabulary.catalogue.newest(id for one in sets for id in one or ())
    titles = [token for token in core if token.kind == "title"]
    titled = [len(one or ()) for part, one in zip(parts, sets, strict=True) if _has(part, "title")]
    after = found.sentence.tokens[found.match.end() :][:1]
    if titles and _means_all(titles[-1], ids, draft.vocabulary.catalogue, numbered=_has(after, "ref", "ids")):
        titled = []  # 青山的: all of that place; 两部条例: both
        if _has((*found.tokens("tail"), *after), "in"):
            rest = _which_of_these(rest, draft.vocabulary)
    if titles and asks_which_were(titles[0].text):
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


def _which_of_these(rest: str, vocabulary: Vocabulary) -> str:
    """这几部条例里|哪些规定了…: which of the documents."""
    tokens = read(rest, vocabulary)
    first = next((at for at, token in enumerate(tokens) if token.kind not in ("in", "comma")), 0)
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
    return into and _has(found.tokens("core"), "title")


def _points_at_one(found: Found, core: Sequence[Token]) -> bool:
    """那个2024年的办法, 2024年发的那份文件: one was meant."""
    before = found.sentence.tokens[: found.match.start()][-1:]
    pointing = (token.text for token in (*before, *core) if token.kind == "this")
    one = tuple(lexicon().words("measure"))
    return _has(core, "doc", "notice") and any(text.endswith(one) for text in pointing)


def _goes_on(found: Found) -> bool:
    """What says again which documents are meant: a title, or a year that is asked of: …2025年几件、2026年几件."""
    after = found.sentence.tokens[found.match.end() : found.match.end() + 1]
    core = found.tokens("core")
    return _has(core, "title") or (_has(core, "yearno") and (not after or after[0].kind in _COUNTED))


def _which_issued(found: Found) -> bool | None:
    """手上这些文件里哪些是某局印发的: the documents themselves."""
    outside = [*found.sentence.tokens[: found.match.start()], *found.sentence.tokens[found.match.end() :]]
    if _has(outside, "not", "notof", "except") or _of_documents(found) is False:  # 不是某局印发的有哪些
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


def _has(tokens: Sequence[Token], *kinds: str) -> bool:
    return any(token.kind in kinds for token in tokens)


def _parts(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """What is named one by one; years side by side are."""
    part: list[Token] = []
    for token in tokens:
        if token.kind == "yearno" and _has(part, "yearno"):
            yield part
            part = []
        if token.kind in _BETWEEN:
            if part:
                yield part
            part = []
        else:
            part.append(token)
    if part:
        yield part


def _is_meant(found: Found, draft: _Draft) -> bool:
    """提到《…》的 is a topic; so is a year in what stands in an item, and one in which something is to be done."""
    tokens, first = found.sentence.tokens, found.match.start()
    core = found.tokens("core")
    before = next((token.kind for token in reversed(tokens[:first]) if token.kind not in ("le", "de")), "")
    after = tokens[found.match.end() : found.match.end() + 3]
    mentions = before in _MENTIONS or (before == "say" and _asks_which(tokens[:first]) and not after)
    if mentions and not _goes_into(tokens, first) and not _has(found.tokens("tail"), "in"):
        return False
    if _has(core, "title", "doc", "notice", "issue"):
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
    return _has(tokens, "which") and not _has(tokens, "title")


def _goes_into(tokens: Sequence[Token], first: int) -> bool:
    """写进某方案的: said of the document, not of what an item mentions."""
    before = next((token.text for token in reversed(tokens[:first]) if token.kind != "le"), "")
    return before.endswith(("进", "入"))


def _each(parts: Sequence[list[Token]], vocabulary: Vocabulary) -> list[tuple[str, ...] | None]:
    """The documents of each part; 2016年和2017年的…要点: the title is that of both. None where it names none."""
    sets: list[tuple[str, ...] | None] = []
    for at, part in enumerate(parts):
        beside = (*parts[at:], *reversed(parts[:at]))
        title = next((one for one in beside if _has(one, "title", "doc", "notice")), part)
        shared = [token for token in title if token.kind in ("title", "doc", "notice")]
        dated = _has(part, "yearno") and not _has(part, "title", "doc", "notice") and _has(title, "yearno")
        sets.append(_fitting([*part, *shared] if dated else part, vocabulary))
    years = [at for at, part in enumerate(parts) if not _has(part, "title", "doc", "notice", "issuer", "dept")]
    titles = [at for at, part in enumerate(parts) if _has(part, "title")]
    if len(titles) == 1 and years and not _has(parts[titles[0]], "yearno"):  # 民生实事，2025年: the title in that year
        named = sets[titles[0]] or ()
        for at in years:
            sets[at] = tuple(id for id in sets[at] or () if id in named)
        sets[titles[0]] = vocabulary.catalogue.newest(id for at in years for id in sets[at] or ())
    return sets


def _fitting(part: Sequence[Token], vocabulary: Vocabulary) -> tuple[str, ...] | None:
    """Those that fit all that is said; none where there are no such."""
    catalogue = vocabulary.catalogue
    done = _has(part, "issue")
    sets = [ids for token in part if (ids := _ids_of(token, vocabulary, done=done)) is not None]
    if not sets and _has(part, "dept"):
        return None
    if not sets:
        return ()
    if any(not ids for ids in sets):
        return _unknown(part, vocabulary)
    ids = _in_all(sets) or _titled_in(part, catalogue) or _ending_so(part, vocabulary, done)
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
    """2018年|印发的 are not those of which the title says 2018年."""
    catalogue = vocabulary.catalogue
    match token.kind:
        case "title":
            return token.value  # type: ignore[return-value]
        case "yearno":
            year = int(str(token.value))
            return (catalogue.issued_in(year) if done else ()) or catalogue.of_year(year)
        case "month":
            return catalogue.of_months(token.value)  # type: ignore[arg-type]
        case "issuer" | "dept":
            return catalogue.issued_by(token.value if token.kind == "issuer" and token.value else token.text)  # type: ignore[arg-type]
    return None


def _unknown(part: Sequence[Token], vocabulary: Vocabulary) -> tuple[str, ...] | None:
    """A title or a year of no document, unless it stands in some item and is a topic."""
    if _has(part, "dept"):
        return None
    whole = _has(part, "doc", "notice", "issue")
    kind = "title" if _has(part, "title") else "yearno"
    texts = [token.text for token in part if token.kind == kind]
    stand = any(vocabulary.stands(text) or vocabulary.stands(text.strip("《》")) for text in texts)
    stand |= kind == "yearno" and any(fold(text) in vocabulary.head for text in texts)
    return None if stand and not whole else ()


def _typed(part: Sequence[Token], draft: _Draft) -> str:
    """As typed; 今年 with the year that it is."""
    typed = draft.question[part[0].start : part[-1].end]
    said = next((token for token in part if token.kind == "yearno" and not re.match(r"\d", token.text)), None)
    return f"{typed}（{said.value}年）" if said else typed


def _begins(tokens: Sequence[Token], first: int, titles: Sequence[str]) -> int:
    """Where what names them begins: 天河区那个…实施办法, of the district that the title tells."""
    folded, begins, said = [fold(title) for title in titles], first, ""
    for at in range(first - 1, -1, -1) if folded else ():
        text = fold(tokens[at].text)
        said = "" if tokens[at].kind in _POINTING or len(text) > 1 else text + said
        if tokens[at].kind in _POINTING:
            continue
        if tokens[at].kind not in ("text", "lightverb", "lightnoun") or not all(
            (said or text) in title for title in folded
        ):
            break
        begins = begins if len(said or text) == 1 else at
    return begins


def _others(tokens: Sequence[Token]) -> list[Token]:
    """What says something beside the documents; 上海的|是怎么规定的 asks what was asked before."""
    others = [token for token in tokens if token.kind not in _BACKWARD]
    provided = [token for token in others if token.text in endings("provide")]
    if provided and all(token in provided or token.kind in _HOW_PROVIDED for token in others):
        return []
    return others


def _left(found: Found, draft: _Draft, titles: Sequence[str], *, several: bool) -> tuple[str, bool]:
    """The question without what names the documents, and whether that leaves nothing."""
    tokens, question = found.sentence.tokens, draft.question
    first, last = found.match.span()
    first = _begins(tokens, first, titles)
    before, after = tokens[:first], tokens[last:]
    others = _others([*before, *after])
    start, end = tokens[first].start, tokens[last - 1].end
    follows = next((token.kind for token in after if token.kind not in ("adv", "space", "comma")), "")
    kept = (
        not _goes_into(tokens, first)
        and not _has(found.tokens("tail"), "in")
        and "neg" not in found
        and not draft.choice
    )
    itself = kept and (follows in _ABOUT_ITSELF or (not follows or follows in ("tone", "stop")))
    if not after or all(token.kind in ("stop", "tone") for token in after):
        itself = kept and bool(others)
    behind = _together().sub("", question[end:]) if several else question[end:]
    if titles and not before and not itself and after and after[0].text in endings("provide"):
        behind = _providing(behind, after)
    left = question[:start] + (ITSELF if itself else "") + behind
    return _in_it().sub("", left.strip("，, ")) if titles else left.strip("，, "), not others


def _providing(behind: str, after: Sequence[Token]) -> str:
    """某条例规定|管理人履行哪些职责: what it provides; not 规定的时限, 规定了什么."""
    follows = after[1:2]
    return behind[len(after[0].text) :] if follows and follows[0].kind in ("text", "comma") else behind


@cache
def _in_it() -> re.Pattern[str]:
    """通报里|…, of the document that is named elsewhere in the question."""
    return re.compile(f"^(?:{KINDS}|{ANY_FILE})[里中](?:面|头)?(?![国央小心])")


@cache
def _together() -> re.Pattern[str]:
    """2025、2026|两年的, …和…，|这三个里头: how many were named."""
    inside = "|".join(word for word in lexicon().words("in") if not word.isascii())
    return re.compile(rf"^[,，]?的?这?[两二三四五几]\s?[份年个版](?:{inside})?的?(?![^的里，,]{{0,3}}(?:内|前|后))")


def _documents(ids: Sequence[str], vocabulary: Vocabulary, words: str) -> InDocument:
    short = vocabulary.catalogue.short
    return InDocument(tuple(ids), tuple(short[id] for id in ids), words)


def of_documents(ids: Sequence[str], vocabulary: Vocabulary) -> InDocument:
    """The condition that these documents are asked, the newest first."""
    ordered = vocabulary.catalogue.newest(ids)
    return _documents(ordered, vocabulary, "")
