"""A list number's forms in Word: (3, "chineseCounting") -> 三, (3, "decimalEnclosedCircle") -> ③."""

import re

DIGITS = "〇一二三四五六七八九"
LEGAL = "零壹贰叁肆伍陆柒捌玖"
LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
ENCLOSED = {  # form -> the code of its 1, and how many there are
    "decimalEnclosedCircle": (0x2460, 20), "decimalEnclosedCircleChinese": (0x2460, 20),
    "decimalEnclosedParen": (0x2474, 20), "decimalEnclosedFullstop": (0x2488, 20),
    "ideographEnclosedCircle": (0x3220, 10),  # ㈠, by its name a circle
}  # fmt: skip
THOUSANDS = ("chineseCountingThousand", "taiwaneseCountingThousand", "koreanCounting")
LETTERS = 780  # numbers that letters can write: z thirty times
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
         (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def formatted(number: int, form: str) -> str:
    """The number as Word shows it; a form that is not known here is shown in Arabic digits."""
    if form in ENCLOSED and 1 <= number <= ENCLOSED[form][1]:
        return chr(ENCLOSED[form][0] + number - 1)
    if form in ("none", "bullet"):
        return ""
    if form == "decimalZero":
        return f"{number:02d}"
    if form in ("decimalFullWidth", "decimalFullWidth2"):
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    if form == "numberInDash":
        return f"- {number} -"
    if re.fullmatch("0+1", form):  # numbers of a fixed width, 001, 002
        return str(number).zfill(len(form))
    if form in ("lowerLetter", "upperLetter") and 0 < number <= LETTERS:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        return _roman(number).upper() if form == "upperRoman" else _roman(number)
    return _ideographic(number, form)


def _ideographic(number: int, form: str) -> str:
    if form in ("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand", "koreanDigital2"):
        return "".join(DIGITS[int(digit)] for digit in str(number))
    if form in ("chineseCounting", "taiwaneseCounting"):  # counted up to ninety-nine, then digit by digit
        return counted(number) if number < 100 else "".join(DIGITS[int(digit)] for digit in str(number))
    if form in THOUSANDS:
        return counted(number)
    if form == "japaneseCounting":
        return counted(number, zero="", ones=False)
    if form in ("chineseLegalSimplified", "japaneseLegal"):
        return counted(number, LEGAL, "拾佰仟", ten=True)
    if form in ("ideographLegalTraditional", "chineseLegalTraditional"):
        return counted(number, LEGAL_TRADITIONAL, "拾佰仟", ten=True)
    if form == "ideographTraditional" and number > 0:
        return STEMS[(number - 1) % 10]
    if form == "ideographZodiacTraditional" and number > 0:
        return STEMS[(number - 1) % 10] + BRANCHES[(number - 1) % 12]
    if form == "ideographZodiac" and number > 0:
        return BRANCHES[(number - 1) % 12]
    return str(number)


def counted(
    number: int, digits: str = DIGITS, units: str = "十百千", zero: str = "零", ones: bool = True, ten: bool = False
) -> str:
    """105 -> 一百零五; without `ones` 百五; 12 -> 十二, or with `ten` 壹拾贰."""
    if not 0 < number < 10_000:
        return digits[0] if number == 0 else str(number)
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if not digit:
            gap = bool(text)
            continue
        text += zero if gap else ""
        leading = place == 1 and digit == 1 and not text and not ten
        silent = place > 0 and digit == 1 and (leading or not ones)
        text += ("" if silent else digits[digit]) + (units[place - 1] if place else "")
        gap = False
    return text


def _roman(number: int) -> str:
    text = ""
    for value, letters in ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text
