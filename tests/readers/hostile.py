"""Sixty files that mean harm, or are merely broken: name -> content."""

import io
import random
import struct
import zipfile
from collections.abc import Callable, Iterator

from openpyxl import Workbook

from tests.readers.pdfs import at, column_of, pdf
from tests.readers.words import W, definition, docx, instance, level, p, zipped

File = tuple[str, Callable[[], bytes]]  # its name, and what makes its content: some are large
SENTENCE = "各单位要认真组织实施，确保各项任务按时完成。"
XXE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = (
    "<!DOCTYPE a [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)) + "]>"
)
MAIN = f"<w:document {W}><w:body>"
END = "</w:body></w:document>"


def workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for number in range(50):
        sheet.append([number, SENTENCE])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def changed(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The archive with one part changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return zipped(
            {name: change(archive.read(name)) if name == part else archive.read(name) for name in archive.namelist()}
        )


def damaged(content: bytes, seed: int) -> bytes:
    """A few bytes written over."""
    chance = random.Random(seed)
    bytes_ = bytearray(content)
    for _ in range(30):
        bytes_[chance.randrange(len(bytes_))] = chance.randrange(256)
    return bytes(bytes_)


def word(body: str, before: str = "") -> bytes:
    return changed(docx(""), "word/document.xml", lambda _: f"{before}{MAIN}{body}{END}".encode())


def files() -> Iterator[File]:
    yield from _texts()
    yield from _words()
    yield from _sheets()
    yield from _pages()
    yield from _pdfs()
    yield from _others()


def _texts() -> Iterator[File]:
    yield "one line of fifty megabytes.txt", lambda: "长".encode() * 17_000_000
    yield "fifty megabytes.md", lambda: ("# 甲\n" + "**乙** [丙](丁)\n" * 2_000_000).encode()
    yield "stars.md", lambda: b"*" * 2_000_000
    yield "brackets.md", lambda: b"[" * 299_000
    yield "pipes.md", lambda: b"|" * 150_000 + b"\n" + b"|-" * 70_000
    yield "empty.txt", lambda: b""
    yield "spaces.txt", lambda: b" \r\n" * 1000
    yield "program.txt", lambda: b"\x7fELF" + bytes(range(256)) * 500
    yield "zeros.txt", lambda: bytes(100_000)
    yield "odd utf16.txt", lambda: b"\xff\xfe" + SENTENCE.encode("utf-16-le") + b"\x00"
    yield "surrogates.txt", lambda: b"\xff\xfe" + b"\x00\xd8" * 100
    yield "noise.txt", lambda: random.Random(1).randbytes(200_000)
    yield "carriage returns.txt", lambda: b"\r" * 1_000_000
    yield "..", lambda: SENTENCE.encode()
    yield "name with \" and ' and $(touch x).txt", lambda: SENTENCE.encode()
    yield "name with\nnewline.txt", lambda: SENTENCE.encode()
    yield "no suffix", lambda: SENTENCE.encode()


def _words() -> Iterator[File]:
    whole = docx(p(SENTENCE) * 200)
    yield "bomb.docx", lambda: zipped({"word/document.xml": bytes(300_000_000)})
    yield "bomb that lies.docx", lambda: _lying(zipped({"word/document.xml": MAIN + " " * 50_000_000 + END}))
    yield "ratio.docx", lambda: zipped({"word/document.xml": MAIN + "<w:p/>" + " " * 100_000_000 + END})
    yield "a million elements.docx", lambda: word("<w:p><w:r><w:t/></w:r></w:p>" * 1_000_000)
    yield "ten million elements.docx", lambda: word("<w:p/>" * 10_000_000)
    yield "xxe.docx", lambda: word("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", XXE)
    yield "laughs.docx", lambda: word("<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", LAUGHS)
    yield "xxe in styles.docx", lambda: docx(p(SENTENCE), styles="</w:styles>" + XXE)
    yield "deep.docx", lambda: word("<w:sdt><w:sdtContent>" * 100_000 + "</w:sdtContent></w:sdt>" * 100_000)
    yield "deep tables.docx", lambda: word("<w:tbl><w:tr><w:tc>" * 5_000 + "</w:tc></w:tr></w:tbl>" * 5_000)
    yield (
        "wide cell.docx",
        lambda: word(
            '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr></w:tc><w:tc/></w:tr></w:tbl>' * 1000
            + p(SENTENCE)
        ),
    )
    yield (
        "styles in a ring.docx",
        lambda: docx(
            p(SENTENCE, style="a"),
            styles='<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>',
        ),
    )
    yield (
        "huge numbers.docx",
        lambda: docx(
            p(SENTENCE, (1, 0)), definition(1, level(0, "upperLetter", "%1", start=999_999_999)) + instance(1, 1)
        ),
    )
    yield "truncated.docx", lambda: whole[: len(whole) // 2]
    yield "damaged.docx", lambda: damaged(whole, 2)
    yield "many parts.docx", lambda: zipped({f"word/{number}.xml": "" for number in range(25_000)})
    yield "no text.docx", lambda: zipped({"word/styles.xml": f"<w:styles {W}/>"})
    yield "not xml.docx", lambda: changed(docx(""), "word/document.xml", lambda _: b"\x00\xff" * 1000)
    yield "picture.docx", lambda: b"\x89PNG\r\n\x1a\n" + bytes(1000)


def _lying(content: bytes) -> bytes:
    """An archive whose directory says that the part unfolds to ten bytes."""
    at_ = content.rindex(b"PK\x01\x02")
    return content[: at_ + 24] + struct.pack("<I", 10) + content[at_ + 28 :]


def _sheets() -> Iterator[File]:
    whole, part = workbook(), "xl/worksheets/sheet1.xml"
    yield "truncated.xlsx", lambda: whole[: len(whole) // 2]
    yield "damaged.xlsx", lambda: damaged(whole, 3)
    yield "xxe.xlsx", lambda: changed(whole, part, lambda xml: XXE.encode() + xml)
    yield (
        "merged all over.xlsx",
        lambda: changed(
            whole,
            part,
            lambda xml: xml.replace(
                b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
            ),
        ),
    )
    yield (
        "two million cells.xlsx",
        lambda: changed(
            whole,
            part,
            lambda xml: xml.replace(b"</sheetData>", b"<row>" + b"<c><v>1</v></c>" * 2_000_000 + b"</row></sheetData>"),
        ),
    )
    yield "bad place.xlsx", lambda: changed(whole, part, lambda xml: xml.replace(b'r="A1"', b'r="???"'))
    yield "word inside.xlsx", lambda: docx(p(SENTENCE))


def _pages() -> Iterator[File]:
    yield "deep.html", lambda: b"<div>" * 300_000 + SENTENCE.encode()
    yield "deep tables.html", lambda: b"<table><tr><td>" * 3_000 + SENTENCE.encode()
    yield "a million elements.html", lambda: f"<p>{SENTENCE}</p>".encode() + b"<b>x</b>" * 1_000_000
    yield (
        "wide cell.html",
        lambda: (
            f"<table><tr><td colspan=99999999>{SENTENCE}<td rowspan=99999999>甲<tr><td>乙</table><p>{SENTENCE}".encode()
        ),
    )
    yield "nbsp.html", lambda: b"<p>" + "\xa0".encode() * 2_000_000 + SENTENCE.encode()
    yield "entities.html", lambda: b"<p>" + b"&nbsp;&lt;" * 500_000 + SENTENCE.encode()
    yield "binary.html", lambda: random.Random(4).randbytes(300_000)
    yield "truncated.html", lambda: f"<html><body><p>{SENTENCE}</p><table><tr><td".encode()


def _pdfs() -> Iterator[File]:
    whole = pdf([column_of([SENTENCE] * 20)])
    yield "page bomb.pdf", lambda: pdf([column_of([SENTENCE])], copies=50_000)
    yield "two thousand pages.pdf", lambda: pdf([column_of([SENTENCE] * 30)], copies=2_000)
    yield (
        "rules.pdf",
        lambda: pdf(
            [at(100, 700, SENTENCE) + "".join(f"{x} 0 m {x} 800 l S 0 {x} m 500 {x} l S\n" for x in range(1, 800)) * 40]
        ),
    )
    yield "a million letters.pdf", lambda: pdf([at(10, 10, SENTENCE * 50_000)])
    yield "truncated.pdf", lambda: whole[: len(whole) // 2]
    yield "damaged.pdf", lambda: damaged(whole, 5)
    yield "pages in a ring.pdf", lambda: whole.replace(b"/Kids[7 0 R]", b"/Kids[2 0 R]")
    yield "word inside.pdf", lambda: docx(p(SENTENCE))
    yield "nothing but a head.pdf", lambda: b"%PDF-1.7\n" + b"%" * 1_000_000


def _others() -> Iterator[File]:
    yield "document.ofd", lambda: zipped({"OFD.xml": "<ofd:OFD/>"})
    yield "archive.zip", lambda: zipped({"a.txt": SENTENCE})
    yield "pdf inside.txt", lambda: pdf([column_of([SENTENCE] * 20)])
    yield "script.exe", lambda: b"MZ" + bytes(1000)
