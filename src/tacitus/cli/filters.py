"""The options by which commands choose events of a store."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tacitus.store import EventFilter


def add_filter_options(parser: argparse._ActionsContainer) -> None:
    """The options of every command that takes some events of a store."""
    from tacitus.records import MODALITIES

    parser.add_argument("--source", metavar="CODE", help="who acts: an actor code or its beginning (RUS finds RUSGOV)")
    parser.add_argument("--target", metavar="CODE", help="whom: likewise; a reciprocal event is found from both sides")
    parser.add_argument("--root", help="CAMEO root, two digits")
    parser.add_argument("--code", help="CAMEO code, with the narrower ones under it")
    parser.add_argument("--since", metavar="DATE", help="2016, 2016-03 or 2016-03-09")
    parser.add_argument("--until", metavar="DATE", help="likewise, that day, month or year included")
    parser.add_argument("--modality", choices=MODALITIES, help="only these (default: all)")
    parser.add_argument("--quad-class", type=int, choices=(1, 2, 3, 4), help="1, 2 verbal and material cooperation; 3, 4 verbal and material conflict")
    parser.add_argument("--country-place", metavar="CODE", help="where: three letters (ISO 3166-1)")
    parser.add_argument("--text", metavar="WORDS", help='words that the report holds, all of them; "in double quotes" one after the other')
    parser.add_argument("--min-confidence", type=float, metavar="P", help="leave out events of less confidence than this (0 to 1)")
    parser.add_argument("--report", metavar="ID", help="events of this report")
    parser.add_argument("--producer", metavar="NAME", help="tacitus, or whose events were imported")


def event_filter(args: argparse.Namespace) -> EventFilter:
    """The filter that the options ask for.

    Raises:
        StoreError, UnknownCodeError: see ``EventFilter``.
    """
    from tacitus.store import EventFilter

    return EventFilter(
        source=args.source,
        target=args.target,
        root=args.root,
        code=args.code,
        since=args.since,
        until=args.until,
        modality=args.modality,
        quad_class=args.quad_class,
        place_country=args.country_place,
        text=args.text,
        min_confidence=args.min_confidence,
        report_id=args.report,
        producer=args.producer,
    )


def any_filter(args: argparse.Namespace) -> bool:
    """Whether any of the options is given."""
    names = "source target root code since until modality quad_class country_place text min_confidence report producer".split()
    return any(getattr(args, name) is not None for name in names)
