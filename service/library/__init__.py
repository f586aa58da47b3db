"""Documents that come and go while they are served: which there are, who changed them and when."""

from service.library.audit import events, record
from service.library.copies import backup, damage_of, is_backup, restore_backup
from service.library.database import FILE, exists, reading, writing
from service.library.entry import BusyError, Entry, Event, Key, LibraryError, Role, State, UnknownEntryError, Version
from service.library.generations import Generations
from service.library.incoming import Incoming
from service.library.library import Library
from service.library.publishing import WAIT, OnStep, Publisher

__all__ = [
    "FILE",
    "WAIT",
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
    "backup",
    "damage_of",
    "events",
    "exists",
    "is_backup",
    "reading",
    "record",
    "restore_backup",
    "writing",
]
