"""How people ask: a question, read by one grammar over a lexicon, becomes a plan made of conditions."""

from service.understanding.between import EARLIER, Between, between_of
from service.understanding.constraints import About, AllOf, AnyOf, Constraint, Not
from service.understanding.dialogue import compares, follows, understand_after
from service.understanding.dues import DueBy, WithDue
from service.understanding.editions import edition_of
from service.understanding.lexicon import lexicon
from service.understanding.places import PLACES, Elsewhere, InDocument, InSection, Numbered, Within, Without, ranges
from service.understanding.plan import Ask, Correction, Layout, Part, Plan
from service.understanding.roles import Collective, Held, InRole, Role, having, name_key, role_field, role_word
from service.understanding.several import questions_in
from service.understanding.spelling import corrected, readings
from service.understanding.topic import alternatives, listed
from service.understanding.turn import Turn, after_answer
from service.understanding.understand import understand
from service.understanding.vocabulary import Vocabulary, departments_of
from service.understanding.writing import compared, written

__all__ = [
    "EARLIER",
    "PLACES",
    "About",
    "AllOf",
    "AnyOf",
    "Ask",
    "Between",
    "Collective",
    "Constraint",
    "Correction",
    "DueBy",
    "Elsewhere",
    "Held",
    "InDocument",
    "InRole",
    "InSection",
    "Layout",
    "Not",
    "Numbered",
    "Part",
    "Plan",
    "Role",
    "Turn",
    "Vocabulary",
    "WithDue",
    "Within",
    "Without",
    "after_answer",
    "alternatives",
    "between_of",
    "compared",
    "compares",
    "corrected",
    "departments_of",
    "edition_of",
    "follows",
    "having",
    "lexicon",
    "listed",
    "name_key",
    "questions_in",
    "ranges",
    "readings",
    "role_field",
    "role_word",
    "understand",
    "understand_after",
    "written",
]
