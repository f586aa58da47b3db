"""Topic -> the items it concerns. Membership rests on evidence, in this order; what comes first decides alone:

1. the phrase stands in the text, or under another name: that the alias file gives it, that it is short for (社团 ->
   社会团体), or with its two words set apart (表彰奖励 -> 表彰和奖励);
2. the phrase without words that say little (绿道建设 -> 绿道) stands there;
3. all its content words stand there;
4. the most of its words stand there side by side (医保个人账户扣钱 -> 个人账户), and nothing is spelt nearly like all of it;
5. the meaning is close, and nothing stands there that is spelt nearly so.

A question that asks for a fact (an amount, a person, a definition) is not answered by the second and the fifth, and by the
third only where it says several words and hardly an item holds them all, or what was done, for which a penalty is asked.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial, reduce

import numpy as np

from corpus import (
    KINDS,
    fold,
    in_other_numerals,
    long_names,
    sector_names,
    with_days,
    without_of,
)
from index import Hits, Index, Literal, Mask
from service.answering.found import Documents, Found
from service.answering.in_lists import in_lists
from service.answering.in_part import by_core, by_head, telling
from service.answering.paragraphs import saying_together
from service.answering.standing import as_words, count_as_word
from service.understanding import alternatives, endings, lexicon, listed, readings

FEW_NEAR = 5  # items near in meaning that may be the answer, however few there are
MOST_NEAR = 0.2  # of all: a question that is near to more of them tells none apart
FEW_FACTS = 2  # items that hold every word, more than so many, of a question for a fact
MOST_LIGHT = 8  # words taken away at most
LOOKED_AT = 500  # items, of more than which none is looked for that begins with the topic
SHORTEST = 2  # characters that must be left
WRITTEN = 3  # ways in which documents write out a short form
LONGEST = 40  # characters of a topic of which words are written out
_JOINERS = ("和", "与", "及")
_SENTENCE = re.compile(r"[。；;\n]")
_KIND = re.compile(f"(?:{KINDS})$")
SAYING = 6  # characters of what says something of something
LONG = 4  # characters, of more than which one at an edge is no misspelling


def find_topic_items(
    topic: str,
    question: str,
    index: Index,
    documents: Documents,
    *,
    asks_fact: bool,
    each: bool = False,
    denied: bool = False,
    beside: bool = False,
    apart: bool = False,
    penal: bool = False,
) -> tuple[Found, ...]:
    """What the topic concerns; where it stands nowhere and lists alternatives, each of them. The meaning that counts is
    the question's. `beside` others that say it whole its head is enough; `apart`, in documents that do not write it whole
    its words in one sentence are. `penal`: what was done is told by its words together."""
    parts = listed(topic, partial(index.stands, documents=documents), each=True) if each else alternatives(topic)
    parts = _each_listed(_without_owner(parts, index, documents), index, documents)
    if len(parts) == 1 or (not each and index.count(topic, documents)):
        found = _found(topic, question, index, documents, asks_fact, denied, penal)
        found = (by_head(topic, index, documents) if beside and not len(found.rows) else None) or found
        return (_with_those_apart(found, index, documents) if apart else found,)
    founds = tuple(_found(part, part, index, documents, asks_fact, denied, penal) for part in parts)
    standing = tuple(one for one in founds if one.parts and not (one.by_meaning or one.stretches))
    return founds if each or not standing else standing  # what means something near is another thing


def _each_listed(parts: list[str], index: Index, documents: Documents) -> list[str]:
    """补助, 奖励和贴息 -> 补助, 奖励, 贴息: the last two of a list, which stand by themselves and not together."""
    last = listed(parts[-1], partial(index.stands, documents=documents)) if len(parts) > 1 else []
    return [*parts[:-1], *last] if len(last) > 1 and not index.stands(parts[-1], documents) else parts


def _without_owner(parts: list[str], index: Index, documents: Documents) -> list[str]:
    """教师发的津贴, 补贴 -> 津贴, 补贴: whose they are stands before the first, and nowhere so."""
    _, owned, first = fold(parts[0]).rpartition(endings("owned")[0])
    alone = len(parts) > 1 and owned and len(first) > 1 and not index.stands(parts[0], documents)
    return [first, *parts[1:]] if alone and index.stands(first, documents) else parts


def _with_those_apart(found: Found, index: Index, documents: Documents) -> Found:
    """Where some documents write 成绩显著的单位和个人给予表彰, those that write all of its words in one sentence, too."""
    a_name = len(found.sought) < SAYING or _KIND.search(fold(found.sought))  # 垃圾分类, 某某条例: one thing
    if not len(found.rows) or found.by_meaning or found.stretches or a_name:
        return found
    place = index.columns.documents_at
    for hits in said_apart(found, index, documents).parts[:1]:
        own = hits.where(~np.isin(place(hits.rows), place(found.rows)))
        return replace(found, parts=(*found.parts, own), apart=len(own)) if len(own) else found
    return found


def said_apart(found: Found, index: Index, documents: Documents) -> Found:
    """What else says all words of what was sought, in one sentence and not as a whole; nothing of a single word."""
    cut = index.segmenter.search_words
    words = list(
        dict.fromkeys(one for word in index.segmenter.content_words(found.sought) for one in _parts(word, cut))
    )
    if len(words) < 2:
        return replace(found, parts=())
    rows = reduce(np.intersect1d, [index.look_up(word, documents).found.rows for word in words])
    rows = rows[~np.isin(rows, found.rows)][:LOOKED_AT]
    texts = ((row, fold(index.items[row].text)) for row in rows.tolist())
    own = [row for row, text in texts if _in_one_sentence(words, text)]
    each = [index.search(word, documents) for word in words] if own else []
    return replace(found, parts=tuple(hits.where(np.isin(hits.rows, own) & hits.phrase) for hits in each))


def _parts(word: str, cut: Callable[[str], list[str]]) -> list[str]:
    """虚报冒领 -> 虚报, 冒领: the words that it is made of, where they are all of it."""
    shorter = [one for one in cut(word) if 1 < len(one) < len(word)]
    return shorter if "".join(shorter) == word else [word]


def _in_one_sentence(words: Sequence[str], text: str) -> bool:
    """An entry is one with the lead of its list."""
    said = (*_SENTENCE.split(text), *(one for one in saying_together(text) if "：" in one or ":" in one))
    return any(all(word in one for word in words) for one in said)


def _found(
    topic: str,
    question: str,
    index: Index,
    documents: Documents,
    asks_fact: bool,
    denied: bool = False,
    penal: bool = False,
) -> Found:
    """What is `denied` is what is written so: 不涉及会费的 leaves nothing out that may mean it."""
    literal = index.look_up(topic, documents)
    if found := _by_phrase(topic, literal, index, documents):
        return found
    if whole := [] if denied else _written_out(topic, index, documents):
        if named := [index.search(one, documents) for one in whole if index.count(one, documents)]:
            return _with_names(topic, None, named)
        meant = whole[0] if question == topic else question
        return replace(_found(whole[0], meant, index, documents, asks_fact), topic=topic)
    if not asks_fact:
        for lighter in lightened(topic):
            lighter_literal = index.look_up(lighter, documents) if index.stands(lighter, documents) else None
            if found := as_words(_by_phrase(lighter, lighter_literal, index, documents), index):
                return replace(found, topic=topic)
    covered = int((literal.coverage == 1).sum()) if _words_say_all(topic, index) else 0
    if covered and (not asks_fact or penal or covered <= FEW_FACTS < len(index.segmenter.content_words(topic))):
        hits = index.search(topic, documents, literal)
        return _split(topic, hits, _together(topic, hits, index))
    spelt = () if _ends_loosely(topic, index, documents) else tuple(readings(topic, index, documents))
    if not (spelt or denied) and literal.coverage.any() and (found := by_core(topic, index, documents)):
        return found
    hits = index.search(question, documents, literal if question == topic else None)
    near = hits.near & (not asks_fact)
    if near.any() and (rest := _uncommon(question, index, documents)) != fold(question):
        still = index.search(rest, documents)
        near = near & np.isin(hits.rows, still.rows[still.near])
    if not spelt and 0 < near.sum() <= max(FEW_NEAR, MOST_NEAR * len(hits)):
        return replace(_split(topic, hits, near), by_meaning=True)
    return Found(topic, topic, others=hits, readings=spelt)


def _together(topic: str, hits: Hits, index: Index) -> Mask:
    """Those that hold all of its words, in one paragraph or in an entry and the lead of its list, where some do: 由执法部门罚款
    is not told by two paragraphs."""
    every: Mask = np.asarray(hits.coverage == 1)
    if int(every.sum()) > LOOKED_AT:
        return every
    words = index.segmenter.content_words(topic)
    texts = ((row, fold(hits.items[row].text)) for row in hits.rows[every].tolist())
    own = [row for row, text in texts if any(all(word in one for word in words) for one in saying_together(text))]
    return np.asarray(every & np.isin(hits.rows, own)) if own else every


def _written_out(topic: str, index: Index, documents: Documents) -> list[str]:
    """社团整改 -> 社会团体整改: with words that stand nowhere as the documents write them out, in the most items first;
    none where all of them stand, or shorten nothing."""
    folded = fold(topic)
    whole, words = [folded], index.segmenter.content_words(folded)
    apart = sum(len(word) > 1 for word in index.segmenter.cut(folded)) > 1
    known = apart and all(
        count_as_word(word, index, documents) for word in words
    )  # 品牌建设 is short for nothing: two words
    for word in dict.fromkeys(words if known else (folded, *words)) if len(topic) <= LONGEST else ():
        if word in whole[0] and word not in lexicon().class_of and not count_as_word(word, index, documents):
            written = index.whole_forms(word, documents)[:WRITTEN]
            whole = [one.replace(word, form) for one in whole for form in written][:WRITTEN] or whole
    return whole if whole != [folded] else []


def _ends_loosely(topic: str, index: Index, documents: Documents) -> bool:
    """市场监管总局名: all but its first or last character stands; what is spelt nearly so is something else."""
    folded = fold(topic)
    return len(folded) > LONG and any(index.stands(rest, documents) for rest in (folded[1:], folded[:-1]))


def beginning_with_it(found: Found) -> Found:
    """智慧城市那条: of several that hold it the one that begins with it, as a heading does; all where no one alone does."""
    if not 1 < len(found.rows) <= LOOKED_AT:
        return found
    heading = re.compile(rf"\s*{re.escape(fold(found.sought))}(?!\w)")
    rows = [row for hits in found.parts for row in hits.rows.tolist() if heading.match(fold(hits.items[row].text))]
    if len(rows) != 1:
        return found
    return replace(found, parts=tuple(hits.where(np.isin(hits.rows, rows)) for hits in found.parts))


def _uncommon(text: str, index: Index, documents: Documents) -> str:
    """The text without words that stand in many of the items: what is near by those alone is near to anything."""
    rest = fold(text)
    most = telling(index, documents)
    for word in index.segmenter.content_words(rest):
        if index.count(word, documents) > most:
            rest = rest.replace(word, " ")
    return rest if any(map(str.isalpha, rest)) else fold(text)


def _by_phrase(phrase: str, literal: Literal | None, index: Index, documents: Documents) -> Found | None:
    """What the phrase and its other names stand in; None where they stand nowhere. `literal` is the phrase's own."""
    folded = fold(phrase)
    every = [*other_names(phrase, index.corpus.aliases), *_side_by_side(phrase, index)]
    if literal is not None and literal.is_phrase and len(phrase) > LONG and (bare := without_of(folded)) != folded:
        every.append(bare)  # 二万元以下的罚款 is also written 二万元以下罚款
    named = [index.search(name, documents) for name in every if index.count(name, documents)]
    named += in_lists((phrase, *every), index, documents)
    if not named and (literal is None or not literal.is_phrase):
        return None
    hits = None if literal is None else index.search(phrase, documents, literal)
    return _with_names(phrase, hits, named)


def other_names(topic: str, aliases: Mapping[str, str]) -> Iterator[str]:
    """The topic with each alias that stands in it written as the documents write it; folded."""
    folded = fold(topic)
    yield from long_names(topic)
    yield from sector_names(topic)
    yield from (folded.replace(one, "、") for one in _JOINERS if one in folded)  # 甲区和乙区: 甲区、乙区
    yield from (one for one in (with_days(folded), *in_other_numerals(folded)) if one != folded)
    for alias, name in aliases.items():
        if alias in folded and not (alias in name and name in folded):
            yield folded.replace(alias, name)


def _side_by_side(phrase: str, index: Index) -> Iterator[str]:
    """表彰奖励 is also written 表彰和奖励, 追究刑事责任 追究其刑事责任."""
    words = index.segmenter.cut(phrase)
    if len(words) > 2 and len(phrase) - len(words[0]) >= LONG <= len(phrase) - 2 and len(words[0]) > 1:
        yield phrase[len(words[0]) :] + words[0]  # 申请工伤认定: 工伤认定申请
    if len(words) == 2 and all(len(word) > 1 and word not in lexicon().class_of for word in words):
        between = (*endings("within"), *(one for one in lexicon().words("with") if not one.isascii()))
        yield from (one.join(words) for one in between)


def lightened(topic: str) -> Iterator[str]:
    """The topic with ever fewer of the words around it that say little."""
    rest = topic
    for _ in range(MOST_LIGHT):
        folded = fold(rest)
        after, before = _light()
        if (found := after.search(folded)) and found.start() >= SHORTEST:
            rest = rest[: found.start()]
        elif (found := before.match(folded)) and len(rest) - found.end() >= SHORTEST:
            rest = rest[found.end() :]
        else:
            return
        yield rest


@cache
def _light() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words that say little at a topic's end, and at its beginning."""
    nouns = "|".join(word for word in lexicon().words("lightnoun", "soft", "item") if len(word) > 1)
    verbs = "|".join(word for word in lexicon().words("lightverb") if len(word) > 1)
    return re.compile(rf"的?(?:{nouns})$"), re.compile(rf"^(?:{verbs})")


def _words_say_all(topic: str, index: Index) -> bool:
    """Nothing of the topic but words of asking is left beside its content words: in 地方局 the 局 is."""
    rest = fold(topic)
    for word in index.segmenter.content_words(rest):
        rest = rest.replace(word, " ")
    return not any(character.isalpha() and character not in lexicon().class_of for character in rest)


def _with_names(topic: str, hits: Hits | None, named: Sequence[Hits]) -> Found:
    """Members by the phrase itself, and by its other names, the last of these first."""
    own = hits.where(hits.phrase) if hits is not None else named[0].where(np.zeros(len(named[0]), dtype=bool))
    more: list[Hits] = []
    names = []
    for found in named:
        added = found.where(found.phrase & ~np.isin(found.rows, own.rows))
        names += [hit.item.text[slice(*hit.highlights[0])] for hit in added[:1]]
        more = [added, *(part.where(~np.isin(part.rows, added.rows)) for part in more)]
    members = np.concatenate([part.rows for part in (own, *more)])
    others = hits.where(~np.isin(hits.rows, members)) if hits is not None else ()
    sought = topic if len(own) or not names else names[0]
    return Found(topic, sought, (own, *more), others, tuple(names))


def _split(topic: str, hits: Hits, members: Mask) -> Found:
    return Found(topic, topic, (hits.where(members),), hits.where(~members))
