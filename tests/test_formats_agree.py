"""The same text as Word, web page, PDF and plain text gives the same items."""

import shutil
import subprocess
from pathlib import Path

import pytest
from docx import Document as Word

from corpus import Document, load_document

LINES = [
    "某市人民政府关于印发某某三年行动计划的通知",
    "某政发〔2024〕3号",
    "各区人民政府，市政府各部门：",
    "现将《某某三年行动计划》印发给你们，请认真贯彻执行。",
    "某市人民政府",
    "2024年3月5日",
    "某某三年行动计划",
    "一、总体要求",
    "以服务企业和群众为中心，把各项工作做深做细做实，到2026年底全面完成目标任务，形成可以复制推广的经验。",
    "二、主要任务",
    "（一）建设平台",
    "1.建成全市统一的数据平台，归集各部门、各单位的数据资源，按照需求导向开放共享，并建立数据质量的定期检查和通报制度。（市数据局牵头，市财政局、市经信局配合，2025年6月底前完成）",
    "2.建成算力平台，为中小企业提供普惠服务，服务价格向社会公开，每半年评估一次使用情况，并根据评估结果调整补贴标准。（责任单位：市经信局、市发展改革委）",
    "（二）培育企业",
    "1.引进链主企业，落实场地和人才政策，三年内引进不少于二十家，建立从洽谈、落地到投产的全过程跟踪服务机制。（市投资促进局负责）",
    "三、保障措施",
    "（一）加强领导。建立联席会议制度，每季度会商一次，及时研究解决推进中的困难和问题，重大事项报市政府决定。",
    "（二）加强宣传。各区、各部门及时总结好的做法，营造支持创新、宽容失败的良好氛围，定期发布典型案例。",
    "附件：分工表",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The text as plan.docx, and what LibreOffice makes of that: .html, .pdf, .txt."""
    if not shutil.which("soffice"):
        pytest.skip("needs LibreOffice (apt-get install libreoffice-writer)")
    made = tmp_path_factory.mktemp("formats")
    word = Word()
    for line in LINES:
        word.add_paragraph(line)
    word.save(str(made / "plan.docx"))
    for form in ("html:XHTML Writer File:UTF8", "pdf", "txt:Text (encoded):UTF8"):
        profile = f"-env:UserInstallation={(made / 'profile').as_uri()}"
        command = [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            form,
            "--outdir",
            str(made),
            str(made / "plan.docx"),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    return made


def read(folder: Path, suffix: str) -> list[tuple[object, ...]]:
    return [
        (item.id, item.label, item.text, item.lead, item.support, item.responsible, [str(due.by) for due in item.dues])
        for item in document(folder, suffix).items
    ]


def document(folder: Path, suffix: str) -> Document:
    return load_document(folder / f"plan{suffix}")


def test_the_items_are_those_of_the_text(folder: Path) -> None:
    found = read(folder, ".docx")
    assert [(id, lead, support) for id, _, _, lead, support, *_ in found] == [
        ("2.1.1", ("市数据局",), ("市财政局", "市经信局")),
        ("2.1.2", ("市经信局", "市发展改革委"), ()),
        ("2.2.1", ("市投资促进局",), ()),
        ("3.1", (), ()),
        ("3.2", (), ()),
    ]
    assert found[0][2] == LINES[11].partition("（市")[0][2:]
    assert found[0][6] == ["2025-06-30"]


@pytest.mark.parametrize("suffix", [".html", ".pdf", ".txt"])
def test_every_format_gives_the_same_items(folder: Path, suffix: str) -> None:
    assert read(folder, suffix) == read(folder, ".docx")
    facts = document(folder, suffix)
    assert (facts.title, facts.issuer, str(facts.date), facts.number) == (
        LINES[0],
        "某市人民政府",
        "2024-03-05",
        "某政发〔2024〕3号",
    )
