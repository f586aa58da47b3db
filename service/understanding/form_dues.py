"""Forms: until when."""

import datetime
from typing import cast

from corpus import month_of
from service.understanding.constraints import any_of
from service.understanding.draft import draft_of
from service.understanding.dues import DueBy, DueOpenly, WithDue, WithoutDue
from service.understanding.grammar import Form, Found
from service.understanding.lexicon import lexicon
from service.understanding.places import Numbered
from service.understanding.tokens import Token
from service.understanding.vocabulary import has_dues


def _by(found: Found) -> bool | None:
    draft = draft_of(found)
    (token,) = found.of("due")
    if _tells_when(found, token):
        return None
    draft.add(DueBy(cast(datetime.date, token.value)), *found.match.span())
    draft.names_items = True
    return None


def _on(found: Found) -> bool | None:
    """时限是11月底前: that very day."""
    draft = draft_of(found)
    (token,) = found.of("due")
    day = cast(datetime.date, token.value)
    draft.add(DueBy(day, since=day), *found.match.span())
    draft.names_items = True
    return None


def _tells_when(found: Found, token: Token) -> bool:
    """到2026年底|要达到多少: when what is asked is so, not until when an item is to be done."""
    tokens = [one for one in found.sentence.tokens if one.start >= token.end]
    asked = next((at for at, one in enumerate(tokens) if one.kind == "howmany"), None)
    of_items = asked is not None and any(one.kind in ("measure", "item") for one in tokens[asked + 1 : asked + 3])
    until = tuple(lexicon().words("le"))
    before = found.sentence.tokens[: found.match.start()][-1:]
    said = token.text.startswith(until) or (bool(before) and before[0].text in until)
    return asked is not None and not of_items and said


def _any(found: Found) -> bool | None:
    draft = draft_of(found)
    if draft.has(Numbered):  # 第20项有期限吗
        return False
    draft.add(WithoutDue() if "neg" in found else WithDue(), *found.match.span())
    draft.names_items = True
    return None


def _extreme(found: Found) -> bool | None:
    draft = draft_of(found)
    draft.asks(due="last" if found.of("latest") else "first")
    draft.add(WithDue(), *found.match.span())
    return None


def _when(found: Found) -> bool | None:
    draft_of(found).asks(kind="due")
    return None


def _in_year(found: Found) -> bool | None:
    draft = draft_of(found)
    (token,) = found.of("yearno")
    year = cast(int, token.value)
    if not has_dues(draft.vocabulary):
        return False
    draft.add(DueBy(datetime.date(year, 12, 31), since=datetime.date(year, 1, 1)), *found.match.span())
    draft.names_items = True
    return None


YEARS = (
    Form("due in a year", "(finish (say|mention|named|be|le|in|have|modal){0,4} yearno (?!de? text)|(le|modal){1,2} yearno (modal|in|le){0,2} (finish|lightverb (?!(text|quote))))", _in_year),
)  # fmt: skip


def _in_month(found: Found) -> bool | None:
    draft = draft_of(found)
    (token,) = found.of("month")
    months = cast("tuple[tuple[int, int], ...]", token.value)
    within = tuple(DueBy(last, since=first) for first, last in (month_of(*one) for one in months))
    draft.add(any_of(within), *found.match.span())
    draft.names_items = True
    return None


def _openly(found: Found) -> bool | None:
    draft = draft_of(found)
    (token,) = found.of("opendue")
    draft.add(DueOpenly(str(token.value)), *found.match.span())
    draft.names_items = True
    return None


def _in_period(found: Found) -> bool | None:
    draft = draft_of(found)
    (token,) = found.of("period")
    first, last = cast("tuple[datetime.date, datetime.date]", token.value)
    draft.add(DueBy(last, since=first), *found.match.span())
    draft.names_items = True
    return None


DUES = (
    Form(
        "due in a period",
        "(finish|latest|by|be|in|le|modal|have){0,4} period de? (modal|in|le|adv|have|which|measure|find){0,3} (finish|lightverb (?!(text|quote))|does (?!(text|quote)))?",
        _in_period,
    ),
    Form("due openly", "(finish|be|in|modal|mention|say|named){0,4} opendue", _openly),
    Form(
        "due in a month",
        "(finish|latest|by|be|in|le|modal|have){0,4} month de? (finish|lightverb (?!(text|quote))|in|le|modal){0,3}",
        _in_month,
    ),
    Form(
        "first due",
        "(earliest|latest) (modal|in)? (finish|lightverb)|finish (be|adv|in)? (earliest|latest)",
        _extreme,
        ("谁的任务最先到期",),
    ),
    Form(
        "due on",
        "finish (adv|say|de|le|be|named|as){1,4} due (de|in){0,2}|soft due in? (finish|lightverb|does)",
        _on,
        ("完成时限是六月底前的任务",),
    ),
    Form("with a deadline", "(neg:(notof)|have|whether|named|say){1,3} le? de? finish", _any, ("有完成时限的任务",)),
    Form(
        "until when",
        "de? finish ((be|in|have){0,2} (when|what|which measure?)|(be)?(?=(stop|tone)|$))|(latest|modal|be|in|le){0,3} when (modal|in|adv|asking)? (finish|lightverb (?!(text|quote)))|finish (le|in|adv){0,3} when",
        _when,
        ("第12项的完成时限是什么时候",),
    ),
    Form("due by", "(modal|in|by){0,3} due in? (finish|lightverb|does)?", _by, ("六月底前的任务",)),
)
