"""Whose page a form stood on: the secret behind the token in every form says for whom the page was made.

Somebody's words go back to who typed them, and to nobody who sat down at the same computer. When the session has ended
the server does not know any more who that was; the token in the form they sent still tells, by a keyed digest in its
secret. Nothing is stored, and nobody can read from a token who it was made for: only ask whether it was this person.
"""

from django.middleware import csrf
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

NOBODY = ""  # who is not signed in
TYPED_BY = "typed_by"  # in a page that carries words on: the token of the page where they were typed
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name that Django gives it
RANDOM = 20  # of the 32 characters, some 119 bits; the digest has the others


def secret_for(who):
    """Return a new secret for the pages of `who`: a number of a person as text, or NOBODY."""
    chance = get_random_string(RANDOM)
    return chance + digest(chance, who)


def digest(chance, who):
    return salted_hmac(__name__, f"{chance}:{who}", algorithm="sha256").hexdigest()[: csrf.CSRF_SECRET_LENGTH - RANDOM]


def is_for(secret, who):
    """True when `secret` was made by secret_for(who)."""
    return constant_time_compare(secret[RANDOM:], digest(secret[:RANDOM], who))


def number_of(user):
    return str(user.pk) if user.is_authenticated else NOBODY


def begin_pages(request, user):
    """From now on the pages in this browser are those of `user`: somebody came in or went out."""
    request.META |= {"CSRF_COOKIE": secret_for(number_of(user)), "CSRF_COOKIE_NEEDS_UPDATE": True}


def name_pages(request, user):
    """Let the forms of this page say whose they are, where the browser brings no secret or an older one."""
    secret, who = request.META.get("CSRF_COOKIE"), number_of(user)
    if secret is None or (request.method in ("GET", "HEAD") and not is_for(secret, who)):
        request.META["CSRF_COOKIE"] = secret_for(who)  # the cookie follows when there is a form on the page


def token_of_page(request):
    """Return the token of the page where the words in this form were typed; empty when the form brought none."""
    return request.POST.get(TYPED_BY) or request.POST.get(TOKEN, "")


def is_page_of(request, user):
    """True when what was posted stood on a page of `user`, or on one of nobody; a form without a token is nobody's."""
    token = token_of_page(request)
    secret = secret_in(token)
    return not token or any(secret and is_for(secret, who) for who in {number_of(user), NOBODY})


def secret_in(token):
    """Return the secret behind a token, or None when it is none."""
    try:
        csrf._check_token_format(token)
    except csrf.InvalidTokenFormat:
        return None
    return csrf._unmask_cipher_token(token) if len(token) == csrf.CSRF_TOKEN_LENGTH else token
