"""What kind of follow-up a question is."""

from collections.abc import Callable
from itertools import pairwise
from typing import Literal

from service.understanding.form_departments import ROLE_WORDS
from service.understanding.fragment import Fragment, has, only, step_of
from service.understanding.lexicon import endings
from service.understanding.places import PLACES
from service.understanding.plan import Plan
from service.understanding.understand import understand
from service.understanding.vocabulary import Vocabulary

MOST_EXCHANGED = 20  # characters of what a follow-up may exchange: 那X呢

Kind = Literal[
    "more", "why", "pick", "beside", "rest", "section", "without", "department", "role", "named", "narrow", "ask", "add", "exchange"
]  # fmt: skip


_ASKING = ("who", "what", "how", "when", "why", "whether", "which", "howmany")
_DOES = ("adv", *ROLE_WORDS, "does", "unit")
_MORE = "have whether notof others more which measure item de le all asking adv tone sure it not be what"
_ASKS = "who when finish latest asking lightverb which what howmany measure unit lead support join does manage de be by have adv modal each both all total in section it item le soft say main joint show countnoun related concern comma with table group accord layout make export compare meaning how num find polite pause"


def kind_of(fragment: Fragment, question: str, vocabulary: Vocabulary) -> Kind | None:
    """What kind of follow-up a question may be; None for one that stands alone whatever was asked before."""
    for kind, is_so in _KINDS:
        if is_so(fragment):
            return kind
    if _points(fragment):
        return "narrow" if fragment.tokens and _narrows(fragment, vocabulary) else "ask"
    if has(fragment, "it") and not has(fragment, "text"):
        where = understand(question, vocabulary).where
        if not where:
            return "ask"  # 哪些部门给它配合
        if all(isinstance(one, PLACES) for one in where):
            return "narrow"  # 附件里那条由谁牵头
    return _unmarked(fragment, question, vocabulary) if fragment.tokens else None


def _points(fragment: Fragment) -> bool:
    """它, 其中, 其余: words that point back."""
    return bool(fragment.opened & {"it", "among", "rest"})


def _first(fragment: Fragment) -> str:
    return fragment.tokens[0].kind if fragment.tokens else ""


def _is_why(fragment: Fragment) -> bool:
    return _first(fragment) == "why" and only(fragment, "why be have it item measure which this asking num adv le")


def _is_section(fragment: Fragment) -> bool:
    """这部分还有别的任务吗."""
    points = _points(fragment) or "this" in fragment.opened or has(fragment, "same", "this")
    return points and _first(fragment) in ("section", "same") and not has(fragment, "text")


def _is_without(fragment: Fragment) -> bool:
    """去掉它牵头的: of the departments before."""
    does = has(fragment, *ROLE_WORDS) and not has(fragment, "who", "which", "dept")
    return _first(fragment) in ("except", "notof") and has(fragment, "it") and does


def _is_of_departments(fragment: Fragment) -> bool:
    """它还牵头哪些任务."""
    does = has(fragment, *ROLE_WORDS) and not has(fragment, "who", "unit")
    if "it" not in fragment.opened or not does:
        return False
    if _first(fragment) in ("whether", "have"):  # 它有没有牵头的
        return fragment.tokens[-1].kind in ("de", "item", *ROLE_WORDS)
    return _first(fragment) in _DOES and (not has(fragment, "de") or has(fragment, "howmany"))


def _is_named(fragment: Fragment) -> bool:
    return has(fragment, "named") and only(fragment, "named de have howmany measure which item be")


def _is_role_again(fragment: Fragment) -> bool:
    marked = bool(fragment.opened & {"then", "ne", "change", "make"})
    if _points(fragment):
        return marked and _is_role(fragment)
    return _is_role(fragment) and (marked or has(fragment, "de", "alone"))


def _is_more(fragment: Fragment) -> bool:
    if only(fragment, "it sure adv modal be polite") and has(fragment, "sure"):
        return True
    if not only(fragment, _MORE) or (has(fragment, "item") and not has(fragment, "others", "more")):
        return False
    texts = [token.text for token in fragment.tokens]
    again = (
        has(fragment, "others", "more")
        or texts[0] in endings("again")
        or (len(texts) < 3 and texts[0] in endings("complete"))
    )
    return again and (has(fragment, "have", "whether", "notof", "more") or len(texts) < 3)


def _is_role(fragment: Fragment) -> bool:
    """那协作的呢, 配合的有哪些: a role, and of nobody."""
    allowed = "lead support join alone only by it de have be which measure howmany both adv item all num unit"
    return (
        has(fragment, *ROLE_WORDS)
        and only(fragment, allowed)
        and not has(fragment, "unit")
        and not (has(fragment, "item") and fragment.tokens[-1].kind == "item" and not fragment.opened & {"then", "ne"})
    )


def _narrows(fragment: Fragment, vocabulary: Vocabulary) -> bool:
    plan = understand(fragment.text, vocabulary)
    if plan.layout or plan.ask.kind in ("place", "compare"):
        return False
    if plan.ask.kind in ("who", "tally", "about") and not plan.where:
        return False
    return bool(plan.where) or has(fragment, *ROLE_WORDS, "alone")


def _unmarked(fragment: Fragment, question: str, vocabulary: Vocabulary) -> Kind | None:
    """With no word that points back: a part to exchange (那水务局呢), something asked of nothing (谁牵头), a condition
    without what it is of (没有研究所参与的)."""
    if _is_role(fragment):
        return "ask"
    exchanges = fragment.opened & {"then", "ne", "change", "make"} and not has(fragment, *_ASKING)
    if exchanges and len(fragment.text) <= MOST_EXCHANGED:
        return "exchange"
    if only(fragment, _ASKS) and (not has(fragment, "item") or has(fragment, "make")):
        return "ask" if _asks_of_nothing(fragment, understand(question, vocabulary)) else None
    if has(fragment, "item", "doc", "quote") or _is_of_a_file(fragment, question, vocabulary):
        return None
    return "narrow" if _is_elliptic(fragment, question, vocabulary) else None


def _is_of_a_file(fragment: Fragment, question: str, vocabulary: Vocabulary) -> bool:
    """最新的是哪份: of several documents, whatever was asked before."""
    chooses = vocabulary.catalogue.chooses and has(fragment, "newest", "earliest", "latest")
    return chooses and understand(question, vocabulary).ask.kind == "about"


def _asks_of_nothing(fragment: Fragment, plan: Plan) -> bool:
    """谁牵头, 有几项, 列个表: something asked, and of what is not said."""
    document = plan.ask.kind in ("about", "chat") and not has(fragment, "lead", "support", "concern")
    nothing = plan.ask.kind in ("sections", "none") and not plan.layout
    return not (plan.where or document or nothing) and (plan.ask.kind != "tally" or _who_alone(fragment))


def _is_elliptic(fragment: Fragment, question: str, vocabulary: Vocabulary) -> bool:
    """哪几项是…, 没有研究所参与的, …的是哪项, 同样牵头的: what it is of is left out."""
    tokens = fragment.tokens
    asks = has(fragment, *_ASKING)
    second = next((token.kind for token in tokens[1:] if token.kind not in ("measure", "num")), "")
    if _first(fragment) == "which" and len(tokens) > 2:
        counted = second in ("with", "not", "notof", "adv", "alone") and has(fragment, "measure")
        if second in ("be", "by", "both") or counted:
            return True
    if _first(fragment) == "with" and has(fragment, "dept") and has(fragment, "both", "adv"):
        return True  # 和教育局都参与的
    if (tokens[-1].kind in ("de", "notof") or _first(fragment) in ("except", "notof")) and not asks:
        plan = understand(question, vocabulary)
        return bool(plan.where) and not (len(plan.where) == 1 and plan.numbered)
    if tokens[-1].kind in ("which", "measure", "num") and has(fragment, "de"):
        return any(token.kind == "be" for token in tokens[-4:])
    return has(fragment, "both") and has(fragment, *ROLE_WORDS) and not asks


def _who_alone(fragment: Fragment) -> bool:
    """谁牵头 asks of the set before; 哪个部门牵头最多 of all."""
    kinds = [token.kind for token in fragment.tokens if token.kind != "measure"]
    each = any(pair == ("each", "unit") for pair in pairwise(kinds))
    return not each and not has(fragment, "most", "least", "rank", "countnoun", "everyunit")


# What each kind is told by, the first that is so; those that need the question's plan come after.
_KINDS: tuple[tuple[Kind, Callable[[Fragment], bool]], ...] = (
    ("beside", lambda fragment: step_of(fragment) is not None),
    ("pick", lambda fragment: fragment.place is not None),
    ("add", lambda fragment: "add" in fragment.opened and bool(fragment.tokens)),
    ("more", lambda fragment: bool(fragment.tokens) and _is_more(fragment)),
    ("why", _is_why),
    ("section", _is_section),
    ("without", _is_without),
    ("department", _is_of_departments),
    ("named", _is_named),
    ("role", _is_role_again),
)
