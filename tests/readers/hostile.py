"""Sixty files that mean harm, or are merely broken: name -> content."""

import io
import random
import struct
import zipfile
from collections.abc import Callable, Iterator

from openpyxl import Workbook

from tests.readers.pdfs import at, column_of, pdf
from tests.readers.words import W, definition, docx, instance, level, p, zipped

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


def files() -> Iterator[tuple[str, bytes]]:
    yield from _texts()
    yield from _words()
    yield from _sheets()
    yield from _pages()
    yield from _pdfs()
    yield from _others()


def _texts() -> Iterator[tuple[str, bytes]]:
    yield "one line of fifty megabytes.txt", "长".encode() * 17_000_000
    yield "fifty megabytes.md", ("# 甲\n" + "**乙** [丙](丁)\n" * 2_000_000).encode()
    yield "stars.md", b"*" * 2_000_000
    yield "brackets.md", b"[" * 299_000
    yield "pipes.md", b"|" * 150_000 + b"\n" + b"|-" * 70_000
    yield "empty.txt", b""
    yield "spaces.txt", b" \r\n" * 1000
    yield "program.txt", b"\x7fELF" + bytes(range(256)) * 500
    yield "zeros.txt", bytes(100_000)
    yield "odd utf16.txt", b"\xff\xfe" + SENTENCE.encode("utf-16-le") + b"\x00"
    yield "surrogates.txt", b"\xff\xfe" + b"\x00\xd8" * 100
    yield "noise.txt", random.Random(1).randbytes(200_000)
    yield "carriage returns.txt", b"\r" * 1_000_000
    yield "..", SENTENCE.encode()
    yield "name with \" and ' and $(touch x).txt", SENTENCE.encode()
    yield "name with\nnewline.txt", SENTENCE.encode()
    yield "no suffix", SENTENCE.encode()


def _words() -> Iterator[tuple[str, bytes]]:
    whole = docx(p(SENTENCE) * 200)
    yield "bomb.docx", zipped({"word/document.xml": bytes(300_000_000)})
    yield "bomb that lies.docx", _lying(zipped({"word/document.xml": MAIN + " " * 50_000_000 + END}))
    yield "ratio.docx", zipped({"word/document.xml": MAIN + "<w:p/>" + " " * 100_000_000 + END})
    yield "a million elements.docx", word("<w:p><w:r><w:t/></w:r></w:p>" * 1_000_000)
    yield "ten million elements.docx", word("<w:p/>" * 10_000_000)
    yield "xxe.docx", word("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", XXE)
    yield "laughs.docx", word("<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", LAUGHS)
    yield "xxe in styles.docx", docx(p(SENTENCE), styles="</w:styles>" + XXE)
    yield "deep.docx", word("<w:sdt><w:sdtContent>" * 100_000 + "</w:sdtContent></w:sdt>" * 100_000)
    yield "deep tables.docx", word("<w:tbl><w:tr><w:tc>" * 5_000 + "</w:tc></w:tr></w:tbl>" * 5_000)
    yield (
        "wide cell.docx",
        word(
            '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr></w:tc><w:tc/></w:tr></w:tbl>' * 1000
            + p(SENTENCE)
        ),
    )
    yield (
        "styles in a ring.docx",
        docx(
            p(SENTENCE, style="a"),
            styles='<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>',
        ),
    )
    yield (
        "huge numbers.docx",
        docx(p(SENTENCE, (1, 0)), definition(1, level(0, "upperLetter", "%1", start=999_999_999)) + instance(1, 1)),
    )
    yield "truncated.docx", whole[: len(whole) // 2]
    yield "damaged.docx", damaged(whole, 2)
    yield "many parts.docx", zipped({f"word/{number}.xml": "" for number in range(25_000)})
    yield "no text.docx", zipped({"word/styles.xml": f"<w:styles {W}/>"})
    yield "not xml.docx", changed(docx(""), "word/document.xml", lambda _: b"\x00\xff" * 1000)
    yield "picture.docx", b"\x89PNG\r\n\x1a\n" + bytes(1000)


def _lying(content: bytes) -> bytes:
    """An archive whose directory says that the part unfolds to ten bytes."""
    at_ = content.rindex(b"PK\x01\x02")
    return content[: at_ + 24] + struct.pack("<I", 10) + content[at_ + 28 :]


def _sheets() -> Iterator[tuple[str, bytes]]:
    whole, part = workbook(), "xl/worksheets/sheet1.xml"
    yield "truncated.xlsx", whole[: len(whole) // 2]
    yield "damaged.xlsx", damaged(whole, 3)
    yield "xxe.xlsx", changed(whole, part, lambda xml: XXE.encode() + xml)
    yield (
        "merged all over.xlsx",
        changed(
            whole,
            part,
            lambda xml: xml.replace(
                b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
            ),
        ),
    )
    yield (
        "two million cells.xlsx",
        changed(
            whole,
            part,
            lambda xml: xml.replace(b"</sheetData>", b"<row>" + b"<c><v>1</v></c>" * 2_000_000 + b"</row></sheetData>"),
        ),
    )
    yield "bad place.xlsx", changed(whole, part, lambda xml: xml.replace(b'r="A1"', b'r="???"'))
    yield "word inside.xlsx", docx(p(SENTENCE))


def _pages() -> Iterator[tuple[str, bytes]]:
    yield "deep.html", b"<div>" * 300_000 + SENTENCE.encode()
    yield "deep tables.html", b"<table><tr><td>" * 3_000 + SENTENCE.encode()
    yield "a million elements.html", f"<p>{SENTENCE}</p>".encode() + b"<b>x</b>" * 1_000_000
    yield (
        "wide cell.html",
        f"<table><tr><td colspan=99999999>{SENTENCE}<td rowspan=99999999>甲<tr><td>乙</table><p>{SENTENCE}".encode(),
    )
    yield "nbsp.html", b"<p>" + "\xa0".encode() * 2_000_000 + SENTENCE.encode()
    yield "entities.html", b"<p>" + b"&nbsp;&lt;" * 500_000 + SENTENCE.encode()
    yield "binary.html", random.Random(4).randbytes(300_000)
    yield "truncated.html", f"<html><body><p>{SENTENCE}</p><table><tr><td".encode()


def _pdfs() -> Iterator[tuple[str, bytes]]:
    whole = pdf([column_of([SENTENCE] * 20)])
    yield "page bomb.pdf", pdf([column_of([SENTENCE])], copies=50_000)
    yield "two thousand pages.pdf", pdf([column_of([SENTENCE] * 30)], copies=2_000)
    yield (
        "rules.pdf",
        pdf(
            [at(100, 700, SENTENCE) + "".join(f"{x} 0 m {x} 800 l S 0 {x} m 500 {x} l S\n" for x in range(1, 800)) * 40]
        ),
    )
    yield "a million letters.pdf", pdf([at(10, 10, SENTENCE * 50_000)])
    yield "truncated.pdf", whole[: len(whole) // 2]
    yield "damaged.pdf", damaged(whole, 5)
    yield "pages in a ring.pdf", whole.replace(b"/Kids[7 0 R]", b"/Kids[2 0 R]")
    yield "word inside.pdf", docx(p(SENTENCE))
    yield "nothing but a head.pdf", b"%PDF-1.7\n" + b"%" * 1_000_000


def _others() -> Iterator[tuple[str, bytes]]:
    yield "document.ofd", zipped({"OFD.xml": "<ofd:OFD/>"})
    yield "archive.zip", zipped({"a.txt": SENTENCE})
    yield "pdf inside.txt", pdf([column_of([SENTENCE] * 20)])
    yield "script.exe", b"MZ" + bytes(1000)
