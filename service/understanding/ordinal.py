"""教育局牵头的第一项, 水务局的任务里最后一项: a number that counts in the set said before it."""

from dataclasses import replace

from index import fits_all
from service.understanding.draft import Clause, Draft, indexes
from service.understanding.grammar import Sentence
from service.understanding.places import Numbered
from service.understanding.roles import Collective, Held, InRole

_SETS = (InRole, Held, Collective)
_BETWEEN = ("de", "item", "in", "comma", "space")


def count_in_set(draft: Draft, sentence: Sentence) -> None:
    """Where no one item of the set has that number, the number is a place in it."""
    number = next((one for one in draft.clauses if isinstance(one.condition, Numbered)), None)
    sets = [one for one in draft.clauses if isinstance(one.condition, _SETS)]
    if number is None or not sets or not _of_set(sets[-1], number, sentence):
        return
    columns, rows = draft.vocabulary.index.columns, draft.vocabulary.rows
    every = draft.vocabulary.every_item
    own = rows[fits_all([one.condition.rows(columns) for one in sets], len(columns)).every[rows]]
    condition = number.condition
    assert isinstance(condition, Numbered)
    if len(condition.numbers) != 1 or (len(condition.items) == 1 and columns.of(condition.items)[own].any()):
        return
    (count,) = condition.numbers
    last = len(condition.items) == 1 and condition.items[0] == every[-1]
    if places := indexes([-1 if last else count], len(own)):
        item = every.at(own[places])
        draft.clauses[draft.clauses.index(number)] = replace(number, condition=Numbered(item, (item[0].number,)))


def _of_set(one: Clause, number: Clause, sentence: Sentence) -> bool:
    """的, 任务里 lead from the set to the number."""
    if one.last > number.first:
        return False
    between = sentence.tokens[one.last : number.first]
    joined = {token.kind for token in (*sentence.tokens[one.first : one.last][-2:], *between)}
    return all(token.kind in _BETWEEN for token in between) and bool(joined & {"de", "item", "in"})
