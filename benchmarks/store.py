"""The store's answers on a store of a million events made by program.

    python benchmarks/store.py [--events 1000000] [--file /tmp/bench.tacitus] [--compact]

The events are spread as news is: actors and words by Zipf's law, thirty years of dates with more in the later ones, three events a report, one in eight
with two actors on a side, one in twenty reciprocal. Every question is asked on a fresh store object, once untimed, then ten times: best and median ms.
Before a figure is printed the answer is checked against a plain count.

Reading is fast because every question has an index that holds the answer in the order that is wanted: dyads are kept as rows of their own (`dyads`), whose
covering index by country pair and date gives the months without touching an event; pages go on after the last event (keyset) along an index by date; full
text is FTS5, and ranks only the newest matches.
"""

from __future__ import annotations

import argparse
import itertools
import os
import platform
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from tacitus.ontology import cameo_codes, country_codes
from tacitus.records import Actor, Counts, Event, Mention, Place, Report, Trigger
from tacitus.store import EventFilter, EventStore

FIRST_DAY, DAYS = date(1995, 1, 1), 30 * 365
EVENTS_PER_REPORT, REPORTS_PER_BATCH, WORDS_PER_REPORT, VOCABULARY = 3, 1000, 120, 30_000
LEADING = "USA RUS CHN ISR PSE GBR FRA UKR IRN IRQ SYR IND PAK AFG TUR DEU JPN KOR PRK EGY".split()
ROLES = ("", "GOV", "MIL", "COP", "OPP", "CVL", "REB", "BUS")
RUNS = 10
LIMITS = {"dyad": 50, "page": 50, "text": 100}
"""Milliseconds that the issue asks for."""


def zipf(rng: random.Random, items: list[str]) -> Callable[[int], list[str]]:
    """A drawer of items, the first the most frequent."""
    weights = list(itertools.accumulate(1 / rank for rank in range(1, len(items) + 1)))
    return lambda count: rng.choices(items, cum_weights=weights, k=count)


def coded(events: int) -> Iterator[tuple[Report, list[Event]]]:
    """Reports with events."""
    rng = random.Random(7)
    rest = sorted(set(country_codes()) - set(LEADING))
    actors = zipf(rng, [c + r for c in LEADING + rest for r in ROLES[: 8 if c in LEADING else 3]])
    places = zipf(rng, LEADING + rest)
    codes = zipf(rng, rng.sample(sorted(cameo_codes()), len(cameo_codes())))
    words = zipf(rng, [f"w{n}" for n in range(VOCABULARY)])
    counter = itertools.count()
    for number in range(events // EVENTS_PER_REPORT + 1):
        day = FIRST_DAY + timedelta(days=int(DAYS * rng.random() ** 0.7))
        text = " ".join(words(WORDS_PER_REPORT)) + f" report {number}."
        report = Report(text, f"r{number}", f"https://site{number % 400}.example/{number}", day.isoformat(), " ".join(words(8)), "en")
        found = []
        for event in itertools.islice(counter, EVENTS_PER_REPORT):
            entry = cameo_codes()[codes(1)[0]]
            sides = [tuple(Actor(a, 5, 9, a, a[:3], (a[3:],) if a[3:] else ()) for a in dict.fromkeys(actors(1 + (rng.random() < 0.125)))) for _ in "st"]
            country = places(1)[0]
            found.append(
                Event(
                    f"e{event}", report.id, report.url, report.published, report.title, 0, Trigger(text[:5], 0, 5), entry.code, entry.root, entry.name,
                    entry.quad_class, entry.goldstein, entry.plover, "actual" if rng.random() < 0.8 else "planned", rng.random() < 0.05, sides[0],
                    sides[1], None, (day - timedelta(days=rng.randrange(3))).isoformat(), "day", Place(country, 10, 13, country, country),
                    Counts(), round(rng.random(), 4), (Mention(0, 0, 5),), "bench",
                )
            )  # fmt: skip
        yield report, found


def build(path: Path, events: int) -> None:
    """Make the store."""
    begun = time.perf_counter()
    reports = coded(events)
    with EventStore(path) as store:
        while batch := list(itertools.islice(reports, REPORTS_PER_BATCH)):
            if (refused := store.add(batch, coder="bench", at="2026-01-01T00:00:00Z").refused):
                sys.exit(f"the store refused {refused[0]}")
    seconds = time.perf_counter() - begun
    print(f"made {events} events in {seconds:.0f} s ({events / seconds:.0f} a second, making them included), {path.stat().st_size / 1e9:.2f} GB")


def timed(name: str, limit: int, question: Callable[[], int]) -> bool:
    """Ask, print best and median; whether the median is within the limit."""
    rows = question()
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        question()
        times.append((time.perf_counter() - begun) * 1000)
    good = statistics.median(times) <= limit
    print(f"{name:58} {rows:8} rows   best {min(times):7.1f} ms   median {statistics.median(times):7.1f} ms   {'' if good else f'OVER {limit} ms'}", flush=True)
    return good


def questions(store: EventStore, path: Path) -> Iterator[tuple[str, int, Callable[[], int]]]:
    """What is timed."""
    def months(source: str, target: str | None, wanted: EventFilter = EventFilter()) -> Callable[[], int]:  # noqa: B008 - frozen
        return lambda: len(store.dyad_months(source, target, wanted=wanted))

    def page(wanted: EventFilter, after: str | None = None, newest: bool = False) -> Callable[[], int]:
        return lambda: sum(1 for _ in store.events(wanted, limit=100, after=after, newest=newest))

    def sql(statement: str) -> Callable[[], int]:
        def ask() -> int:
            with sqlite3.connect(path) as connection:
                return len(connection.execute(statement).fetchall())

        return ask

    pair = EventFilter(source="USA", target="RUS")
    (deep,) = list(store.events(pair, limit=store.count(pair) * 9 // 10))[-1:]
    every = list(itertools.islice(store.events(EventFilter(root="11"), newest=True), 5000))[-1]
    yield "dyad by month, USA to RUS (the second largest)", LIMITS["dyad"], months("USA", "RUS")
    yield "dyad by month, USA to USA (the largest)", LIMITS["dyad"], months("USA", "USA")
    yield "dyad by month, USAGOV to RUSMIL", LIMITS["dyad"], months("USAGOV", "RUSMIL")
    yield "dyad by month, USA to RUS, root 19, actual", LIMITS["dyad"], months("USA", "RUS", EventFilter(root="19", modality="actual"))
    yield "the same in SQL over events_flat's dyads", LIMITS["dyad"], sql(
        "SELECT substr(event_date, 1, 7), count(DISTINCT event) FROM dyads WHERE source_country = 'USA' AND target_country = 'RUS' GROUP BY 1"
    )
    yield "page: USA to RUS, root 11, since 2016, actual", LIMITS["page"], page(EventFilter("USA", "RUS", root="11", since="2016", modality="actual"))
    yield "page: USA to RUS, first", LIMITS["page"], page(pair)
    yield "page: USA to RUS, after nine tenths", LIMITS["page"], page(pair, deep.event_id)
    yield "page: source USAGOV", LIMITS["page"], page(EventFilter(source="USAGOV"))
    yield "page: target RUS, newest", LIMITS["page"], page(EventFilter(target="RUS"), newest=True)
    yield "page: root 11, newest, after 5,000", LIMITS["page"], page(EventFilter(root="11"), every.event_id, newest=True)
    yield "page: code 190, 2010 to 2012", LIMITS["page"], page(EventFilter(code="190", since="2010", until="2012"))
    yield "page: place UKR, confidence from 0.9", LIMITS["page"], page(EventFilter(place_country="UKR", min_confidence=0.9))
    yield "page: all, newest", LIMITS["page"], page(EventFilter(), newest=True)
    yield "page: USA to RUS with a rare word", LIMITS["page"], page(EventFilter("USA", "RUS", text="w20000"))
    yield "page: all with a rare word", LIMITS["page"], page(EventFilter(text="w20000"))
    yield "page: USA to RUS with a word in one report of ten", LIMITS["page"], page(EventFilter("USA", "RUS", text="w100"))
    yield "page: all with a word in one report of ten", LIMITS["page"], page(EventFilter(text="w100"))
    yield "text: a rare word", LIMITS["text"], lambda: len(store.search("w20000"))
    yield "text: a word in one report of ten", LIMITS["text"], lambda: len(store.search("w100"))
    yield "text: a word in nearly every report", LIMITS["text"], lambda: len(store.search("w0"))
    yield "text: three common words", LIMITS["text"], lambda: len(store.search("w1 w2 w3"))
    yield "text: a phrase", LIMITS["text"], lambda: len(store.search('"w0 w1"'))


def main() -> None:
    """Make the store, measure and print."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--events", type=int, default=1_000_000)
    ap.add_argument("--file", type=Path, help="the store, used as it is if it is there (default: a temporary one)")
    ap.add_argument("--compact", action="store_true", help="compact the store before asking")
    args = ap.parse_args()
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}")
    with tempfile.TemporaryDirectory() as folder:
        path = args.file or Path(folder) / "bench.tacitus"
        if not path.exists():
            build(path, args.events)
        with EventStore(path) as store:
            if args.compact:
                store.compact()
            counted = sum(m.events for m in store.dyad_months("USA", "RUS"))
            if counted != store.count(EventFilter(source="USA", target="RUS")):
                sys.exit("the months do not add up to the dyad's events: the figures are not worth printing")
            results = [timed(*question) for question in questions(store, path)]
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
