from pathlib import Path

import pytest

from corpus import CorpusError, load_corpus

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
        ("a.txt", "1、甲\n3、丙\n".encode(), "a.txt：第2行：应为编号2，实为编号3"),
        ("a.txt", "1、甲事\n".encode("gb18030"), "a.txt：第1行：应为 UTF-8 文本.*iconv"),
        ("a.docx", b"PK", "a.docx：文档文件夹里只应有 .txt 文件"),
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
