"""What a question says of the asker, not of the items: 我在科研处工作，想找提到院校的任务; 刚调到国际部."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, combinations

from service.understanding.draft import Draft
from service.understanding.form_departments import ROLE_WORDS, role_said
from service.understanding.grammar import Sentence
from service.understanding.lexicon import FACTS, endings
from service.understanding.roles import InRole
from service.understanding.tokens import Token
from service.understanding.topic import content_runs, introduces, trimmed

Run = list[Token]
_SAYING = ("text", "quote", "num", *FACTS, "counted")
_PAUSES = ("comma", "stop")
_ASKING = (
    "which",
    "what",
    "who",
    "how",
    "howmany",
    "whether",
    "where",
    "when",
    "related",
    "mention",
    "concern",
    "item",
    "altered",
)


@dataclass(frozen=True, slots=True, eq=False)
class _Placed:
    """A run of the sentence's tokens [first, last), and the clause in which it stands."""

    run: Run
    first: int
    last: int
    clause: int  # how many pauses stand before it
    asks: bool  # of a clause with a word that asks, or says what items have to do with
    of_asker: bool  # of a clause that begins with who asks, or ends with a colon: 审计统计用：…
    tokens: Sequence[Token]

    @property
    def length(self) -> int:
        """Characters, but for departments."""
        return sum(len(token.text) for token in self.run if token.kind != "dept")

    @property
    def after(self) -> Sequence[Token]:
        return self.tokens[self.last : self.last + 3]

    @property
    def is_pointed_at(self) -> bool:
        """毕业生就业|这项工作，…."""
        kinds = [token.kind for token in self.after]
        return kinds[:2] == ["this", "measure"] and kinds[2:] in (["item"], ["comma"])

    @property
    def modifies(self) -> bool:
        """…的任务: it says which."""
        kinds = [token.kind for token in self.after[:2]]
        return bool(kinds) and (kinds[0] == "item" or kinds[:2] == ["de", "item"])


def without_background(runs: Sequence[Run], sentence: Sentence, draft: Draft) -> list[Run]:
    """The runs that are topics. What 提到 introduces is one, and what stands in some item; of the others those of another
    clause, those of less in the same, and those that lead to a department are background: passed over where the clause
    speaks of the asker, else said to be unread."""
    placed, clauses = _placed(runs, sentence.tokens)
    introduced = [one for one in placed if _is_introduced(one, sentence)]
    meant = introduced or [one for one in placed if one.is_pointed_at] or _standing(placed, draft)
    longest: dict[int, int] = {}  # what is meant of each clause
    for one in meant:
        longest[one.clause] = max(longest.get(one.clause, 0), one.length)
    departments = any(token.kind == "dept" for token in sentence.tokens)
    kept: list[_Placed] = []
    for one in placed:
        if meant:
            lesser = bool(introduced) or meant[0].is_pointed_at or one.length <= longest.get(one.clause, 0)
            background = one not in meant and (one.clause not in longest or (lesser and not one.modifies))
        else:
            adds = one.clause > 0 and not one.asks and bool(draft.clauses or draft.asked)
            background = adds or (departments and _leads_on(one, clauses))
        if background:
            _pass_over(one, sentence, draft)
        else:
            kept.append(one)
    return [_within(one, clauses, draft) for one in kept]


def _placed(runs: Sequence[Run], tokens: Sequence[Token]) -> tuple[list[_Placed], int]:
    """The runs, each at its place; and how many pauses the sentence has."""
    at = {token.start: number for number, token in enumerate(tokens)}
    pauses = [number for number, token in enumerate(tokens) if token.kind in _PAUSES]
    starts = [0, *(number + 1 for number in pauses)]
    speakers = endings("speaker")
    own = [
        (end < len(tokens) and tokens[end].text == ":")
        or "".join(token.text for token in tokens[start:end]).startswith(speakers)
        for start, end in zip(starts, [*pauses, len(tokens)], strict=True)
    ]
    asks = [
        any(token.kind in _ASKING for token in tokens[start:end])
        for start, end in zip(starts, [*pauses, len(tokens)], strict=True)
    ]
    clause_of = list(accumulate((token.kind in _PAUSES for token in tokens), initial=0))
    placed = []
    for run in runs:
        first, last = at[run[0].start], at[run[-1].start] + 1
        clause = clause_of[first]
        placed.append(_Placed(run, first, last, clause, asks[clause], own[clause_of[last - 1]], tokens))
    return placed, len(pauses)


def _pass_over(one: _Placed, sentence: Sentence, draft: Draft) -> None:
    """All but the departments that it names."""
    sentence.take(one.first, one.first + len(one.run), "background")
    for at, token in enumerate(one.run, start=one.first):
        if token.kind == "dept":
            draft.add(InRole("any", (str(token.value),)), at, at + 1)
    said = [token for token in one.run if token.kind in _SAYING]
    if said and not one.of_asker:
        draft.unread.append(draft.typed(said))


def adopt_role(draft: Draft, sentence: Sentence) -> None:
    """刚到教育局上班，今年我们牵头哪些任务: the role that a later clause says is that of the department before."""
    bare = [one for one in draft.clauses if isinstance(one.condition, InRole) and one.condition.role == "any"]
    if len(bare) != 1 or any(isinstance(one.condition, InRole) for one in draft.clauses if one is not bare[0]):
        return
    (clause,) = bare
    roles = [
        at
        for at, by in enumerate(sentence.taken)
        if by is None and at >= clause.last and sentence.tokens[at].kind in ROLE_WORDS
    ]
    kinds = {sentence.tokens[at].kind for at in roles}
    before = {sentence.tokens[at - 1].kind for at in roles if at}
    if len(kinds) == 1 and not before & {"not", "notof", "only"} and isinstance(clause.condition, InRole):
        clause.condition = replace(clause.condition, role=role_said([sentence.tokens[roles[0]]]))
        for at in roles:
            sentence.take(at, at + 1, "role said later")


def _leads_on(one: _Placed, clauses: int) -> bool:
    """作为国企, 审计用 …, 刚调到 before a department; or an earlier clause of the asker's."""
    if one.first and one.tokens[one.first - 1].kind == "as":
        return True
    kinds = [token.kind for token in one.after]
    if one.first == 0 and kinds and kinds[0] in (*_PAUSES, "space"):
        return True
    if "dept" in kinds and set(kinds[: kinds.index("dept")]) <= {"le", "in", "adv"}:
        return True
    return one.of_asker and one.clause < clauses


def _is_introduced(one: _Placed, sentence: Sentence) -> bool:
    """提到X, or X这块."""
    before = range(max(0, one.first - 2), one.first)
    if any(introduces(one.tokens, at) and sentence.taken[at] is None for at in before):
        return True
    return any(token.kind == "side" for token in one.after[:1])


def _standing(placed: Sequence[_Placed], draft: Draft) -> list[_Placed]:
    found = [one for one in placed if any(_stands(part, draft) for part in (one.run, trimmed(one.run), _core(one.run)))]
    return found if len(found) < len(placed) else []


def _core(run: Run) -> Run:
    said = [at for at, token in enumerate(run) if token.kind in _SAYING]
    return run[said[0] : said[-1] + 1] if said else []


def _stands(run: Run, draft: Draft) -> bool:
    phrase = draft.typed(run)
    return len(phrase) > 1 and draft.vocabulary.stands(phrase)


def _within(one: _Placed, clauses: int, draft: Draft) -> Run:
    """我们要写质量管理的材料，哪些任务与它有关: of a clause that speaks of the asker the longest that stands."""
    run = one.run
    asked_later = one.clause < clauses
    if not asked_later or not one.of_asker or draft.vocabulary.stands(draft.typed(run)):
        return run
    spans = sorted(combinations(range(len(run) + 1), 2), key=lambda span: (span[0] - span[1], span[0]))
    for first, last in spans[:200]:
        phrase = draft.typed(run[first:last])
        if content_runs(phrase, draft.vocabulary.cut) and draft.vocabulary.stands(phrase):
            return run[first:last]
    return run
