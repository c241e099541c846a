"""The fixtures of this room."""

import pytest

from tacitus.store import EventStore


@pytest.fixture
def path(tmp_path):
    return tmp_path / "news.tacitus"


@pytest.fixture
def store(path):
    with EventStore(path) as opened:
        yield opened
