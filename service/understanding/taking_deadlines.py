"""Deadlines in a question: 年底前, 9月到期的, 这个月, 持续推进的."""

import datetime
import re
from collections.abc import Iterator

from corpus import Due, find_dues, find_periods, month_of
from service.understanding.lexicon import lexicon
from service.understanding.taking import Taking, bare
from service.understanding.tokens import Token
from service.understanding.vocabulary import due_months, open_dues

_MONTH = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月份?(?![\d前底末初上中下内之以])")
_BARE_MONTH = re.compile(r"(?<![\d至到])(?<!\d年)(1[0-2]|[1-9])月份?(?![\d前底末初上中下内之以日])")
_DAY = re.compile(r"(?:((?:19|20)\d\d)年)?(?<!\d)(1[0-2]|[1-9])月([12]\d|3[01]|[1-9])[日号](?![前之以内止起])")
_MOMENT = re.compile("[前底末旬内月季]")


class TakingDeadlines(Taking):
    def _periods(self) -> Iterator[Token]:
        """这个月要完成的, 下半年到期的; not 提到下半年的, nor what an item says."""
        today, mentions = self.vocabulary.catalogue.today, tuple(lexicon().words("mention", "concern"))
        running = any(year == today.year for year, _ in due_months(self.vocabulary))
        year = (today if running else self._issued() or today).year
        for start, end, period in list(find_periods(self.rest, today, year)):
            words = lexicon().words("item", "does")
            as_end = self._speaks_of_end(end) or any(word in self.rest for word in words) or self._is_all(start, end)
            if as_end and not self.rest.endswith(mentions, 0, start):
                yield self.taken("period", start, end, period)

    def _days(self) -> Iterator[Token]:
        for due in self._dues() if _MOMENT.search(self.rest) else ():
            taken = "\0" in self.rest[due.start : due.end]
            if due.by and not taken and _MOMENT.search(due.text) and not _MONTH.fullmatch(due.text):
                yield self.taken("due", due.start, due.end, self._next(due.by, self.text[due.start : due.end]))
        known = due_months(self.vocabulary)
        said, of = lexicon().words("issue"), lexicon().words("de")
        issued = tuple(one for word in said for one in ([word] if len(word) > 1 else [word + small for small in of]))
        issued = issued if self.vocabulary.catalogue.chooses else ()
        for match in _MONTH.finditer(self.rest):
            if 1 <= int(match[2]) <= 12 and (known or self.rest.startswith(issued, match.end())):
                yield self.taken("month", *match.span(), ((int(match[1]), int(match[2])),))
        for match in _BARE_MONTH.finditer(self.rest) if known else ():
            months = tuple(one for one in known if one[1] == int(match[1]))
            if months and (self._speaks_of_end(match.end()) or self._is_all(*match.span())):
                yield self.taken("month", *match.span(), months)
        for match in _DAY.finditer(self.rest) if known else ():
            if self._speaks_of_end(match.end()) and (day := self._day_of(*match.groups())):
                yield self.taken("period", *match.span(), (day, day))

    def _dues(self) -> list[Due]:
        """In order; of a year that is said also those before the newest document was issued."""
        dues = {due.start: due for due in find_dues(self.rest, None) if due.by}
        dues |= {due.start: due for due in find_dues(self.rest, self._issued())}
        return [dues[start] for start in sorted(dues)]

    def _day_of(self, year: str | None, month: str, day: str) -> datetime.date | None:
        """9月30日到期的: without its year that in which something is due in that month; None where there is no such day."""
        years = [int(year)] if year else [one for one, other in due_months(self.vocabulary) if other == int(month)]
        issued = self._issued()
        try:
            return datetime.date(years[0] if years or not issued else issued.year, int(month), int(day))
        except (ValueError, IndexError):
            return None

    def _next(self, day: datetime.date, said: str) -> datetime.date:
        """2月底前, of a document of December: in the year in which something is due then."""
        known = due_months(self.vocabulary)
        year = (day.year + 1, day.month)
        said_year = str(day.year) in said or (day.year, day.month) in known or year not in known
        return (
            day
            if said_year
            else min(day.replace(day=1, year=day.year + 1) + (day - day.replace(day=1)), month_of(*year)[1])
        )

    def _open_dues(self) -> Iterator[Token]:
        """持续推进的任务, 哪些是持续推进的, 时限为“持续推进”; not 提到持续推进的任务."""
        for words in open_dues(self.vocabulary):
            at = self.rest.find(words) if len(words) > 1 else -1
            if at >= 0 and self._is_said_as_end(at, at + len(words)):
                yield self.taken("opendue", *self.with_marks(at, at + len(words)), words)

    def _is_said_as_end(self, start: int, end: int) -> bool:
        words = lexicon().words
        if self.rest.endswith(tuple(words("mention", "concern")), 0, start):
            return False
        after = bare(self.rest[end:])
        after = next((after.removeprefix(de) for de in words("de") if after.startswith(de)), after)
        return not after or after.startswith(tuple(words("item"))) or self._speaks_of_end(end)

    def _speaks_of_end(self, at: int) -> bool:
        """期限是6月, 9月完成, 6月要完成: of a deadline."""
        words = lexicon().words
        at += max((len(word) for word in words("modal") if self.rest.startswith(word, at)), default=0)
        return self.rest.startswith(tuple(words("lightverb")), at) or any(word in self.rest for word in words("finish"))

    def _is_all(self, start: int, end: int) -> bool:
        """那7月的呢: nothing else is said."""
        left = bare(self.rest[:start] + self.rest[end:])
        for word in lexicon().words("then", "de", "ne", "tone"):
            left = left.replace(word, "")
        return not left

    def _issued(self) -> datetime.date | None:
        """The day from which 6月底前 counts: of the newest document, else the first year in which something is due."""
        dated = max((document.date for document in self.vocabulary.documents if document.date), default=None)
        known = due_months(self.vocabulary)
        return dated or (datetime.date(known[0][0], 1, 1) if known else None)
