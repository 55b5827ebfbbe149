"""That no page of the CMS shows what a participant wrote."""

from django.urls import reverse

from accounts.models import User
from tests.factories.exercises import prompt_of
from training.models import TrainingPage


def test_no_page_of_the_cms_shows_what_samira_wrote(editor, client, samira, module, exercise):
    prompt = prompt_of(exercise, "open").id
    client.force_login(samira)
    sent = {"act": f"save:{prompt}", f"p-{prompt}-text": "Tante Kwikstaart"}
    client.post(module.step_list[3].address(module), sent)
    own = b"Tante Kwikstaart" in client.get(module.step_list[3].address(module)).content
    client.force_login(User.objects.get(email="server@example.test"))
    training = TrainingPage.objects.get()
    pages = [
        "/cms/",
        "/cms/reports/site-history/",
        "/cms/pages/search/?q=kwikstaart",
        *(reverse("wagtailadmin_pages:edit", args=[page.pk]) for page in (module, exercise, training)),
        *(reverse("wagtailadmin_pages:history", args=[page.pk]) for page in (module, exercise)),
        reverse("wagtailadmin_pages:usage", args=[exercise.pk]),
        reverse("wagtailusers_users:edit", args=[samira.pk]),
    ]

    assert own  # so it could leak
    assert [page for page in pages if b"kwikstaart" in client.get(page).content.lower().replace(b"?q=kwikstaart", b"")
            and "search" not in page] == []  # fmt: skip
