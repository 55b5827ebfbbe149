"""Addresses of stories before Wagtail's, which would cost eight queries more."""

from django.urls import include, path

from stories.feeds import ProfessionalFeed, StoryFeed
from stories.views.card import card
from stories.views.card_checking import cards_to_check, check_card
from stories.views.cards import my_cards, person_card, story_card
from stories.views.keep import go_on, keep, kept, shelf
from stories.views.library import story_list, theme
from stories.views.post import post
from stories.views.professionals import professional, professional_list, professional_on_paper
from stories.views.reactions import own_reaction, react_to, reaction
from stories.views.reactions_checking import check_reaction, reactions_to_check
from stories.views.story import story, story_on_paper, story_short
from stories.views.talk import talk
from stories.views.withdraw import erase_words, own_words, withdraw, withdrawal
from stories.views.writing_guide import writing_guide

urlpatterns = [
    path("verhalen/", story_list, name="library"),
    path("feeds/verhalen/", StoryFeed(), name="story_feed"),
    path("verhalen/thema/<slug:slug>/", theme, name="theme"),
    path("verhalen/<slug:slug>/", story, name="story"),
    path("verhalen/<slug:slug>/kort/", story_short, name="story_short"),
    path("verhalen/<slug:slug>/print/", story_on_paper, name="story_on_paper"),
    path("verhalen/<slug:slug>/kaartje/", story_card, name="story_card"),
    path("vakmensen/", professional_list, name="professionals"),
    path("feeds/vakmensen/", ProfessionalFeed(), name="professional_feed"),
    path("vakmensen/<slug:slug>/", professional, name="professional"),
    path("vakmensen/<slug:slug>/print/", professional_on_paper, name="professional_on_paper"),
    path("mijn/kaartjes/", my_cards, name="my_cards"),
    path("mijn/kaartjes/schrijf/", person_card, name="person_card"),
    path("vertellers/kaartjes/", post, name="post"),
    path("vertellers/schrijfwijzer/", writing_guide, name="writing_guide"),
    path("kaartjes/nakijken/", cards_to_check, name="cards_to_check"),
    path("kaartjes/nakijken/<uuid:uuid>/", check_card, name="check_card"),
    path("kaartjes/<uuid:uuid>/", card, name="card"),
    path("bewaar/<uuid:page_key>/", keep, name="keep"),
    path("verder/", go_on, name="go_on"),
    path("mijn/bewaard/", shelf, name="shelf"),
    path("mijn/bewaard/<uuid:uuid>/", kept, name="kept"),
    path("reageer/<uuid:page_key>/", react_to, name="react"),
    path("reacties/nakijken/", reactions_to_check, name="reactions_to_check"),
    path("reacties/nakijken/<uuid:uuid>/", check_reaction, name="check_reaction"),
    path("reacties/onder/<uuid:page_key>/", talk, name="talk"),
    path("reacties/<uuid:uuid>/", reaction, name="reaction"),
    path("reacties/<uuid:uuid>/wijzig/", own_reaction, name="own_reaction"),
    path("vertellers/verhaal/<uuid:story_key>/weg/", withdraw, name="withdraw"),
    path("vertellers/weg/<uuid:uuid>/", withdrawal, name="withdrawal"),
    path("vertellers/weg/<uuid:uuid>/woorden/", own_words, name="own_words"),
    path("vertellers/weg/<uuid:uuid>/wis/", erase_words, name="erase_words"),
    path("vertellers/", include("stories.room_urls")),
]
