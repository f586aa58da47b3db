"""Replies of late, as they were written: the same question about the same documents has the same answer, verbatim."""

from collections import OrderedDict
from collections.abc import Hashable, Sized
from typing import Generic, TypeVar

ROOM = 2_000_000  # bytes of replies, some two to three hundred of them


Reply = TypeVar("Reply", bound=Sized)  # as long as it has bytes


class Remembered(Generic[Reply]):
    """The replies last given, while they fit into the room; the one that was not asked for longest goes first.

    For one thread. What a reply leaves open is cut out of it and written anew each time: `took_ms`, its last field.
    """

    def __init__(self, room: int = ROOM) -> None:
        self._room, self._used = room, 0
        self._replies: OrderedDict[Hashable, Reply] = OrderedDict()

    def get(self, key: Hashable) -> Reply | None:
        reply = self._replies.get(key)
        if reply is not None:
            self._replies.move_to_end(key)
        return reply

    def keep(self, key: Hashable, reply: Reply) -> None:
        """A reply that takes a tenth of the room is not kept: it would push out many."""
        if len(reply) > self._room // 10:
            return
        before = self._replies.pop(key, None)
        self._used += len(reply) - (len(before) if before is not None else 0)
        self._replies[key] = reply
        while self._used > self._room:
            _, oldest = self._replies.popitem(last=False)
            self._used -= len(oldest)
