from dataclasses import replace
from pathlib import Path

import pytest

from corpus import (
    CorpusError,
    Document,
    Failure,
    Settled,
    SourceFile,
    find_sources,
    listed_sources,
    load_corpus,
    read_document,
    settled_of,
)

NOTICE = "通知\n1、甲事。\n2、乙事。\n"


def test_documents_are_loaded_in_order_of_id_with_words_and_aliases(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(NOTICE, encoding="utf-8")
    (tmp_path / "a.txt").write_text("\ufeff" + NOTICE, encoding="utf-8")
    (tmp_path / "dictionary.txt").write_text("# 词\n夜游经济\n", encoding="utf-8")
    (tmp_path / "aliases.txt").write_text("文旅局 = 文化和旅遊局\n", encoding="utf-8")
    corpus = load_corpus(tmp_path)
    assert [document.id for document in corpus.documents] == ["a", "b"]
    assert corpus.documents[0].text == NOTICE
    assert {"夜游经济", "一带一路"} <= set(corpus.words)
    assert corpus.aliases["文旅局"] == "文化和旅游局"


def test_the_fingerprint_changes_with_a_document_and_with_the_dictionary(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NOTICE, encoding="utf-8")
    before = load_corpus(tmp_path).fingerprint
    assert load_corpus(tmp_path).fingerprint == before
    (tmp_path / "dictionary.txt").write_text("甲事\n", encoding="utf-8")
    with_word = load_corpus(tmp_path).fingerprint
    (tmp_path / "a.txt").write_text(NOTICE + "3、丙事。\n", encoding="utf-8")
    assert len({before, with_word, load_corpus(tmp_path).fingerprint}) == 3


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("dictionary.txt", "两个 词\n".encode(), "dictionary.txt：第1行：应为一行一个词"),
        ("thesaurus.txt", "老百姓 公众\n".encode(), "thesaurus.txt：第1行：应为“日常说法 = 公文用语"),
        ("thesaurus.txt", "盯 = 监管\n".encode(), "thesaurus.txt：第1行：应为“日常说法 = 公文用语"),
        ("aliases.txt", "# 注\n甲 乙\n".encode(), "aliases.txt：第2行：应为“别名 = 名称”"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / "z.txt").write_text(NOTICE, encoding="utf-8")
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CorpusError, match=message):
        load_corpus(tmp_path)


def test_a_missing_or_empty_folder_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"找不到文档文件夹.*--documents"):
        load_corpus(tmp_path / "absent")
    with pytest.raises(CorpusError, match="没有文档"):
        load_corpus(tmp_path)


def test_a_file_that_cannot_be_read_keeps_no_other_away(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NOTICE, encoding="utf-8")
    (tmp_path / "b.docx").write_bytes(b"PK")
    (tmp_path / "c.xyz").write_bytes(b"1")
    (tmp_path / "folder").mkdir()
    (tmp_path / "gone.txt").symlink_to(tmp_path / "absent.txt")
    (tmp_path / "d.txt").write_bytes("关于某事的通知\n1、加强工作，提高服务水平。\n2、落实责任。\n".encode("gb18030"))
    corpus = load_corpus(tmp_path)
    assert [document.id for document in corpus.documents] == ["a", "d"]
    assert corpus.documents[1].items[1].text == "落实责任。"
    assert [failure.name for failure in corpus.failures] == ["b.docx", "c.xyz", "folder", "gone.txt"]
    assert all("应为" in failure.reason for failure in corpus.failures)
    assert corpus.originals["a"] == tmp_path / "a.txt"


def test_two_files_of_one_name_have_ids_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NOTICE, encoding="utf-8")
    (tmp_path / "a.md").write_text(NOTICE, encoding="utf-8")
    assert [document.id for document in load_corpus(tmp_path).documents] == ["a.md", "a.txt"]


def test_a_name_that_is_another_file_s_id_gets_its_suffix_too(tmp_path: Path) -> None:
    for name in ("a.txt", "a.TXT", "a.md", "a.txt.md"):
        (tmp_path / name).write_text(NOTICE, encoding="utf-8")
    assert [*find_sources(tmp_path).files] == ["a.TXT", "a.md", "a.txt", "a.txt.md"]


def test_files_listed_with_what_is_settled_of_them_are_documents_like_those_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "1f").write_text(NOTICE, encoding="utf-8")
    (tmp_path / "1f.txt").write_text(NOTICE, encoding="utf-8")
    settled = settled_of({"title": "甲事通知"}, "甲事")
    one = SourceFile(tmp_path / "1f.txt", "1", settled, "甲事.txt", "人事")
    sources = listed_sources(tmp_path, {"b": one, "a": SourceFile(tmp_path / "1f", "1", Settled(), "乙.wmf")})
    read = [read_document(file, id, None) for id, file in sources.files.items()]
    failures = [failure for failure in read if isinstance(failure, Failure)]
    corpus = sources.holding([document for document in read if isinstance(document, Document)], failures)
    assert [(document.id, document.title) for document in corpus.documents] == [("b", "甲事通知")]
    assert [failure.name for failure in corpus.failures] == ["乙.wmf"]
    assert (corpus.names, corpus.groups) == ({"b": "甲事.txt"}, {"b": "人事"})
    open_to_all = listed_sources(tmp_path, {"b": replace(one, group="")})
    assert open_to_all.fingerprint != listed_sources(tmp_path, {"b": one}).fingerprint


def test_what_is_settled_beside_a_document_holds(tmp_path: Path) -> None:
    text = "通知\n一、甲事\n（一）细则之一，按规定办。（责任单位：甲局、乙局联合办公室）\n（二）细则之二，按规定办。\n附：任务分解表\n一、丙事由丙局办。\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    settled = 'title = "甲事通知"\nissuer = "某局"\ndate = 2024-05-06\nitem = "一、"\nattachments = ["附：任务"]\ndepartments = ["甲局、乙局联合办公室"]\n'
    (tmp_path / "a.toml").write_text(settled, encoding="utf-8")
    (document,) = load_corpus(tmp_path).documents
    assert (document.title, document.issuer, str(document.date)) == ("甲事通知", "某局", "2024-05-06")
    assert [item.id for item in document.items] == ["1", "a1.1"]
    assert document.items[0].lead == ("甲局、乙局联合办公室",)


@pytest.mark.parametrize(
    ("settled", "message"),
    [
        ("名称 = 1", "a.toml：应为 UTF-8 的 TOML 文件"),
        ("name = 1", "a.toml：应为 title、issuer.* 之一，实为“name”"),
        ("title = 1", "a.toml：title 应为一行文字，实为“1”"),
        ('item = "十"', "a.toml：item 应为编号的样式"),
    ],
)
def test_what_is_settled_wrongly_is_named(tmp_path: Path, settled: str, message: str) -> None:
    (tmp_path / "a.txt").write_text(NOTICE, encoding="utf-8")
    (tmp_path / "a.toml").write_text(settled, encoding="utf-8")
    with pytest.raises(CorpusError, match=message):
        load_corpus(tmp_path)
