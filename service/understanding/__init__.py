"""How people ask: a question, read by one grammar over a lexicon, becomes a plan made of conditions."""

from service.understanding.asking import leans, plan_of
from service.understanding.between import EARLIER, Between
from service.understanding.catalogue import Catalogue
from service.understanding.choosing import Choice, chosen, of_documents
from service.understanding.constraints import About, AllOf, AnyOf, Constraint, Not
from service.understanding.dialogue import compares, follows, understand_after
from service.understanding.dues import DueBy, WithDue
from service.understanding.editions import edition_of
from service.understanding.enumerated import subjects_of
from service.understanding.figure import Figure
from service.understanding.lexicon import endings, lexicon
from service.understanding.places import (
    PLACES,
    Elsewhere,
    InDocument,
    InSection,
    InText,
    Numbered,
    Within,
    Without,
    ranges,
)
from service.understanding.plan import Ask, Correction, Layout, Offer, Part, Plan
from service.understanding.roles import Collective, Held, InRole, Role, having, name_key, role_field, role_word
from service.understanding.several import questions_in
from service.understanding.spelling import corrected, readings
from service.understanding.told import asked_part
from service.understanding.topic import alternatives, listed
from service.understanding.turn import Turn, after_answer
from service.understanding.understand import understand
from service.understanding.vocabulary import Vocabulary, departments_of
from service.understanding.writing import FIELDS, written

__all__ = [
    "EARLIER",
    "FIELDS",
    "PLACES",
    "About",
    "AllOf",
    "AnyOf",
    "Ask",
    "Between",
    "Catalogue",
    "Choice",
    "Collective",
    "Constraint",
    "Correction",
    "DueBy",
    "Elsewhere",
    "Figure",
    "Held",
    "InDocument",
    "InRole",
    "InSection",
    "InText",
    "Layout",
    "Not",
    "Numbered",
    "Offer",
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
    "asked_part",
    "chosen",
    "compares",
    "corrected",
    "departments_of",
    "edition_of",
    "endings",
    "follows",
    "having",
    "leans",
    "lexicon",
    "listed",
    "name_key",
    "of_documents",
    "plan_of",
    "questions_in",
    "ranges",
    "readings",
    "role_field",
    "role_word",
    "subjects_of",
    "understand",
    "understand_after",
    "written",
]
