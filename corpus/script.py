"""Traditional, Simplified and full-width spellings brought to one form, character for character.

Everything here keeps length: character i of the result stands for character i of the text, so that
offsets found in folded text point into the source.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache

from opencc import OpenCC

_FROM_TAIWAN, _FROM_HONG_KONG = OpenCC("tw2t").convert, OpenCC("hk2s").convert

_NARROW = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {"\u3000": " "}
_WIDE = re.compile("[\uff01-\uff5e\u3000]")

# Characters that OpenCC folds one way inside a word and another way alone or in another word (顯著, 著力),
# found by folding CC-CEDICT's headwords and 30,000 articles of law word by word and character by character.
_ONE_SPELLING = str.maketrans(
    "著覆瞭脩坐藉俱么麽於徵乾徑逕迳甦鉅钜剋沈鍾锺昇彷濬噁𫫇揹査佔吒薹",
    "着复了修座借具幺幺于征干径径径苏巨巨克沉钟钟升仿浚恶恶背查占咤苔",
)

_ONE_OF_SEVERAL = re.compile("[著覆瞭脩坐藉俱么麽於徵乾徑逕迳甦鉅钜剋沈鍾锺昇彷濬噁𫫇揹査佔吒薹]")
_OF_BOTH = frozenset("著乾藉瞭")  # 显著, 乾隆: written in Simplified, too
_IN_WORDS = "坏"  # which only stands for another in some words, like most of those

SHORT = 200  # characters of a text whose folding is remembered

_SURROGATE = re.compile("[\ud800-\udfff]")


def fold(text: str) -> str:
    """Lower case, half width, Simplified: 「ＣＣＣ監督」 -> 「ccc监督」. Idempotent on Simplified text."""
    return _folded_lately(text) if len(text) <= SHORT else _folded(text)


def _folded(text: str) -> str:
    return _keeping_length(_simplified, _keeping_length(str.lower, _narrowed(text)))


_folded_lately = lru_cache(maxsize=4096)(_folded)  # a question's parts are folded again and again


def spellings(names: Iterable[str]) -> dict[str, str]:
    """Folded name -> the name as first written, in order of first appearance."""
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(fold(name), name)
    return first


_BRACKETED = re.compile(r"[(〔\[【][^()〔〕\[\]【】]*[)〕\]】]")


def department_key(name: str) -> str:
    """One key for a department however it is written, with or without what stands in brackets: 甲局（乙局） is 甲局, too."""
    folded = fold(name)
    bare = _BRACKETED.sub("", folded)
    return bare if len(bare) > 1 else folded


def spelling_key(text: str) -> str:
    """`fold`, and then one glyph for characters whose folding depends on their neighbours: any
    substring of a text has a key that stands in the text's key."""
    folded = fold(text)
    return folded.translate(_ONE_SPELLING) if _ONE_OF_SEVERAL.search(folded) else folded


@lru_cache(maxsize=4096)  # the same sentences and labels in every answer
def to_traditional(text: str) -> str:
    """Our own Simplified prose in Taiwan's glyphs, for those who ask in Traditional. OpenCC's s2tw gives the same on
    400,000 words and lines, and takes 16 MB more."""
    return str(_converter("t2tw")(_converter("s2t")(text)))


def to_simplified(text: str) -> str:
    """A name or title of the source in Simplified glyphs, otherwise as written: 显著, which is Simplified, stays."""
    simplified = _keeping_length(_simplified, text)
    changed = (one for one, other in zip(text, simplified, strict=True) if one != other)
    return text if _OF_BOTH.issuperset(changed) else simplified


def script_variants(text: str) -> tuple[str, ...]:
    """The text as readers of other scripts would type it: through OpenCC s2t, s2tw and s2hk, and each of them back;
    those that differ from it and from each other, in that order."""
    there = [_converter(config)(text) for config in ("s2t", "s2tw", "s2hk")]
    back = [_converter(config)(one) for config, one in zip(("t2s", "tw2s", "hk2s"), there, strict=True)]
    return tuple(variant for variant in dict.fromkeys([*there, *back]) if variant != text)


def is_traditional(text: str) -> bool:
    """True when the text holds a character that folding to Simplified changes, and that Simplified does not write itself."""
    return to_simplified(text) != text


def well_formed(text: str) -> str:
    """Lone surrogates, which no encoding can carry, become U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


@cache
def _converter(config: str) -> Callable[[str], str]:
    """Loaded when first needed: to Traditional takes 27 MB, and longer than all the rest."""
    return OpenCC(config).convert


def _narrowed(text: str) -> str:
    for wide in set(_WIDE.findall(text)):
        text = text.replace(wide, _NARROW[wide])
    return text


@cache
def _traditional() -> re.Pattern[str]:
    """The characters that are folded, alone or in some word: a text without them is folded already."""
    every = "\n".join(map(chr, [*range(0x2E80, 0xA000), *range(0xF900, 0xFB00)]))
    changed = [one for one, folded in zip(every, _FROM_HONG_KONG(_FROM_TAIWAN(every)), strict=True) if one != folded]
    several = "".join(map(chr, _ONE_SPELLING)) + _IN_WORDS
    return re.compile(f"[{''.join(changed)}{several}\U00010000-\U0010ffff]")


def _simplified(text: str) -> str:
    if not _traditional().search(text):
        return text
    return str(_FROM_HONG_KONG(_FROM_TAIWAN(text)))


def _keeping_length(convert: Callable[[str], str], text: str) -> str:
    """convert(text), or where that would change its length, character by character."""
    converted = convert(text)
    if len(converted) == len(text):
        return converted
    single = ((character, convert(character)) for character in text)
    return "".join(new if len(new) == 1 else old for old, new in single)
