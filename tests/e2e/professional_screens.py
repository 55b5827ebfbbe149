"""Interviews and articles by professionals, and the list of them."""

from tests.e2e.ways import Screens, at

PROFESSIONAL_SCREENS = Screens()
add = PROFESSIONAL_SCREENS.add

add("professionals", at("/vakmensen/"))
add("professionals, a theme", at("/vakmensen/?thema=naast-elkaar"))
add("interview", at("/vakmensen/tom-en-de-vijfentwintig-minuten/"))
add("interview, signed in", at("/vakmensen/gerda-van-de-was/"), "samira")
add("essay", at("/vakmensen/hoe-noemen-we-elkaar/"))
add("interview on paper", at("/vakmensen/marieke-over-stilte/print/"))
add("story with a conversation", at("/verhalen/zes-minuten/"))
add("story with a letter", at("/verhalen/wat-er-op-het-kaartje-stond/"))
add("story on pause", at("/verhalen/brief-die-niet-aankwam/"), status=410)
add("story taken away", at("/verhalen/het-grijze-bankje/"), status=410)
