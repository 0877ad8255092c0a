"""The site's name stands in the header of every mail: no line break gets there in any disguise."""

import pytest

from cms.errors import Refused
from cms.models import Setting

pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.parametrize("name", ["a\r\nBcc: x", "a\u2028b", "=?utf-8?q?a=0D=0ABcc_x?="])
def test_a_name_that_would_break_a_header_is_refused(name):
    with pytest.raises(Refused):
        Setting.change("name", name, by=None)
