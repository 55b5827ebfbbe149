"""The face of what home keeps; each model lives in the file named after what it is about."""

from home.models.contact import ContactSettings, FooterLinkBlock, starts_here_or_secure
from home.models.gone import GoneAddress
from home.models.pages import ContentPage, FactBlock, HomePage
from home.models.problems import ProblemReport, ProblemReportQuerySet
from home.models.terms import Forms, Term, TermSettings

__all__ = [
    "ContactSettings",
    "ContentPage",
    "FactBlock",
    "FooterLinkBlock",
    "Forms",
    "GoneAddress",
    "HomePage",
    "ProblemReport",
    "ProblemReportQuerySet",
    "Term",
    "TermSettings",
    "starts_here_or_secure",
]
