"""Forms: departments and their roles, and how many departments hold one."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from corpus import says_responsible
from service.understanding.constraints import AnyOf, any_of
from service.understanding.draft import Draft, draft_of
from service.understanding.grammar import Form, Found, passed
from service.understanding.lexicon import endings
from service.understanding.roles import AnsweredFor, Held, InRole, Role, Rule
from service.understanding.tokens import Token
from service.understanding.vocabulary import answered_for

_ROLES: dict[str, Role] = {"lead": "lead", "manage": "responsible", "does": "responsible", "support": "support"}
FEW = 20  # documents that are named, in each of which what they do is looked for
ROLE_WORDS = ("lead", "support", "join")
_ROLE_KINDS = (*ROLE_WORDS, "does", "manage", "related", "concern", "unrelated")

# At a clause's end 涉及 and 有关 are roles, elsewhere they begin a topic: 教育局涉及的任务, 教育局牵头但不涉及食品.
_DOING = "(not|notof)? (by|it|be){0,2} adv? (ROLE|(does|manage|related|concern|unrelated) (?!(text|quote|num|mention|in|lightnoun|lightverb))) le?"
_ROLES_SAID = f"roles:({_DOING} (de? (comma|pause)? space? (but|both|with|or|add){{0,2}} {_DOING}){{0,2}})"
_BETWEEN = "(FILL|alone|joint|each|as|comma|pause|by|gap|in|have|be|both|whole|named|it|but|several|some|which ITEM|with others unit|asking|measure)"
_BEFORE = "(modal|both|all|be)? (polite|show){0,2} only:(only)? (by|be|modal|with|concern|find|have|in|as){0,2}+"


def role_of(tokens: Sequence[Token]) -> Role:
    """牵头 -> lead, 负责 -> responsible, 负责牵头 -> lead; what is no role of its own -> any."""
    roles = [_role(token) for token in tokens if token.kind in _ROLES]
    if "lead" in roles and roles[0] == "responsible":
        return "lead"
    return roles[0] if roles else "any"


def _role(token: Token) -> Role:
    return "responsible" if token.kind == "lead" and says_responsible(token.text) else _ROLES[token.kind]


def role_said(tokens: Sequence[Token]) -> Role:
    """The role that the first of its own words says, what is done apart."""
    return role_of([token for token in tokens if token.kind in ROLE_WORDS])


def _names(found: Found) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(token.value) for token in found.of("dept", part="names")))


def _role_clause(found: Found) -> bool | None:
    """Names with the roles that they have or have not."""
    draft, names, said = draft_of(found), _names(found), found.tokens("roles")
    every = {token.kind for token in found.tokens()}
    rule = _rule(found, every, names)
    if "joint" in every and _with_them(found):  # 跟研究所一起做的
        draft.add(InRole("any", names, rule), *found.match.span())
        return None
    conditions = _conditions(said, names, "none" if {"neg", "ex", "out"} & _read(found) else rule)
    positive = [one for one in conditions if one.rule != "none"]
    if len(positive) > 1 and ("or" in {token.kind for token in said} or len(positive) == len(conditions)):
        draft.add(AnyOf(tuple(positive)), *found.match.span())  # the same department in two roles: one is enough
        conditions = [one for one in conditions if one.rule == "none"]
    managing = {token.kind for token in said} & {*ROLE_WORDS, "manage"} == {"manage"}
    for one in conditions:
        draft.add(_managed(one, draft) if managing else one, *found.match.span())
    if {"others", "joint"} <= every:
        draft.add(Held(role_of(said), 2), *found.match.span())
    return None


def _managed(one: InRole, draft: Draft) -> InRole:
    """各管什么: what they lead, and where they lead nothing, or nothing in one of few named documents, what they take part in."""
    if one.role not in ("lead", "responsible") or one.rule == "none":
        return one
    any_role = replace(one, role="any")
    leading, taking = _documents_of(one, draft), _documents_of(any_role, draft)
    few = len(draft.vocabulary.documents) <= min(FEW, len(draft.vocabulary.index.corpus.documents) - 1)  # named
    return any_role if not leading or (few and taking - leading) else one


def _documents_of(one: InRole, draft: Draft) -> set[str]:
    """Those in which some item fits."""
    columns, asked = draft.vocabulary.index.columns, np.zeros(len(draft.vocabulary.index.columns), dtype=bool)
    asked[draft.vocabulary.rows] = True
    return set(columns.documents_of(one.rows(columns).every & asked))


def _read(found: Found) -> set[str]:
    """The named parts that were read."""
    return {name for name, text in found.match.groupdict().items() if text is not None}


def _not_supporting(found: Found) -> bool | None:
    """Of a question for what they lead, which leaves out what they only support."""
    return None if any(token.kind == "lead" for token in found.sentence.tokens) else False


def _with_them(found: Found) -> bool:
    """Together with them, and no role said: 跟研究所一起做."""
    said = found.tokens("roles")
    before = found.tokens()[: len(found.tokens()) - len(said) - len(found.tokens("names"))]
    only_does = {token.kind for token in said} <= {"does", "manage", "de", "le"}
    return only_does and "with" in {token.kind for token in before}


def _conditions(said: list[Token], names: tuple[str, ...], rule: Rule) -> list[InRole]:
    """A condition for each role said; 配合做: the doing is in the role."""
    conditions = []
    for at, token in enumerate(said):
        doing = token.kind in ("does", "manage") and (_roles_in(said[:at]) or _roles_in(said[at + 1 :]))
        if token.kind not in _ROLE_KINDS or doing:
            continue
        not_ = any(one.kind in ("not", "notof") for one in said[max(0, at - 2) : at]) or token.kind == "unrelated"
        conditions.append(InRole(role_of([token]), names, "none" if not_ else rule))
    leads = [one.rule for one in conditions if one.role == "lead"]
    kept = [one for one in conditions if one.role != "responsible" or one.rule not in leads]  # 负责牵头
    return list(dict.fromkeys(kept))


def _roles_in(tokens: list[Token]) -> bool:
    return any(token.kind in ROLE_WORDS for token in tokens)


def _rule(found: Found, kinds: set[str], names: tuple[str, ...]) -> Rule:
    if "only" in found or "alone" in kinds:
        return "only"
    joint = {token.kind for token in found.tokens("names")}
    if "or" in joint or "whole" in kinds:
        return "any"
    apart = "each" in kinds or draft_of(found).each or any(token.kind == "total" for token in found.sentence.tokens)
    return "any" if len(names) > 1 and apart and "joint" not in kinds else "all"


def _apart(found: Found) -> bool | None:
    """教育局除了牵头的，还参与哪些."""
    draft, names = draft_of(found), _names(found)
    draft.add(InRole(role_of(found.tokens("other")), names), *found.match.span())
    draft.add(InRole(role_of(found.tokens("roles")), names, "none"), *found.match.span())
    return None


def _only_in_role(found: Found) -> bool | None:
    """教育局只配合的: it supports and does not lead."""
    draft, names, role = draft_of(found), _names(found), role_of(found.tokens("role"))
    other: Role = "lead" if role == "support" else "support"
    draft.add(InRole(role, names), *found.match.span())
    if "asked" not in found:  # 只牵头几项 asks how few they are
        draft.add(InRole(other, names, "none"), *found.match.span())
    return None


def _leader(found: Found) -> bool | None:
    """张三牵头的, 责任领导是张三的: whatever the note calls what they do."""
    draft = draft_of(found)
    titles = endings("person")
    if any(one.text not in titles for one in found.tokens("title") if one.kind != "unit"):
        return False
    items = answered_for(draft.vocabulary)
    names = dict.fromkeys(str(token.value) for token in found.of("leader"))
    answered = any_of([AnsweredFor(name, items[name]) for name in names])
    draft.add(answered.denied() if "neg" in found else answered, *found.match.span())
    draft.names_items = True
    return None


def _names_alone(found: Found) -> bool | None:
    draft, names = draft_of(found), _names(found)
    denied = "neg" in found or "ex" in found or "out" in found
    kinds = {token.kind for token in found.tokens("names")}
    rule: Rule = "none" if denied else "any" if "or" in kinds else "all"
    if not denied and len(names) > 1 and draft.each:
        rule = "any"
    draft.add(InRole("any", names, rule), *found.match.span())
    return None


def _role_first(found: Found) -> bool | None:
    draft = draft_of(found)
    kinds = {token.kind for token in found.tokens("names")}
    rule: Rule = "none" if "neg" in found else "only" if "only" in found else "any" if "or" in kinds else "all"
    draft.add(InRole(role_of(found.tokens("roles")), _names(found), rule), *found.match.span())
    return None


def _either(found: Found) -> bool | None:
    """…，牵头和配合都算: of departments named elsewhere, whatever they do."""
    kinds = {token.kind for token in found.sentence.tokens}
    two = len({token.kind for token in found.of(*ROLE_WORDS)}) > 1
    return None if two and "dept" in kinds and "who" not in kinds else False


def _named(found: Found) -> bool | None:
    """财务部被点名的: by name alone."""
    said = found.tokens("roles")
    draft = draft_of(found)
    draft.add(InRole(role_of(said), _names(found), "all", named=True), *found.match.span())
    return None


_ASIDE = "(?!(text|quote|lightnoun|lightverb))"

DEPARTMENTS = (
    Form("answered for by somebody", "((ROLE|does|manage|related)? title:(text|unit|fact){0,2} de?)? neg:(not|notof)? (be|as|by|have){0,2} leader ((SEP|joint){0,2} leader){0,9} (asking|joint)? (FILL|be){0,3} ((ROLE|does|manage|concern|related) le?){0,2} (de (?!text))?", _leader),
    Form("together counts, too", "(?<=ROLE) joint ROLE (both|adv)? total", passed, ("教育局牵头（一起牵头也算）的任务",)),
    Form("not those that only support", "(?<=(stop|comma|gap)) (except only (be|by)? (support|join) (de|ITEM){0,2}|only (be|by)? (support|join) (de|ITEM){0,2} (except|notof total))", _not_supporting, ("教育局牵头哪些任务，只是配合的不要",)),
    Form("named", "(by|named|asking|have)? names:(NAMES) FILL{0,3} (asking|by)? named (roles:(ROLE))? (?!unit)", _named, ("财务部被点名的任务",)),
    Form("named before", "named say? le? (have|by)? names:(NAMES) (FILL{0,3} roles:(ROLE))?", _named, ("明确写了信安中心的任务",)),
    Form("a role and names", "neg:(not|notof)? roles:(ROLE) de? unit? in{0,2} (only:(only) be?|be|as|have|mention) (by|with)? names:(NAMES) (num measure unit?)?", _role_first, ("牵头部门是教育局的",)),
    Form("a role not by names", "roles:(ROLE) de? unit? neg:(notof) by? names:(NAMES)", _role_first),
    Form("apart from a role", "names:(NAMES) except roles:(ROLE) de? (ITEM|outside|comma|adv|both){0,4} other:(ROLE)", _apart, ("教育局除了牵头的，还参与哪些",)),
    Form("in either role", "(comma|pause|space)? (mention|both|adv|be|in){0,2} (ROLE (de|unit){0,2} (comma|pause|with|or|add|space|both|be){0,2}){2}+ (adv|total|both|all|in|not|notof){0,3} (?=(stop|comma|tone|space)|$)", _either, ("教育局的任务，牵头和配合都算",)),
    Form("what a department does", f"{_BEFORE} names:(NAMES) de? (FILL|it|be|comma){{0,5}}+ (does|lightverb|manage (?=le)) (le|adv|asking|measure){{0,2}} (?=(what|which|howmany))", _names_alone, ("教育局今年要做什么",)),
    Form("only in a role", "names:(NAMES) (FILL|be|modal){0,3} only (be|as|does|modal)? role:(lead|support) unit? ((comma|pause)? (but|both)? (not|notof) (be|as|by|modal|does)? (lead|support) unit?)? (?=(de (?!countnoun)|comma|ITEM|$|asked:(howmany|which|what)))", _only_in_role, ("教育局只配合的任务",)),
    Form("names with roles", f"ex:(except)? neg:(not|notof)? {_BEFORE} names:(NAMES) de? {_BETWEEN}{{0,7}} (others measure? unit?)? {_ROLES_SAID} unit? (roster in?)? (de ITEM)? out:(outside)?", _role_clause, ("教育局协作但不牵头的",)),
    Form("a role, then names", "^ (polite|show)? roles:(ROLE) space? names:(NAMES)", _role_first, ("牵头 教育局",)),
    Form("names alone", f"ex:(except)? neg:(not|notof)? {_BEFORE} names:(NAMES) out:(outside|notof (?=(comma|stop|$)))? {_ASIDE}", _names_alone, ("我是教育局的", "除教育局外")),
)  # fmt: skip
