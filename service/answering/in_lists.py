"""Names in lists that end with what is said of each: 市场监督管理部门 in 民政、市场监督管理等部门."""

from collections.abc import Iterable, Iterator
from functools import reduce

import numpy as np

from corpus import LIST_JOINERS, ends_as, fold, listed_name
from index import Hits, Index
from service.answering.found import Documents


def in_lists(names: Iterable[str], index: Index, documents: Documents) -> Iterator[Hits]:
    """市场监督管理部门 stands in 民政、市场监督管理等部门, too, 快递企业 in 邮政、快递、物流企业."""
    for bare, head in dict.fromkeys(filter(None, map(listed_name, names))):
        if not index.count(bare, documents):
            continue
        rows = reduce(np.union1d, [index.look_up(bare + joiner, documents).found.rows for joiner in LIST_JOINERS])
        hits = index.search(bare, documents)
        hits = hits.where(hits.phrase & np.isin(hits.rows, rows))
        texts = ((row, fold(hits.items[row].text)) for row in hits.rows.tolist())
        listed = [any(ends_as(text, end, head) for _, end in hits.found[row]) for row, text in texts]
        if any(listed):
            yield hits.where(np.array(listed))
