"""Models of the user's own, which sentence-transformers loads."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.checksum import checksum_of_all


class EncoderError(Exception):
    """A model that cannot be loaded; the message says what to do."""


@contextmanager
def loading(what: str, name: str, kind: str, without: str) -> Iterator[None]:
    """Raises EncoderError for whatever goes wrong inside. `what` is called the model, `kind` what its folder should hold;
    `without` says how to do without it."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise EncoderError(
            f"{what}“{name}”要用 sentence-transformers：pip install 'yaodian[encoders]'"
            f"（从源码安装：pip install -e '.[encoders]'）。{without}"
        ) from error
    except Exception as error:  # the library raises many kinds: missing folder, no network, bad files
        raise EncoderError(
            f"无法加载{what}“{name}”（{type(error).__name__}）。应为 {kind}的文件夹，或联网时模型库中的名称；{without}"
        ) from error


def checksum_of_folder(name: str) -> str | None:
    """Of all its files; None for a name of the hub."""
    files = sorted(path for path in Path(name).rglob("*") if path.is_file())
    return checksum_of_all(files) if files else None
