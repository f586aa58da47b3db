"""An answer as Markdown: what it says line by line, quotes as block quotes, every number a link to its item's page."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any
from urllib.parse import quote

Json = Mapping[str, Any]

OPENING = 100  # characters of an item that is near
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~])|^(\s*)([#+\-=>]|\d+[.)])", re.MULTILINE)
# one of ours: in what is quoted brackets are escaped
_LINK = re.compile(r"(?<!\\)\[((?:[^\]\\]|\\.)+)\]\(([^()\s]+)\)")
_QUOTING = ("item", "quote")  # kinds of statements that are text of a document


class Markdown:
    """`address` is where the service is reached, without a slash behind."""

    def __init__(self, reply: Json, address: str) -> None:
        self._reply, self._address = reply, address
        every = [*reply["items"], *reply["related"]]
        self._items = {(one["document"], one["id"]): one for one in every}
        self._several = len({one["document"] for one in every}) > 1

    @cached_property
    def parts(self) -> list[str]:
        """One after the other the whole: the count first, the documents last."""
        return list(self._parts())

    def _parts(self) -> Iterator[str]:
        yield from self._statements()
        yield from self._rest()
        if self._reply["related"] and not self._reply["items"] and self._reply["grade"] == "perhaps":
            text = "\n".join(f"- {self._link(one)}：{plain(opening(one['text']))}" for one in self._reply["related"])
            yield "\n\n" + text
        if choices := self._reply.get("choices"):
            yield "\n\n" + "\n".join(f"- {plain(one['question'])}" for one in choices)
        if self._reply["documents"] and not self._reply["declined"]:
            yield f"\n\n{self._word('来源')}：{'、'.join(map(self._document, self._reply['documents']))}"

    @property
    def citations(self) -> list[dict[str, Any]]:
        """Where the text names an item, as annotations of a message: [start_index, end_index) of it."""
        return [
            {
                "type": "url_citation",
                "url_citation": {
                    "start_index": one.start(),
                    "end_index": one.end(),
                    "url": one[2],
                    "title": re.sub(r"\\(.)", r"\1", one[1]).strip("〔〕"),
                },
            }
            for one in _LINK.finditer("".join(self.parts))
        ]

    def _statements(self) -> Iterator[str]:
        """Quotes as block quotes; what is said again and again, as of each row of a table, as a list."""
        said = self._reply["statements"]
        times = Counter(one["kind"] for one in said)
        for number, statement in enumerate(said):
            text = self._linked(statement).replace("\n", "  \n")
            if statement["kind"] in _QUOTING:
                gap, text = "\n\n", "> " + text.replace("\n", "\n> ")
            elif times[statement["kind"]] > 1:
                gap = "\n" if number and said[number - 1]["kind"] == statement["kind"] else "\n\n"
                text = "- " + text.replace("\n", "\n  ")
            else:
                gap = "\n\n"
            yield (gap if number else "") + text

    def _rest(self) -> Iterator[str]:
        """Items that no line names; where the reply holds not all, the page that does."""
        named = {(one["document"], one["id"]) for said in self._reply["statements"] for one in said["items"]}
        rest = [one for one in self._reply["items"] if (one["document"], one["id"]) not in named]
        if rest:
            yield f"\n\n{self._word('其余')}：{'、'.join(map(self._link, rest))}"
        if self._reply["table"] is None and (self._reply["count"] or 0) > len(self._reply["items"]) > 0:
            asked = quote(self._reply["plan"]["question"], safe="")
            yield f"\n\n[全部]({self._address}/?q={asked})"

    def _linked(self, statement: Json) -> str:
        """Its text, the items that it names as links."""
        named = [self._items.get((one["document"], one["id"])) for one in statement["items"]]
        links: dict[str, str] = {}
        for item in named:
            if item:
                links.setdefault(item["label"], self._address + item["url"])
                links[f"《{item['document_title']}》{item['label']}"] = self._address + item["url"]
        if not links:
            return plain(statement["text"])
        longest_first = sorted(links, key=len, reverse=True)
        labels = re.compile("|".join(f"〔{re.escape(one)}〕|{re.escape(one)}" for one in longest_first))
        text, at = "", 0
        for match in labels.finditer(statement["text"]):
            text += plain(statement["text"][at : match.start()])
            text += f"[{plain(match[0])}]({links[match[0].strip('〔〕')]})"
            at = match.end()
        return text + plain(statement["text"][at:])

    def _link(self, item: Json) -> str:
        label = f"《{item['document_title']}》{item['label']}" if self._several else item["label"]
        return f"[{plain(label)}]({self._address}{item['url']})"

    def _document(self, document: Json) -> str:
        return f"[《{plain(document['title'])}》]({self._address}/documents/{quote(document['id'], safe='')})"

    def _word(self, word: str) -> str:
        return {"来源": "來源", "其余": "其餘"}.get(word, word) if self._reply["script"] == "hant" else word


def opening(text: str) -> str:
    """A line of it: what follows stands on the item's page."""
    line = text.split("\n")[0]
    return line if len(line) <= OPENING else line[:OPENING] + "…"


def plain(text: str) -> str:
    """As it stands, whatever it holds that Markdown would read as more."""
    return _SPECIAL.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", text)
