"""The embedded event store: reports, events, stories and a ledger of sources in one SQLite file.

>>> from tacitus.store import EventFilter, EventStore
>>> with EventStore("news.tacitus") as store:  # doctest: +SKIP
...     for event in store.events(EventFilter(source="USA", target="RUS", root="11", since="2016-01"), limit=100):
...         print(event.event_date, event.name)
"""

from tacitus.store.database import EventStore
from tacitus.store.filters import EventFilter
from tacitus.store.keys import canonical_url, content_key, publisher
from tacitus.store.ledger import LeftOut, Progress, Source
from tacitus.store.query import Result, query
from tacitus.store.reading import DyadMonth
from tacitus.store.writing import Added, Recoded

__all__ = [
    "Added",
    "DyadMonth",
    "EventFilter",
    "EventStore",
    "LeftOut",
    "Progress",
    "Recoded",
    "Result",
    "Source",
    "canonical_url",
    "content_key",
    "publisher",
    "query",
]
