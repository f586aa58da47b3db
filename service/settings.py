"""What a running service is told: read once, at the command line's edge."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import PACKAGED
from index import Address, address_of

if TYPE_CHECKING:
    from service.llm import Llm
    from service.presence import Server


@dataclass(frozen=True, slots=True)
class Settings:
    documents: Path  # folder of source files
    data: Path  # folder of the built index
    encoder: str | None  # a sentence-transformers model by folder or hub name; None is the bundled one
    store: Address | None = None  # of what holds postings and vectors; None is the data folder
    reranker: str | None = None  # a sentence-transformers CrossEncoder by folder or hub name; None does without
    llm: "Llm | None" = None  # the language model that may help; None is none

    def of_servers(self, servers: "Sequence[Server]") -> "Settings":
        """With the encoder and the store of those that serve the data folder, where these do not name one."""
        if not servers:
            return self
        store = servers[0].store
        return replace(
            self, encoder=self.encoder or servers[0].encoder, store=self.store or (address_of(store) if store else None)
        )

    @property
    def names_folder(self) -> bool:
        """The documents are those of a folder; else the library's, or where it holds none the packaged one."""
        return self.documents != PACKAGED

    @property
    def index_command(self) -> str:
        """The command that builds the index these settings need."""
        return self._command("yaodian", "index")

    @property
    def calibrate_command(self) -> str:
        """The command that chooses the constants these settings' encoder needs."""
        own = [] if self.documents == PACKAGED else ["--questions", "题集"]
        reranker = ["--reranker", self.reranker] if self.reranker else []
        return replace(self, store=None)._command("python", "-m", "eval", "calibrate", *own, *reranker)

    def _command(self, *words: str) -> str:
        documents = [] if self.documents == PACKAGED else ["--documents", str(self.documents)]
        encoder = ["--encoder", self.encoder] if self.encoder else []
        store = ["--store", self.store.text] if self.store else []
        return shlex.join([*words, *documents, "--data", str(self.data), *encoder, *store])
