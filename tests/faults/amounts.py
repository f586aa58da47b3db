"""How much of a fault is tried: a little each time, much with YAODIAN_FAULTS=long."""

import os

LONG = os.environ.get("YAODIAN_FAULTS") == "long"


def times(quick: int, long: int) -> int:
    return long if LONG else quick
