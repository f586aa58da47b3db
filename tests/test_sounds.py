import numpy as np
import pytest
from pypinyin import Style, pinyin
from pypinyin.pinyin_dict import pinyin_dict

from index.sounds import _FILE, letters_of, points, sound_codes, sounds_of


def sounds_by_pypinyin() -> str:
    """What `sounds.txt` holds; with another version of pypinyin it is written anew."""
    characters: dict[str, str] = {}
    for code in sorted(pinyin_dict):
        ((sound,),) = pinyin(chr(code), style=Style.NORMAL)
        characters[sound] = characters.get(sound, "") + chr(code)
    return "".join(f"{sound} {characters[sound]}\n" for sound in sorted(characters))


def test_every_character_sounds_as_pypinyin_says() -> None:
    assert _FILE.read_text(encoding="utf-8") == sounds_by_pypinyin()


@pytest.mark.parametrize(
    ("character", "letters"), [("国", "guo"), ("國", "guo"), ("绿", "lv"), ("a", "a"), ("，", "，")]
)
def test_a_character_is_written_in_letters(character: str, letters: str) -> None:
    assert letters_of(character) == letters


def test_characters_that_sound_alike_have_one_number() -> None:
    assert sounds_of("经记") == sounds_of("經濟") != sounds_of("经理")
    assert sounds_of("a\U0010ffff") == (97, 0x10FFFF)
    assert (sound_codes("经记") < 0).all()
    assert np.array_equal(points("a国"), [97, 0x56FD])
