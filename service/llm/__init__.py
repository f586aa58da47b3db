"""A language model behind a gate: it may read a question that the grammar cannot, and put a found set into sentences.

Loaded only where the operator names one. What it says is checked; set, count and citations are always the engine's.
"""

from service.llm.client import KEY, Client, Llm, LlmError
from service.llm.helping import Helping
from service.llm.phrasing import Phrased
from service.llm.requests import ModelRequest
from service.llm.routes import add_llm

__all__ = ["KEY", "Client", "Helping", "Llm", "LlmError", "ModelRequest", "Phrased", "add_llm"]
