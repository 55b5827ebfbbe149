"""A theme in the CMS: a short name that nothing else has, from which its address comes."""

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from stories.models import Theme

LONGEST = 60


class ThemeForm(WagtailAdminModelForm):
    """Its address is made once, from the first name, and stays: people may have linked to it."""

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        if "/" in name or "\\" in name:
            raise forms.ValidationError(_("A theme has no slash. Write two themes, or use the word “and”."))
        if len(name) > LONGEST:
            raise forms.ValidationError(_("Keep it to %(most)s characters: a word or two.") % {"most": LONGEST})
        if not slugify(name):
            raise forms.ValidationError(_("Write a word that can be read: there is no letter in this."))
        self._refuse_second(name)
        return name

    def _refuse_second(self, name):
        others = Theme.objects.exclude(pk=self.instance.pk)
        there = others.filter(name__iexact=name).first() or others.filter(slug=slugify(name)).first()
        if there and not (self.instance.pk and there.name.lower() != name.lower()):
            raise forms.ValidationError(_("This theme is there already: “%(name)s”.") % {"name": there.name})
