"""Files as a bad disk, a copy that was cut off or a hand leaves them."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

Damage = Callable[[bytearray, random.Random], None]


def flipped(content: bytearray, chance: random.Random) -> None:
    """One bit."""
    if content:
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def cut(content: bytearray, chance: random.Random) -> None:
    del content[chance.randrange(len(content) + 1) :]


def longer(content: bytearray, chance: random.Random) -> None:
    content += chance.randbytes(chance.randrange(1, 64))


def zeros(content: bytearray, chance: random.Random) -> None:
    """A sector that was never written."""
    start = chance.randrange(len(content) + 1)
    content[start : start + 512] = bytes(len(content[start : start + 512]))


def noise(content: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(content) + 1)
    content[start : start + 16] = chance.randbytes(len(content[start : start + 16]))


CONTENTS: tuple[Damage, ...] = (flipped, cut, longer, zeros, noise)


def damaged(path: Path, others: list[Path], chance: random.Random) -> str:
    """Damages the file somehow, or does away with it; what was done."""
    kind = chance.randrange(len(CONTENTS) + 3)
    if kind < len(CONTENTS):
        content = bytearray(path.read_bytes())
        CONTENTS[kind](content, chance)
        path.write_bytes(content)
        return CONTENTS[kind].__name__
    if kind == len(CONTENTS):
        path.write_bytes(chance.choice(others).read_bytes())
        return "another's content"
    path.unlink()
    if kind == len(CONTENTS) + 1:
        path.mkdir()
        return "a folder"
    return "missing"


def copied(folder: Path, to: Path) -> Path:
    shutil.rmtree(to, ignore_errors=True)
    return Path(shutil.copytree(folder, to))
