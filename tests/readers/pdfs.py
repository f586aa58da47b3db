"""PDF files written by hand for tests: text at a place, ruled lines, in a font that needs no embedding."""

import zlib


def pdf(pages: list[str], media: str = "0 0 595 842", rotate: int = 0, copies: int = 1) -> bytes:
    """One page for each content stream; `copies` shows each stream on so many pages."""
    objects = [b"", b"", b"", b"", b""]
    kids = []
    for content in pages:
        stream = zlib.compress(content.encode("latin-1"))
        objects.append(b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream))
        body = len(objects)
        for _ in range(copies):
            objects.append(
                b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Rotate %d/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
                % (media.encode(), rotate, body)
            )
            kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    objects[2] = b"<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/UniGB-UTF16-H/DescendantFonts[4 0 R]>>"
    objects[3] = (
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
        b"/DW 1000/W[1[500]]/FontDescriptor 5 0 R>>"
    )
    objects[4] = (
        b"<</Type/FontDescriptor/FontName/SimSun/Flags 4/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880/Descent -120"
        b"/CapHeight 880/StemV 80>>"
    )
    result = bytearray(b"%PDF-1.5\n")
    places = []
    for number, written in enumerate(objects, start=1):
        places.append(len(result))
        result += b"%d 0 obj%s\nendobj\n" % (number, written)
    start = len(result)
    result += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    result += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(result) + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)


def at(x: float, y: float, text: str, size: float = 10, spacing: float = 0) -> str:
    """Text whose first character starts at x, y from the bottom left."""
    return f"BT /F1 {size} Tf {spacing} Tc {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n"


def rule(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"{x0} {y0} m {x1} {y1} l S\n"


def column_of(written: list[str]) -> str:
    """Lines one below the other."""
    return "".join(at(100, 780 - 24 * place, text) for place, text in enumerate(written))
