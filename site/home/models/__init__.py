"""The face of what home keeps; each model lives in the file named after what it is about."""

from home.models.contact import ContactSettings, FooterLinkBlock, starts_here_or_secure
from home.models.gone import GoneAddress
from home.models.pages import ContentPage, FactBlock, HomePage
from home.models.problems import ProblemReport, ProblemReportQuerySet

__all__ = [
    "ContactSettings",
    "ContentPage",
    "FactBlock",
    "FooterLinkBlock",
    "GoneAddress",
    "HomePage",
    "ProblemReport",
    "ProblemReportQuerySet",
    "starts_here_or_secure",
]
