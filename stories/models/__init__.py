from stories.models.story import StoryIndexPage, StoryPage, StoryTag

__all__ = ["StoryIndexPage", "StoryPage", "StoryTag"]
