"""Whether a sentence says what a text says: in the text's own words and order, with less left out than would change it."""

from service.llm.source import VERB, Source
from service.llm.tokens import COMMA, Tokens
from service.llm.words import in_tokens

MOST = 100_000  # steps, after which a sentence counts as not said: repetitive text has no end of ways


def is_said(sentence: Tokens, source: Source) -> bool:
    """Each clause of the sentence is a clause of the text, less what may be left out of it; between clauses any may be
    passed over, but for conditions."""
    todo = [(0, start, 0) for start in source.starts]
    seen = set(todo)
    left = MOST
    while todo and left > 0:
        at, place, begun = todo.pop()
        if at == len(sentence):
            if place in source.ends:
                return True
            continue
        steps = _steps(sentence, source, at, place, begun)
        left -= 1 + len(steps)
        for step in steps:
            if step not in seen:
                seen.add(step)
                todo.append(step)
    return False


def _steps(sentence: Tokens, source: Source, at: int, place: int, begun: int) -> list[tuple[int, int, int]]:
    """From `at` in the sentence and `place` in the text, with `begun` tokens of the clause matched."""
    token, said = sentence[at], source.said[place : place + 1]
    if token == COMMA:
        steps = [(at + 1, start, 0) for start in source.starts] if place in source.ends else []
        return [*steps, (at + 1, place + 1, 0)] if said == (COMMA,) else steps
    steps = [(at, to, begun) for to in source.left_out(place, begun)]
    adverb = source.adverb(place)
    if said == (token,) and not adverb:
        steps.append((at + 1, place + 1, min(begun + 1, VERB + 1)))
    if said == (COMMA,):  # left out: 围绕A打造B
        steps.append((at, place + 1, 0))
    if adverb and sentence[at : at + adverb] == source.said[place : place + adverb]:
        steps.append((at + adverb, place + adverb, begun))
    if begun == 0 and (at == 0 or sentence[at - 1] == COMMA):
        steps += [(at + len(one), place, 0) for one in in_tokens("frame") if sentence[at : at + len(one)] == one]
    return steps
