class Refused(Exception):
    """An act says no. What it is raised with is one translated sentence, to show to the person who asked for it."""
