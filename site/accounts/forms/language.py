from django import forms


class LanguageForm(forms.Form):
    language = forms.ChoiceField(choices=[("nl", "Nederlands"), ("en", "English")])
    next = forms.CharField(required=False, max_length=500)
