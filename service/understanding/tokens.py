"""What a question is cut into."""

from dataclasses import dataclass

QUOTES = {"“": "”", "「": "」", "『": "』", '"': '"', "‘": "’"}
STOPS = "?。!;\n…:"
COMMAS = ",、/"


@dataclass(frozen=True, slots=True)
class Token:
    kind: str  # a class of the lexicon, or dept, ref, sec, quote, title, yearno, num, text, comma, stop, space
    text: str  # folded
    start: int
    end: int
    value: object = None  # what a reference, a department or a number is
