"""What the tests of these desks share."""

import pytest

from cms.models import User


@pytest.fixture
def eve(sign_in) -> User:
    """eve, who edits, signed in."""
    return sign_in("eve")
