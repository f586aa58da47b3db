"""Documents that come and go while they are served: which there are, who changed them and when."""

from service.library.audit import events, record
from service.library.database import exists, reading, writing
from service.library.entry import BusyError, Entry, Event, Key, LibraryError, Role, State, UnknownEntryError, Version
from service.library.generations import Generations
from service.library.incoming import Incoming
from service.library.library import Library
from service.library.publishing import OnStep, Publisher

__all__ = [
    "BusyError",
    "Entry",
    "Event",
    "Generations",
    "Incoming",
    "Key",
    "Library",
    "LibraryError",
    "OnStep",
    "Publisher",
    "Role",
    "State",
    "UnknownEntryError",
    "Version",
    "events",
    "exists",
    "reading",
    "record",
    "writing",
]
