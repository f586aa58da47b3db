"""Whether a text says that something is not so, or must not be."""

import re

_DENIES = re.compile(
    "不(?![仅但断同动久])|未(?![来成])|无(?![偿障人线主害公论])|没有|拒绝|拒不|逾期|禁止|严禁|非法|擅自"
)


def denies(text: str) -> bool:
    """不予批准, 未按照规定, 逾期不改, 擅自; not 不仅, 未成年人, 无偿."""
    return _DENIES.search(text) is not None


_BREACHES = re.compile("(?:不|未|没有?)(?:按|依|经|履行|办|缴|交|报|配合|改正|执行|落实|登记)|拒不|逾期")


def breaches(text: str) -> bool:
    """不按规定办手续, 拒不改正: conduct; not 不可回收垃圾, a thing."""
    return _BREACHES.search(text) is not None
