"""Interviews by professionals: one that anybody reads, and one that is not online and is the editors' alone."""

from accounts.roles import sync_roles
from tests.factories.professionals import add_interview, add_professionals
from tests.matrix.words import COMMON

ROWS = """
# Interviews and articles
professionals
    -              200/200  200/200  200/200  200/200  200/200  200/200  200/200  200/200  200/200
professional_feed
    -              200/200  200/200  200/200  200/200  200/200  200/200  200/200  200/200  200/200
professional
    open           200/200  200/200  200/200  200/200  200/200  200/200  200/200  200/200  200/200
    draft          404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
    none           404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404  404/404
professional_on_paper
    open           200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405
    draft          404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405
    none           404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405  404/405
"""

PAGES = {
    "open": lambda world: {"slug": "van-de-was"},
    "draft": lambda world: {"slug": "nog-niet"},
    "none": lambda world: {"slug": "bestaat-niet"},
}


def interview_professionals(world):
    index = add_professionals(world.site.home)
    sync_roles()  # who edits them is given to the list, and now it is there
    add_interview(index, "Van de was")
    title = world.words.plant("the title of a draft interview", "marieke petra", in_cms=True)
    add_interview(index, f"{COMMON} {title}", slug="nog-niet", live=False)
