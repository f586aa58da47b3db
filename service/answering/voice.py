"""The answer's words: our sentences in the asker's script, names folded to it, quotes as the source has them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus import Document, FigureKind, Item, Shelf, newest_first, short_titles, to_simplified, to_traditional
from index import Items
from service.answering.answer import Script, Statement
from service.kept import kept
from service.understanding import Part, Role, role_field

OPENING = 16  # characters at least of an item that is listed, not quoted: the first clause alone says too little

FEW = 20  # items that a sentence names

PARTS: dict[Part, str] = {
    "issuer": "印发单位",
    "date": "日期",
    "overall": "总体要求",
    "gist": "内容",
    "notice": "通知",
    "addressees": "主送单位",
    "title": "标题",
    "number": "发文字号",
    "departments": "部门",
    "sections": "各部分",
}
# What is asked for and told in the text, by its kind
FIGURES = {
    "money": "金额",
    "span": "时间长短",
    "often": "多久一次",
    "day": "日期",
    "hour": "钟点",
    "age": "年龄",
    "share": "比例",
    "contact": "联系方式",
    "way": "办法",
    "size": "大小",
    "penalty": "处罚",
    "division": "分成哪些",
    "count": "数量",
    "number": "数量",
}
# What an answer may state, one sentence a kind. Values are put in as they are.
SENTENCES = {
    "found": "共有{counted}{asked}：",
    "found_named": "共有{counted}{asked}（{named}{unit}写明，另有{count}{unit}以统称列入）：",
    "due_that_day": "其中时限正是那一天的有{count}{unit}：{labels}；其余更早到期。",
    "none": "没有{noun}{asked}。",
    "in_other_role": "由{names}{role}的有{counted}：{labels}。",
    "by_meaning": "没有{noun}写到“{topic}”，意思相近的有{counted}：",
    "figure_near": "没有{noun}逐字写到所问的，意思最接近、写明{told}的是{labels}：",
    "most_of_unread": "只列其中写到{words}最多的，另有{count}{unit}没有列出。",
    "limits": "写到期限的有{counted}：",
    "listing": "有{counted}列出“{topic}”的{noun}：",
    "written_in_else": "另有{count}{unit}也写到：{labels}。",
    "written_in_too": "另有{count}{unit}也写到它们：{labels}。",
    "referred": "违反{labels}的处罚写在{where}。",
    "in_part": "没有{noun}写到“{topic}”，写到其中{sought}的有{counted}：",
    "part_absent": "没有涉及“{topic}”的{noun}。",
    "alias": "其中{labels}写作{names}。",
    "apart_in_sentence": "{labels}没有连着写“{topic}”，几个词写在一句里。",
    "lighter": "“{topic}”没有原样出现，按“{sought}”查找。",
    "collective": "其中{count}{unit}以统称（如“各部门”）列入：{labels}。",
    "responsible": "{labels}写的是“责任”或“负责”，没有写“牵头”。",
    "missing": "没有{asked}：现有编号是{existing}。",
    "more": "……其余{count}{unit}见列表。",
    "tally_most": "{role}最多的是{names}，{each}{counted}。",
    "tally_least": "{role}最少的是{names}，{each}{counted}。",
    "tally_top": "{role}最多的前{top}名是{names}。",
    "tally_top_tied": "{role}最多的前{top}名是{names}（末名并列，共{count}个）。",
    "row": "{name}：{count}{unit}",
    "group": "{name}（{count}{unit}）：{labels}",
    "sections_total": "{count}个部分共有{total}：",
    "sections_most": "任务最多的是{names}，{each}{counted}。",
    "sections_least": "任务最少的是{names}，{each}{counted}。",
    "exactly": "{asked}共有{count}个：{names}。",
    "exactly_none": "文件里没有{asked}。",
    "part": "{field}：{quotes}",
    "sections": "共分{count}个部分：\n{quotes}",
    "departments": "文件写明的部门共有{count}个：{names}。",
    "head": "没有{noun}写到“{topic}”；文件开头写有：\n{quotes}",
    "head_dated": "条目以外写明：\n{quotes}",
    "head_in_part": "没有{noun}写到“{topic}”；文件开头写到其中{sought}的是：\n{quotes}",
    "place": "{label}在{section}：{title}",
    "unplaced": "{label}不在任何部分里。",
    "due": "{label}：{dues}",
    "compared": "{labels}并列如下。{common}",
    "common": "共同的部门：{names}。",
    "apart": "只有{label}有的部门：{names}。",
    "through_all": "{label}没有逐一写明，用的是统称：{words}。",
    "some_through_all": "其中{names}，{label}用的是统称：{words}。",
    "nothing_common": "它们没有共同的部门。",
    "summary": "这里不作概括，只列出条目。",
    "grouped": "按{by}分组，共{counted}：",
    "tabled": "共有{counted}{asked}，列表如下：",
    "complete": "没有了，全部就是这些。",
    "reasons": "这{counted}入选，是因为：",
    "unread": "没有理解“{words}”，按“{reading}”回答。",
    "unread_denial": "没有理解“{words}”，所以不作回答，免得答反。可以说“不涉及某个主题的任务”“不由某部门牵头的任务”。",
    "read_by_model": "这个问题由语言模型（{model}）理解，理解为：{reading}。",
    "corrected": "“{typed}”按“{meant}”回答。",
    "meant": "您是否要找“{phrase}”？",
    "nearest": "意思最接近的是：{labels}。",
    "greeting": "您好。可以问这些文件里的条目，例如：",
    "thanks": "不客气。还可以接着问。",
    "ability": "可以按主题、编号、部分、部门查找文件里的条目，每条都引原文，例如：",
    "example": "· {question}",
    "out_of_scope": "现有文件回答不了这个问题。可以问某个主题、编号、部分或部门，例如“第1项讲什么”。",
    "english": "I could not read this question. Ask about a topic, an item, a section or a department, in Chinese or plainly in English, for example: What does item 1 say?",
    "no_history": "这像是接着上一个问题问的，但前面没有可以接着问的答案。请写明编号、主题或部门，例如“第1项由谁牵头”。",
    "no_match": "没有找到涉及“{topic}”的{noun}。",
    "no_figure": "没有条目写明所问的{told}。",
    "no_such_item": "没有{asked}：现有编号是{existing}。",
    "no_such_section": "没有第{section}部分：现有{existing}。",
    "no_such_department": "文件中没有名为“{department}”的部门。文件写明的部门：{existing}。",
    "no_such_document": "现有文件里没有“{document}”。现有：{existing}。",
    "which_document": "有{count}份文件符合，请说明是哪一份：\n{titles}",
    "of_document": "《{title}》（{counted}）：",
    "of_part": "《{title}》：",
    "of_none": "{titles}里没有。",
    "of_none_written": "{titles}里没有写到“{topic}”。",
    "of_others": "另有{documents}份文件，共{count}{unit}，见列表。",
    "row_of_documents": "{name}：{count}{unit}（{each}）",
    "undefined": "没有{noun}写明“{topic}”是什么。",
    "written_in": "写到它的是：{labels}。",
    "defined": "{labels}写明了{topic}是什么：",
    "entries": "{label}列有{count}{unit}：",
    "no_penalty": "{labels}没有写处罚，也没有条款引用它来写处罚；处罚可能按行为另写，请按行为问，如“某行为怎么处罚”。",
    "field_absent": "文件没有写明{asked}。",
    "unlike": "{after}与{before}是两份不同的文件，不是前后两个版本，按{noun}内容相近的对照：{counts}。",
    "changes": "{after}与{before}相比，{noun}{counts}：",
    "changes_none": "{after}与{before}相比，没有{what}的{noun}。",
    "near_topic": "“{topic}”没有原样出现，按意思相近的比较。",
    "instead_of": "没有{year}年的，按最近一年的比较。",
    "others": "另有{others}。",
    "which_two": "有{count}组文件可以比较，请写明是哪一组：\n{questions}",
    "no_such_year": "没有{year}年的同一种文件可以比较。",
    "no_earlier": "没有可以比较的文件：要有两份标题只差年份、同一单位印发的文件，或者写明是哪两份。",
    "files": "共有{count}份文件有{noun}{asked}，合计{counted}：",
    "listed": "共有{count}份文件：",
    "listed_row": "{name}：{said}{count}{unit}",
    "files_most": "{noun}{asked}最多的是{names}，{counted}。",
    "files_least": "{noun}{asked}最少的是{names}，{counted}。",
    "file_row": "{name}：{count}{unit}（{labels}）",
    "files_lacking": "{count}份文件没有{noun}{asked}：{names}。",
    "only_in_head": "只在文件开头写到的有{count}份：{names}。",
    "files_told_in_head": "另有{count}份只在文件开头写到：{names}。",
    "files_having": "另外{count}份有，合计{counted}：",
    "files_lacking_none": "每份文件都有{noun}{asked}：",
    "first_file": "最早的是{year}年的{title}，有{counted}{asked}：",
    "last_file": "最近的是{year}年的{title}，有{counted}{asked}：",
    "first_dated": "最早的是{title}，{day}。",
    "last_dated": "最新的是{title}，{day}。",
    "undated": "有{count}份文件{asked}，但都没有写明日期或年份，不知道哪份在先。",
    "undated_too": "另有{count}份没有写明日期的文件也有，不知道是否更早。",
    "undated_rest": "另有{count}份没有写明日期。",
    "each_file": "{count}份文件共有{total}{asked}：",
    "files_without": "其余{count}份文件没有。",
    "tally_each": "各份文件里各部门{role}的项数：",
    "row_each": "{name}：{count}{unit}（{each}）",
}


@dataclass(frozen=True, slots=True)
class Voice:
    """Who is spoken to, about which documents."""

    script: Script
    documents: Sequence[Document]

    def say(self, template: str, **values: str | int) -> str:
        """Our own Simplified sentence in the asker's script, then the values as they are."""
        return (template if self.script == "hans" else to_traditional(template)).format(**values)

    def state(self, kind: str, items: Iterable[Item] = (), **values: str | int) -> Statement:
        """The sentence of that kind; what it counts in is that of `items`, unless told."""
        sentence, about = SENTENCES[kind], _kept(items)
        if "{unit}" in sentence and "unit" not in values:
            values["unit"] = self.unit(about)
        return Statement(kind, self.say(sentence, **values), values, about)

    def line(self, kind: str, text: str, items: Iterable[Item] = ()) -> Statement:
        """A statement that is a quotation or a list, not a sentence of ours."""
        return Statement(kind, text, {}, _kept(items))

    def name(self, source: str) -> str:
        """A department or title: folded for readers of Simplified, else the source's glyphs."""
        return to_simplified(source) if self.script == "hans" else source

    def names(self, sources: Iterable[str], last: str = "、") -> str:
        written = [self.name(source) for source in sources]
        return "、".join(written[:-1]) + (last if len(written) > 1 else "") + written[-1] if written else ""

    def label(self, item: Item) -> str:
        """第31项, with the document's title where there are several."""
        label = self.say(item.label)
        if len(self.documents) == 1:
            return label
        title = f"《{self.title(item.document)}》"
        return label if label.startswith(title) else f"{title}{label}"

    def title(self, document: str) -> str:
        """The short title of a document by its id."""
        return self.name(titles_of(shelved(self.documents))[document])

    def titles(self, documents: Sequence[Document], most: int) -> str:
        """《甲》、《乙》; of very many the newest."""
        named = "、".join(f"《{self.title(one.id)}》" for one in newest(shelved(documents))[:most])
        return named if len(documents) <= most else self.say("{named}等{count}份", named=named, count=len(documents))

    def quoted(self, words: Iterable[str]) -> str:
        """“甲”“乙”."""
        return "".join(f"“{word}”" for word in words)

    def few_labels(self, items: Sequence[Item]) -> str:
        """Of very many the first."""
        named = self.labels(items[:FEW])
        return named if len(items) <= FEW else self.say("{named}等", named=named)

    def figure(self, kinds: Sequence[FigureKind]) -> str:
        """What is asked for: 金额."""
        names = [FIGURES[kind] for kind in kinds if kind != "hour" or len(kinds) == 1] or ["事情"]
        return self.say("、".join(names[:-1]) + ("或" if len(names) > 1 else "") + names[-1])

    def labels(self, items: Iterable[Item]) -> str:
        return "、".join(map(self.label, items))

    def noun(self, items: Sequence[Item]) -> str:
        """条款 for numbers written 第1条, else 任务."""
        return self.say("条款" if _are_articles(items) else "条目" if self._mixed(items) else "任务")

    def counted(self, count: int, items: Sequence[Item]) -> str:
        """2项任务, 2条."""
        mixed = "{count}个条目" if self._mixed(items) else "{count}项任务"
        return self.say("{count}条" if _are_articles(items) else mixed, count=count)

    def short_count(self, count: int, items: Sequence[Item]) -> str:
        """2项, 2条."""
        return f"{count}{self.unit(items)}"

    def unit(self, items: Sequence[Item]) -> str:
        """What items are counted in: 条 of a law, 项 of a plan, 个条目 of both."""
        return self.say("条" if _are_articles(items) else "个条目" if self._mixed(items) else "项")

    def numbered(self, numbers: str, items: Sequence[Item]) -> str:
        """第3至5项, 第3至5条."""
        return self.say("第{numbers}条" if _are_articles(items) else "第{numbers}项", numbers=numbers)

    def _mixed(self, items: Sequence[Item]) -> bool:
        """Articles of some documents and tasks of others."""
        return len(self.documents) > 1 and isinstance(items, Items) and bool(items.article[items.rows].any())

    def section(self, number: int) -> str:
        return self.say(section_labels(shelved(self.documents)).get(number, f"第{number}部分"))

    def field(self, item: Item, role: Role) -> str:
        """牵头部门：甲、乙."""
        if role == "responsible" and item.sharing:
            return self.say("责任单位：") + self.names((*item.lead, *item.sharing))
        role = "lead" if role == "responsible" else role
        names = item.lead if role == "lead" else item.supporting
        if not names:
            return self.say(f"{role_field(role)}：未写明")
        if role == "lead" and item.responsible:  # the text says of none that it leads
            return self.say("责任单位：") + self.names(names)
        if role == "support" and item.collective:
            meant = self.say("（指{names}）", names=self.names(item.collective))
            return self.say(f"{role_field(role)}：") + self.names((*item.support, self.words_for_all(item))) + meant
        return self.say(f"{role_field(role)}：") + self.names(names)

    def words_for_all(self, item: Item) -> str:
        """各部室、下属单位: what its document calls those that it gives no names."""
        document = next(one for one in self.documents if one.id == item.document)
        return self.names(document.collective_words(item)) or self.say("各部门")

    def departments(self, item: Item) -> str:
        roles: tuple[Role, Role] = ("lead", "support")
        parts = [self.field(item, role) for role in roles if (item.lead if role == "lead" else item.supporting)]
        parts += self.leaders(item)
        return f"（{'；'.join(parts)}）" if parts else ""

    def leaders(self, item: Item) -> list[str]:
        """责任领导：张三, where somebody is named."""
        return [self.say("责任领导：") + self.names(item.leaders)] if item.leaders else []


def _kept(items: Iterable[Item]) -> Sequence[Item]:
    return items if isinstance(items, Items) else tuple(items)


def shelved(documents: Sequence[Document]) -> Shelf:
    return documents if isinstance(documents, Shelf) else Shelf(documents)


@kept()
def section_labels(documents: Shelf) -> dict[int, str]:
    """What outermost headings are called by their numbers, as the first document has it, in order of appearance."""
    labels: dict[int, str] = {}
    for section in (section for document in documents for section in document.sections):
        labels.setdefault(section.number, section.label)
    return labels


@kept()
def titles_of(documents: Shelf) -> dict[str, str]:
    """The short title of each document by its id."""
    return short_titles(documents)


@kept()
def newest(documents: Shelf) -> tuple[Document, ...]:
    """The newest first."""
    return tuple(newest_first(documents))


def _are_articles(items: Sequence[Item]) -> bool:
    if isinstance(items, Items):
        return items.are_articles
    return bool(items) and all(item.unit == "条" for item in items)


def opening(text: str) -> str:
    """The text up to its first stop after OPENING characters, verbatim."""
    stop = re.compile(r"[,，。；;：:\n]").search(text, OPENING)
    return text[: stop.start()] if stop else text
