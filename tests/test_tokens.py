from index import Segmenter
from index.tokens import _broken


def test_text_is_folded_and_then_cut_with_the_domain_dictionary(segmenter: Segmenter) -> None:
    assert segmenter.words("服務“一帶一路”建設,推行雙隨機一公開") == [
        "服务",
        "一带一路",
        "建设",
        "推行",
        "双随机一公开",
    ]


def test_search_words_add_the_shorter_words_inside(segmenter: Segmenter) -> None:
    assert segmenter.search_words("一带一路") == ["一带", "一路", "一带一路"]


def test_words_of_asking_are_no_content_unless_nothing_else_is_left(segmenter: Segmenter) -> None:
    assert segmenter.content_words("养老的工作") == ["养老"]
    assert segmenter.content_words("工作") == ["工作"]


def test_long_unbroken_runs_are_broken_since_jieba_takes_quadratic_time() -> None:
    runs = _broken("认" * 50_000 + "，" + "证" * 150).split()
    assert [len(run) for run in runs] == [200] * 250 + [151]


def test_words_of_ones_own_are_found() -> None:
    assert Segmenter(["夜游经济"]).words("发展夜游经济") == ["发展", "夜游经济"]
