"""Plain blocks say what does not fit in them."""

import pytest
from wagtail.blocks import StreamBlockValidationError

from common.blocks import BodyBlock


@pytest.mark.parametrize(("length", "fits"), [(120, True), (121, False)])
def test_a_heading_is_a_line(length, fits):
    stream = BodyBlock()
    value = stream.to_python([{"type": "heading", "value": "x" * length}])

    if fits:
        assert [one.value for one in stream.clean(value)] == ["x" * length]
    else:
        with pytest.raises(StreamBlockValidationError):
            stream.clean(value)
