"""Forms: how many departments hold a role, whether all do, and departments that no document names."""

from collections.abc import Callable

from service.understanding.draft import draft_of
from service.understanding.form_departments import role_of
from service.understanding.grammar import Form, Found
from service.understanding.lexicon import endings
from service.understanding.roles import Collective, Held, InRole

SHORTEST = 3  # characters of a department's name that no document knows


def _no_others(found: Found) -> bool | None:
    """没有别的部门配合的; after 单独牵头 it says the same again."""
    draft, role = draft_of(found), role_of(found.tokens("role"))
    alone = any(isinstance(one.condition, InRole) and one.condition.rule == "only" for one in draft.clauses)
    if role != "support" and "role" in found and found.of("join"):
        role = "support"
    if role == "support":
        draft.add(Held("support", 0, 0), *found.match.span())
    elif not alone:
        draft.add(Held("lead", 1, 1), *found.match.span())
    return None


def _held(least: int, most: int | None = None) -> Callable[[Found], bool | None]:
    def means(found: Found) -> bool | None:
        draft = draft_of(found)
        role = role_of(found.tokens("role")) if "role" in found else "any"
        draft.add(Held(role, least, most), *found.match.span())
        draft.names_items = True
        return None

    return means


def _held_number(found: Found) -> bool | None:
    """三个以上部门, 至少三个部门, 三个部门共同."""
    draft = draft_of(found)
    numbers = found.of("num", part="count")
    count = int(str(numbers[0].value)) if numbers else 2
    if count < 1 or ("exact" in found and count < 2 and "joint" in found):
        return False
    most = count if "exact" in found else None
    draft.add(Held(role_of(found.tokens("role")), count, most), *found.match.span())
    draft.names_items = True
    return None


def _one(found: Found) -> bool | None:
    numbers = found.of("num")
    if numbers and numbers[0].value != 1:
        return False
    return bool(_held(1, 1)(found) is not False)


def _collective(found: Found) -> bool | None:
    draft = draft_of(found)
    draft.add(Collective(), *found.match.span())
    draft.names_items = True
    return None


def _unknown(found: Found) -> bool | None:
    """外交部牵头, where no document names 外交部; 体育局, where one 市体育局 is."""
    draft = draft_of(found)
    tokens = found.tokens("name")
    while (
        len(tokens) > 1
        and len("".join(token.text for token in tokens[1:])) >= SHORTEST
        and draft.vocabulary.index.segmenter.frequency(tokens[0].text) > 1e-4
        and tokens[0].text not in endings("ending")
    ):
        tokens = tokens[1:]
    name = "".join(token.text for token in tokens)
    if not name.endswith(endings("ending")) or len(name) < 2:
        return False
    if not draft.vocabulary.departments:  # no document assigns anything: what they say of it is asked
        return False
    ending = {source for known, source in draft.vocabulary.departments.items() if known.endswith(name)}
    role = role_of(found.tokens("roles"))
    denied = "neg" in found
    first, last = found.match.span()
    if len(ending) == 1:
        source = ending.pop()
        draft.add(InRole(role, (source,), "none" if denied else "all"), first, last)
        return None
    if draft.vocabulary.stands(name) and not found.of("lead", "support", part="roles"):
        return False
    if len(name) < 3 or (len(tokens) == 1 and draft.vocabulary.stands(name)):
        return False
    draft.unknown_department = draft.unknown_department or draft.typed(tokens)
    return None


def _does(found: Found) -> bool | None:
    """应急部具体要负责哪些事, where no document assigns anything: what they say of it is asked."""
    return False if draft_of(found).vocabulary.departments else None


UNNAMED = (
    Form("what somebody does", "(?<!(not|notof|adv)) (modal|adv){0,3} lead (le|de)? (?=(which|what|howmany))|(?<!(not|notof|adv)) (modal|adv){0,2} lead (?=(tone|stop)|$)", _does),
    Form("no others", "(comma|pause|but|both|space){0,2} notof (with|be)? others measure? unit? (joint|adv|modal|with){0,2} role:(ROLE)? le?", _no_others, ("没有其他部门配合的任务",)),
    Form("unnamed", "notof (named|say|have|mention|soft|whole){0,3} le? de? role:(lead|support)? de? unit", _held(0, 0), ("没有写明牵头部门的",)),
    Form("role named", "(have named?|named|say le?) le? de? role:(lead|support) de? unit de", _held(1), ("写明了牵头部门的任务",)),
)  # fmt: skip

HOLDING = (
    Form("all take part", "(by|modal){0,2} EACHUNIT ((comma|pause|with) each? (text? unit|text))? (FILL|joint|modal){0,4} (support|join) (join|support)? le? de? (?!(most|least|HOWMANY|ITEM countnoun|countnoun|ITEM rank|rank|unit))", _collective, ("各部门都配合的",)),
    Form("several hold", "(by|have)? count:(several|some|atleast num measure|num measure above|above num measure) de? unit? (alone|joint|FILL){0,3} role:(ROLE)", _held_number, ("两个以上部门共同牵头",)),
    Form("held by several", "role:(ROLE) de? unit? (countnoun)? (have|be)? count:(several|some|num measure above|above num measure)", _held_number, ("牵头部门不止一个的",)),
    Form("so many hold", "(by|only)* exact:(count:(num measure) unit joint) role:(ROLE)", _held_number, ("三个部门共同牵头",)),
    Form("one holds", "(only|by|be){0,3} (num measure (unit alone?|alone)|alone) role:(ROLE)", _one, ("一个部门单独牵头", "单独牵头")),
    Form("jointly", "(by|FILL)? (with others unit)? joint role:(ROLE)", _held(2), ("联合牵头的",)),
    Form("an unknown department", "neg:(not|notof)? (by|be)? name:(text{1,6}) (FILL|joint|alone){0,4} roles:(ROLE)", _unknown),
    Form("an unknown department asked about", "name:(text{1,6}) de? FILL{0,5} roles:((does|manage) (le|adv|asking|measure){0,2}) (?=(what|which|howmany|ITEM))", _unknown),
)  # fmt: skip
