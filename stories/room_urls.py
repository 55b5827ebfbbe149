"""Addresses of the room of who tells."""

from django.urls import path

from stories.views import cowriters, release, room, talk, tell, teller

STORY = "verhaal/<uuid:story_key>/"

urlpatterns = [
    path("", room.room, name="room"),
    path("over-mij/", teller.my_teller, name="my_teller"),
    path("vertel/", tell.tell_new, name="tell_new"),
    path("vertel/<uuid:story_key>/", tell.tell, name="tell"),
    path("vertel/<uuid:story_key>/bewaar/", tell.tell_autosave, name="tell_autosave"),
    path(STORY, room.told_story, name="told_story"),
    path(f"{STORY}pauze/", room.pause, name="pause_story"),
    path(f"{STORY}verder/", room.resume, name="resume_story"),
    path(f"{STORY}nog-een-jaar/", room.stay, name="story_stays"),
    path(f"{STORY}weggooien/", room.throw_away, name="throw_away"),
    path(f"{STORY}opmerking/", room.remark_seen, name="remark_seen"),
    path(f"{STORY}nalezen/", release.read_back, name="read_back"),
    path(f"{STORY}vrijgeven/", release.release, name="release_story"),
    path(f"{STORY}nakijken/", release.check, name="check_story"),
    path(f"{STORY}plaatsen/", release.publish, name="publish_story"),
    path(f"{STORY}meelezers/", cowriters.co_writers, name="co_writers"),
    path(f"{STORY}meelezers/<uuid:person>/terug/", cowriters.take_back, name="take_back"),
    path(f"{STORY}meelezers/nakijken/", cowriters.ask_check, name="ask_check"),
    path(f"{STORY}reacties/", talk.story_talk, name="story_talk"),
    path(f"{STORY}gelezen/", cowriters.read_along, name="read_along"),
    path(f"{STORY}uitschrijven/", cowriters.write_out, name="write_out"),
]
