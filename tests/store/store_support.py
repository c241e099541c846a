"""Events made by hand for the store's tests."""

from dataclasses import replace

from tacitus.ontology import cameo
from tacitus.records import Actor, Counts, Event, Mention, Place, Report, Trigger

AT = "2026-11-22T12:00:00Z"
PLACE = Place("Kyiv", 20, 24, "Kyiv", "UKR", "12", 50.4501, 30.5234, 703448, "city")


def report(number=1, text=None, **fields):
    return Report(**{"text": text or f"Russia accused Ukraine of crime number {number}.", "id": f"r{number}", "url": f"https://example.org/{number}",
                     "published": "2016-09-25", "title": f"Title {number}", "language": "en", **fields})  # fmt: skip


def actor(code, text="somebody", **fields):
    return Actor(text, 0, len(text), code, fields.pop("country", code[:3] if code else None), (code[3:],) if code and code[3:] else (), **fields)


def event(of, event_id="e1", code="112", source=("RUSGOV",), target=("UKR",), event_date="2016-09-25", **fields):
    c = cameo(code)
    whole = Event(
        event_id, of.id, of.url, of.published, of.title, 0, Trigger("accused", 7, 14), c.code, c.root, c.name, c.quad_class, c.goldstein, c.plover,
        "actual", False, tuple(actor(a) for a in source), tuple(actor(a) for a in target), None, event_date, "day" if event_date else None,
        PLACE, Counts(killed=3), 0.91, (Mention(0, 7, 14), Mention(2, 70, 75)), "tacitus 1",
    )  # fmt: skip
    return replace(whole, **fields)
