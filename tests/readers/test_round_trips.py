"""The same text as .docx, .html, .pdf, .txt, .doc, .rtf and .odt gives the same lines; LibreOffice makes the files."""

import shutil
import subprocess
from pathlib import Path

import pytest

from corpus.readers import SourceLine, read_source
from tests.readers.words import definition, docx, instance, level, p, saved

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="soffice is not installed: nothing here makes the files")
LINES = [
    "关于推进政务服务工作的实施方案",
    "为进一步推进政务服务工作，提升企业和群众办事的便利程度，根据上级部署，结合本地实际，制定本实施方案，请各单位认真贯彻执行。",
    "一、重点任务",
    "（一）优化办事流程。压缩办理时限，推进一网通办，让企业群众办事更加方便快捷，年底前实现全部事项网上可办、就近可办、马上能办。"
    "（市发展改革委牵头，市财政局、市人力社保局按职责分工负责）",
    "（二）完善服务平台。",
    "1.建设统一的数据平台，2026年6月底前上线运行。",
    "2.开展业务培训。",
    "二、保障措施",
    "第一条 各单位要加强协同配合，形成工作合力。",
    "第二条 本方案自发布之日起施行。",
]


def converted(source: Path, form: str) -> Path:
    folder = source.parent / form.split(":")[0]
    profile = (source.parent / "profile").as_uri()
    subprocess.run(
        [str(SOFFICE), f"-env:UserInstallation={profile}", "--headless", "--convert-to", form, "--outdir", str(folder), str(source)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return folder / f"{source.stem}.{form.split(':')[0]}"


def texts(path: Path) -> list[str]:
    return [line.text for line in read_source(path).lines]


@pytest.mark.parametrize("form", ["pdf", "html", "txt:Text (encoded):UTF8", "doc", "rtf", "odt"])
def test_every_format_gives_the_same_lines(form: str, tmp_path: Path) -> None:
    source = saved(tmp_path, "a.docx", docx("".join(p(text) for text in LINES)))
    assert texts(source) == LINES
    assert texts(converted(source, form)) == LINES


def test_the_numbers_are_those_that_another_program_shows(tmp_path: Path) -> None:
    numbering = definition(
        1,
        level(0, "chineseCountingThousand", "%1、"),
        level(1, "chineseCountingThousand", "（%2）"),
        level(2, "decimal", "%3."),
        level(3, "bullet", "•"),
        level(4, "decimalEnclosedCircle", "%5"),
    ) + definition(
        2,
        level(0, "chineseCountingThousand", "第%1条　"),
        level(1, "upperRoman", "%2."),
        level(2, "lowerLetter", "%1.%3)"),
    )
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    numbering += instance(1, 1) + instance(2, 2) + instance(3, 2, anew)
    places = [
        (1, 0), (1, 1), (1, 2), (1, 2), (1, 4), (1, 4), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1), (2, 0), (2, 1), (2, 1), (2, 0), (2, 1),
        (2, 0), (3, 0), (3, 0), (3, 1), *[(2, 0)] * 12, (1, 0), (1, 2),
    ]  # fmt: skip
    body = "".join(
        p(f"事项{'甲乙丙丁'[at % 4]}。", place) + p("说明一句。" * (at % 3 == 0)) for at, place in enumerate(places)
    )
    source = saved(tmp_path, "a.docx", docx(body, numbering))

    def bare(path: Path) -> list[str]:
        return ["".join(text.split()) for text in texts(path) if text.strip()]

    assert bare(source) == bare(converted(source, "txt:Text (encoded):UTF8"))


def test_a_table_gives_the_same_rows_as_word_page_and_pdf(tmp_path: Path) -> None:
    rows = [["序号", "重点任务", "牵头单位", "完成时限"]] + [
        [
            str(number),
            f"建设第{number}个平台，完善服务功能，提升服务水平，推进数据共享。",
            "市发展改革委、市数据局",
            "2026年6月",
        ]
        for number in range(1, 61)
    ]
    border = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    table = (
        f'<w:tbl><w:tblPr><w:tblW w:w="9000" w:type="dxa"/><w:tblBorders>{border}</w:tblBorders></w:tblPr><w:tblGrid>'
    )
    table += "".join(f'<w:gridCol w:w="{width}"/>' for width in (800, 4600, 2000, 1600)) + "</w:tblGrid>"
    for at, cells in enumerate(rows):
        table += "<w:tr>" + ("<w:trPr><w:tblHeader/></w:trPr>" if at == 0 else "")
        table += "".join(f"<w:tc>{p(cell)}</w:tc>" for cell in cells) + "</w:tr>"
    source = saved(tmp_path, "a.docx", docx(p("任务清单") + table + "</w:tbl>" + p("")))
    expected = [SourceLine("任务清单")] + [
        SourceLine("\t".join(cells), "row", cells=tuple(cells), header=at == 0) for at, cells in enumerate(rows)
    ]
    for path in (source, converted(source, "html"), converted(source, "pdf")):
        assert list(read_source(path).lines) == expected, path.suffix
