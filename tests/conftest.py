"""What the tests share."""

import pytest

from tacitus import Coder


@pytest.fixture(scope="session")
def coder():
    """The shipped model, loaded once."""
    return Coder()
