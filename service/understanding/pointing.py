"""第二个, 前两个, 倒数第二个, 最后一个, 前者: a place in the list before."""

import re
from collections.abc import Sequence
from functools import cache

from corpus import NUMBER, Item, fold, to_int
from service.understanding.lexicon import endings, lexicon
from service.understanding.topic import EDGES

LATEST = 4  # characters before the place in a list that a follow-up points at


def place_in(question: str) -> re.Match[str] | None:
    """第二个… at its beginning."""
    whole = fold(question).strip(EDGES)
    match = _pick().search(whole)
    return match if match and match.start() <= LATEST else None


@cache
def _pick() -> re.Pattern[str]:
    """第二个, 前两个, 倒数第二个, 最后一个, 前者: a place in the list before."""
    one = {
        name: "|".join(endings(name)) for name in ("nth", "firstof", "lastof", "fromend", "either", "one", "pointing")
    }
    nouns, joints, units = (_words(*names) for names in (("item",), ("with",), ("section", "unit")))
    each, nth = one["one"], one["nth"]
    each = f"(?:{each}|(?<=[{one['pointing'].replace('|', '')}])(?:{_words('measure')}))"  # 最后那条, too
    several = f"(?:{nth}){NUMBER}(?:{each}?(?:、|,|{joints})(?:{nth})?{NUMBER}){{0,9}}"
    return re.compile(
        f"(?:(?P<either>{one['either']})|(?:(?P<first>{one['firstof']}){NUMBER}|(?:{one['fromend']})(?P<from_end>{NUMBER})"
        f"|(?P<last>{one['lastof']})(?:{NUMBER}|{one['pointing']})?|{several}){each}(?!{units})(?:{nouns})?)的?,?(?P<rest>.*)"
    )


def _words(*classes: str) -> str:
    return "|".join(word for word in lexicon().words(*classes) if not word.isascii())


def counted_in(question: str) -> re.Match[str] | None:
    """第二项 as 第二个: written out, it may count in the list before."""
    whole = fold(question).strip(EDGES)
    nth, one = endings("nth")[0], endings("one")[0]
    match = re.match(
        f"(?:{'|'.join(endings('pointing'))})?{nth}([一二三四五六七八九十]{{1,2}})[项条](?![款项到至、和])", whole
    )
    return _pick().search(f"{whole[: match.end() - 1]}{one}{whole[match.end() :]}") if match else None


def counted_words(question: str) -> str:
    """第二项 as it is typed."""
    found = re.search("第[一二三四五六七八九十]{1,2}[项項条條]", question)
    return found[0] if found else question


def places_in(form: re.Match[str], count: int) -> list[int]:
    """The indexes of the items meant: 第二个 -> 1, 最后一个 -> the last, 前两个 -> 0, 1; only those that exist."""
    numbers = [to_int(number) or 1 for number in re.findall(NUMBER, form[0][: form.start("rest") - form.start()])] or [
        1
    ]
    if form["either"]:
        places = [0 if form["either"] == endings("either")[0] else count - 1]
    elif form["first"]:
        places = list(range(numbers[0]))
    elif form["from_end"]:
        places = [count - numbers[0]]
    elif form["last"]:
        places = list(range(count - numbers[0], count))
    else:
        places = [number - 1 for number in numbers]
    return [place for place in places if 0 <= place < count]


def counted_after(question: str, listed: Sequence[Item]) -> re.Match[str] | None:
    """第一项 after a list in which no item has that number: the first of the list."""
    place = counted_in(question) if len(listed) > 1 else None
    places = places_in(place, len(listed)) if place else []
    return place if places and all(item.number != places[0] + 1 for item in listed) else None
