"""What is worked out of an object once is kept with it, and goes when it goes.

A cache of a module would hold the objects it was asked about, and with them a generation of the index that is no
longer served.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def kept(most: int = 1) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """For functions of positional arguments, the last of them a set of documents or what a question may name in it:
    up to `most` results are kept with that one."""

    def of(function: Callable[P, T]) -> Callable[P, T]:
        name = f"{function.__module__}.{function.__qualname__}"

        @wraps(function)
        def remembering(*arguments: P.args, **none: P.kwargs) -> T:
            owner = arguments[-1]
            memory = vars(owner)
            if name not in memory:
                memory[name] = lru_cache(most)(lambda *rest: function(*rest, owner))  # type: ignore[call-arg, arg-type]
            found: T = memory[name](*arguments[:-1])
            return found

        return remembering

    return of
