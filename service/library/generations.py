"""Generations of the index as a library publishes them."""

from collections.abc import Sequence

from corpus import Sources, find_sources
from index import Milvus, OnDocument, discard, point_at, pointed
from service.building import BuildingError, built_in_child
from service.library.entry import LibraryError
from service.presence import wait_for
from service.settings import Settings


class Generations:
    """The publisher of a data folder."""

    def __init__(self, settings: Settings, on_document: OnDocument | None = None) -> None:
        self._settings, self._on_document = settings, on_document
        self._holder = Milvus(settings.store) if settings.store else None
        self.late: Sequence[str] = ()  # processes that did not serve it in time

    def build(self, sources: Sources | None) -> str:
        try:
            return built_in_child(self._settings, sources or find_sources(), self._on_document)
        except BuildingError as error:
            raise LibraryError(str(error)) from error
        except OSError as error:
            raise LibraryError(f"建立索引的进程启动不了（{error.strerror}）；没有改动。") from error

    def point(self, name: str) -> None:
        data = self._settings.data
        try:
            if name != pointed(data):
                point_at(data, name, self._holder)
        except OSError as error:
            raise LibraryError(
                f"改动已经记下，但索引还没有换上：{data} 写不进去（{error.strerror}）。正在运行的服务、或下一次启动会换上。"
            ) from error

    def discard(self, name: str) -> None:
        if name and name != pointed(self._settings.data):
            discard(self._settings.data, name, self._holder)

    def wait(self, name: str) -> None:
        self.late = wait_for(self._settings.data, name)
