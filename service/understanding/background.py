"""What a question says of the asker, not of the items: 我在科研处工作，想找提到院校的任务; 刚调到国际部."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from service.understanding.draft import Draft
from service.understanding.form_departments import role_of
from service.understanding.grammar import Sentence
from service.understanding.lexicon import endings
from service.understanding.reading import Token
from service.understanding.roles import InRole
from service.understanding.topic import content_runs, introduces, trimmed

Run = list[Token]
ROLE = ("lead", "support", "join")
_SAYING = ("text", "quote", "num", "fact", "counted")
_PAUSES = ("comma", "stop")


def without_background(runs: Sequence[Run], sentence: Sentence, draft: Draft) -> list[Run]:
    """The runs that are topics. What 提到 introduces is one, and what stands in some item; of the others those of another
    clause, and those that lead to a department, are background: passed over where the clause speaks of the asker, else
    said to be unread."""
    meant = [run for run in runs if _is_introduced(run, sentence)] or _standing(runs, draft)
    kept: list[Run] = []
    for run in runs:
        if run in meant or not _is_background(run, meant, sentence, draft):
            kept.append(run)
            continue
        _pass_over(run, sentence, draft)
    return [_within(run, sentence, draft) for run in kept]


def _pass_over(run: Run, sentence: Sentence, draft: Draft) -> None:
    """All but the departments that it names."""
    first = sentence.tokens.index(run[0])
    sentence.take(first, first + len(run), "background")
    for at, token in enumerate(run, start=first):
        if token.kind == "dept":
            draft.add(InRole("any", (str(token.value),)), at, at + 1)
    said = [token for token in run if token.kind in _SAYING]
    if said and not _is_of_asker(run, sentence):
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
        if by is None and at >= clause.last and sentence.tokens[at].kind in ROLE
    ]
    kinds = {sentence.tokens[at].kind for at in roles}
    before = {sentence.tokens[at - 1].kind for at in roles if at}
    if len(kinds) == 1 and not before & {"not", "notof", "only"} and isinstance(clause.condition, InRole):
        clause.condition = replace(clause.condition, role=role_of([sentence.tokens[roles[0]]]))
        for at in roles:
            sentence.take(at, at + 1, "role said later")


def _is_background(run: Run, meant: Sequence[Run], sentence: Sentence, draft: Draft) -> bool:
    tokens = sentence.tokens
    if meant:
        return all(_clause(run, tokens) != _clause(one, tokens) for one in meant) or not _modifies(run, tokens)
    if not any(token.kind == "dept" for token in tokens):
        return False
    if tokens[tokens.index(run[0]) - 1 : tokens.index(run[0])] and tokens[tokens.index(run[0]) - 1].kind == "as":
        return True  # 作为国企
    following = tokens[tokens.index(run[-1]) + 1 :][:3]
    if following and following[0].kind in (*_PAUSES, "space") and tokens.index(run[0]) == 0:
        return True  # 审计用 …
    leads = next((at for at, token in enumerate(following) if token.kind == "dept"), None)
    return (leads is not None and all(one.kind in ("le", "in", "adv") for one in following[:leads])) or (
        _is_of_asker(run, sentence) and _clause(run, tokens) < sum(token.kind in _PAUSES for token in tokens)
    )


def _modifies(run: Run, tokens: Sequence[Token]) -> bool:
    """…的任务: it says which."""
    kinds = [token.kind for token in tokens[tokens.index(run[-1]) + 1 :][:2]]
    return bool(kinds) and (kinds[0] == "item" or kinds[:2] == ["de", "item"])


def _is_introduced(run: Run, sentence: Sentence) -> bool:
    """提到X, or X这块."""
    tokens, first = sentence.tokens, sentence.tokens.index(run[0])
    before = any(introduces(tokens, at) and sentence.taken[at] is None for at in range(max(0, first - 2), first))
    return before or any(token.kind == "side" for token in tokens[first + len(run) :][:1])


def _standing(runs: Sequence[Run], draft: Draft) -> list[Run]:
    found = [run for run in runs if any(_stands(draft.typed(one), draft) for one in (run, trimmed(run), _core(run)))]
    return found if len(found) < len(runs) else []


def _core(run: Run) -> Run:
    said = [at for at, token in enumerate(run) if token.kind in _SAYING]
    return run[said[0] : said[-1] + 1] if said else []


def _stands(phrase: str, draft: Draft) -> bool:
    return len(phrase) > 1 and draft.vocabulary.stands(phrase)


def _clause(run: Run, tokens: Sequence[Token]) -> int:
    """How many pauses stand before it."""
    return sum(token.kind in _PAUSES for token in tokens[: tokens.index(run[0])])


def _is_of_asker(run: Run, sentence: Sentence) -> bool:
    """Of a clause that begins with who asks, or ends with a colon: 审计统计用：…"""
    tokens = sentence.tokens
    end = next((token for token in tokens[tokens.index(run[-1]) + 1 :] if token.kind in _PAUSES), None)
    if end is not None and end.text == ":":
        return True
    before = tokens[: tokens.index(run[-1]) + 1]
    start = max((at + 1 for at, token in enumerate(before) if token.kind in _PAUSES), default=0)
    return "".join(token.text for token in before[start:]).startswith(endings("speaker"))


def _within(run: Run, sentence: Sentence, draft: Draft) -> Run:
    """我们要写质量管理的材料，哪些任务与它有关: of a clause that speaks of the asker the longest that stands."""
    tokens = sentence.tokens
    later = tokens[tokens.index(run[-1]) + 1 :]
    asked_later = any(token.kind in _PAUSES for token in later)
    if not asked_later or not _is_of_asker(run, sentence) or draft.vocabulary.stands(draft.typed(run)):
        return run
    spans = sorted(combinations(range(len(run) + 1), 2), key=lambda span: (span[0] - span[1], span[0]))
    for first, last in spans[:200]:
        phrase = draft.typed(run[first:last])
        if content_runs(phrase, draft.vocabulary.cut) and draft.vocabulary.stands(phrase):
            return run[first:last]
    return run
