"""The documents that an office keeps: added, corrected, published, replaced, withdrawn and restored."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus import Document, Sources
from service.library.entry import Entry, Event
from service.library.incoming import Incoming
from service.library.publishing import OnStep, Publisher


class Library:
    """What is acknowledged is durable, and all serving processes serve it; what fails changes nothing.

    `publisher` makes what is published served; without one it is when the service starts next. `on_step` is told
    each step of publishing as it is done.
    """

    def __init__(self, data: Path, publisher: Publisher | None = None, on_step: OnStep | None = None) -> None:
        self.data, self._publisher, self._on_step = data, publisher, on_step

    # To look

    def list(self) -> Sequence[Entry]:
        """Every document, by id, without its `versions`; of a folder without a library none."""
        raise NotImplementedError

    def show(self, id: str) -> Entry:
        """Raises UnknownEntryError."""
        raise NotImplementedError

    def history(self, id: str | None = None) -> Sequence[Event]:
        """What was done to the document, or to any, newest first."""
        raise NotImplementedError

    def read(self, id: str, version: int | None = None) -> Document:
        """A version as it is read: its draft, or where there is none what is published. Raises LibraryError."""
        raise NotImplementedError

    def file(self, id: str, version: int | None = None) -> Path:
        """The same as it came, checked out."""
        raise NotImplementedError

    def sources(self) -> Sources | None:
        """What is published, for the index; None where nothing is."""
        raise NotImplementedError

    # To change

    def add(
        self, file: Path, *, name: str | None = None, id: str | None = None, group: str | None = None, by: str
    ) -> Entry:
        """Published, in place of what the document was before. `name` is the file's own where it has another on this
        machine; the id is the name without its suffix where none is given; the group stays where none is given.
        Raises LibraryError, also where the file cannot be read."""
        raise NotImplementedError

    def add_all(self, incoming: Sequence[Incoming], by: str) -> Sequence[Entry]:
        """Several, published at once: all or none."""
        raise NotImplementedError

    def draft(
        self, file: Path, *, name: str | None = None, id: str | None = None, group: str | None = None, by: str
    ) -> Entry:
        """Kept to be corrected and published later; in place of a draft that there was."""
        raise NotImplementedError

    def settle(self, id: str, settled: Mapping[str, Any], by: str) -> Entry:
        """What its reading could only guess, as in a .toml beside a file (`date` as text), instead of what was settled
        before; None takes a field away. It becomes a draft of the same file where there is none. Raises LibraryError
        where a field is not what it should be or the file can then not be read."""
        raise NotImplementedError

    def publish(self, id: str, by: str) -> Entry:
        """The draft, in place of what was published. Raises LibraryError where there is none."""
        raise NotImplementedError

    def discard(self, id: str, by: str) -> Entry | None:
        """The draft; None where the document was nothing else."""
        raise NotImplementedError

    def withdraw(self, id: str, by: str) -> Entry:
        """Gone from all that is served, and kept; a document that is withdrawn already stays so."""
        raise NotImplementedError

    def restore(self, id: str, version: int | None = None, *, by: str) -> Entry:
        """A withdrawn document served again; or an earlier version, in place of what is published."""
        raise NotImplementedError

    def set_group(self, id: str, group: str, by: str) -> Entry:
        """Who may read it: the keys that name the group; empty for all readers."""
        raise NotImplementedError
