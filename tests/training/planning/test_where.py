"""The postcode of a place."""

import pytest
from django import forms

from training.forms.where import PostcodeField


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("5611 AB", "5611 AB"), (" 5611ab ", "5611 AB"), ("5611   Ab", "5611 AB"), ("2000", "2000"), ("", ""), (" ", "")],
)
def test_a_postcode_is_kept_in_one_form(typed, kept):
    assert PostcodeField(required=False).clean(typed) == kept


@pytest.mark.parametrize("typed", ["0611 AB", "561 AB", "5611 A", "5611 ABC", "٥٦١١ AB", "AB 5611", "5611-AB"])
def test_what_is_none_is_said(typed):
    with pytest.raises(forms.ValidationError, match="four figures and two letters, as 5611 AB"):
        PostcodeField(required=False).clean(typed)
