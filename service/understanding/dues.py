"""Conditions on an item's deadline."""

import datetime
import re
from dataclasses import dataclass

from corpus import period_told
from index import Columns, Fits
from service.understanding.constraints import Constraint, Not, Speaker


@dataclass(frozen=True, slots=True)
class DueBy:
    """To be done by this day, and after `since`."""

    by: datetime.date
    since: datetime.date = datetime.date.min

    def rows(self, columns: Columns) -> Fits:
        return Fits.where(columns.due_between(self.since, self.by))

    @property
    def _period(self) -> str:
        """2025年, 2025年6月, or 2025年6月30日: from its first day, if it is one."""
        if self.since in (datetime.date.min, self.by):
            return f"{self.by.year}年{self.by.month}月{self.by.day}日"
        return period_told(self.since, self.by)

    def said(self, speaker: Speaker) -> str:
        within = self.since > datetime.date.min
        return speaker.say("在{period}到期" if within else "在{period}前完成", period=self._period)

    def written(self) -> str:
        if self.since == datetime.date.min:
            return f"{self._period}前完成"
        return f"时限到{self._period}" if re.fullmatch(r"\d+年", self._period) else f"{self._period}到期"

    def denied(self) -> Constraint:
        return Not(self)


@dataclass(frozen=True, slots=True)
class DueOpenly:
    """With a deadline in these words, which name no day: 持续推进."""

    words: str  # folded

    def rows(self, columns: Columns) -> Fits:
        return Fits.where(columns.due_openly(self.words))

    def said(self, speaker: Speaker) -> str:
        return speaker.say("时限为“{words}”", words=self.words)

    def written(self) -> str:
        return f"时限为{self.words}"

    def denied(self) -> Constraint:
        return Not(self)


@dataclass(frozen=True, slots=True)
class WithDue:
    """With a deadline, whatever it is."""

    def rows(self, columns: Columns) -> Fits:
        return Fits.where(columns.due)

    def said(self, speaker: Speaker) -> str:
        return speaker.say("写有时限")

    def written(self) -> str:
        return "有完成时限"

    def denied(self) -> Constraint:
        return WithoutDue()


@dataclass(frozen=True, slots=True)
class WithoutDue:
    """Without a deadline."""

    def rows(self, columns: Columns) -> Fits:
        return Fits.where(~columns.due)

    def said(self, speaker: Speaker) -> str:
        return speaker.say("没有写明时限")

    def written(self) -> str:
        return "没有完成时限"

    def denied(self) -> Constraint:
        return WithDue()
