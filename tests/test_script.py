from corpus import fold, is_traditional, script_variants, spelling_key, to_traditional, well_formed


def test_folding_makes_traditional_and_full_width_text_simplified_and_half_width() -> None:
    assert fold("著力推進ＣＣＣ認證，台帳３１項") == "着力推进ccc认证,台帐31项"


def test_folding_keeps_length_so_that_offsets_point_into_the_source() -> None:
    source = "衞生檢疫İ與“雙隨機”𠮷"
    assert len(fold(source)) == len(source)
    assert fold(source)[3] == "疫"


def test_folding_keeps_a_word_whose_character_is_the_same_in_both_scripts() -> None:
    assert fold("顯著") == "显著"


def test_the_key_of_a_part_stands_in_the_key_of_the_whole() -> None:
    assert fold("著") not in fold("顯著")  # folding alone depends on the neighbours
    assert spelling_key("著") in spelling_key("顯著")


def test_only_text_with_a_character_that_folding_changes_is_traditional() -> None:
    assert is_traditional("哪些任務")
    assert not is_traditional("哪些任务，ＡＢＣ")


def test_prose_is_written_in_the_readers_glyphs() -> None:
    assert to_traditional("共有2项任务") == "共有2項任務"


def test_lone_surrogates_become_the_replacement_character() -> None:
    assert well_formed("一\ud800带") == "一\ufffd带"


def test_variants_are_what_readers_of_other_scripts_would_type_without_the_text_itself() -> None:
    assert script_variants("里面的软件") == ("裏面的軟件", "裡面的軟件")  # s2t and s2hk write alike here
    assert script_variants("裡面") == ("里面",)
    assert script_variants("品牌") == ()
