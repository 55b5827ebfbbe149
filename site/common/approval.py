"""What follows on the last approval of Wagtail's workflow (settings.WAGTAIL_FINISH_WORKFLOW_ACTION)."""


def finish(workflow_state, user=None):
    """Put the newest version online if its kind of page goes online by approval and misses nothing.

    Raises Refused with what is missing: the approval is then undone, and the CMS shows the sentence.
    """
    from common.scheduling import refuse_unfinished  # Wagtail reads this module before there are any models

    newest = workflow_state.content_object.get_latest_revision()
    page = newest.as_object()
    if getattr(page, "goes_online_by_approval", True):
        refuse_unfinished(page)
        newest.publish(user=user)
