"""The public repository of laws (Markdown) -> the file that training reads.

python -m index.train.laws Laws laws.jsonl.xz
"""

import json
import lzma
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

SHORTEST = 15  # characters: shorter articles, such as 本条例自公布之日起施行, say nothing to learn from
END_OF_HEAD = "<!-- INFO END -->"  # what comes before it is the title and how the law was passed

_HEADING = re.compile(r"#+\s*(?:第[一二三四五六七八九十百零〇]+[编分章节]+\s*)?(.*)")
_ARTICLE = re.compile(r"第[一二三四五六七八九十百千零〇]+条(?:之[一二三四五六七八九十]+)?(?:\s+|$)")
_ITEM = re.compile(r"[一二三四五六七八九十百]+、")


def articles_of(markdown: str) -> Iterator[dict[str, str]]:
    """{title, heading, text} of each article: its paragraphs joined, its number left out. A law without articles is
    cut at 一、 二、 …"""
    head, _, body = markdown.partition(END_OF_HEAD)
    title = next((line.lstrip("#").strip() for line in head.splitlines() if line.startswith("#")), "")
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    begins = _ARTICLE if any(_ARTICLE.match(line) for line in lines) else _ITEM
    heading, text, inside = "", "", False
    for line in [*lines, "#"]:
        if line.startswith("#") or begins.match(line):
            if len(text) >= SHORTEST:
                yield {"title": title, "heading": heading, "text": text}
            text, inside = "", False
        if line.startswith("#"):
            heading = match[1].strip() if (match := _HEADING.fullmatch(line)) else ""
        elif number := begins.match(line):
            text, inside = line[number.end() :], True
        elif inside:
            text += line


def convert(repository: Path, out: Path) -> tuple[int, list[Path]]:
    """Write one article a line (.xz packs it), files in order of name, repeated articles once; how many, and the
    files in which none was found."""
    opener = lzma.open if out.suffix == ".xz" else open
    seen: set[tuple[str, str]] = set()
    without: list[Path] = []
    with opener(out, "wt", encoding="utf-8") as lines:
        for path in sorted(repository.rglob("*.md")):
            articles = list(articles_of(path.read_text(encoding="utf-8")))
            if not articles:
                without.append(path)
            for article in articles:
                if (key := (article["title"], article["text"])) not in seen:
                    seen.add(key)
                    lines.write(json.dumps(article, ensure_ascii=False) + "\n")
    return len(seen), without


def main(
    repository: Annotated[Path, typer.Argument(help="LawRefBook/Laws 的检出", exists=True, file_okay=False)],
    out: Annotated[Path, typer.Argument(help="写到哪个文件，如 laws.jsonl.xz")],
) -> None:
    """把公开的法律仓库（Markdown）变成训练用的法条文件。"""
    count, without = convert(repository, out)
    for path in without:
        print(f"没有找到条文：{path}", file=sys.stderr)
    print(f"{count} 条法条写入 {out}；{len(without)} 个文件没有条文", file=sys.stderr)
    if not count:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
