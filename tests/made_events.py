"""Hand-made events for the tests of exports and producers."""

from tacitus.ontology import cameo, elements
from tacitus.records import Actor, Counts, Event, Mention, Place, Trigger


def actor(code, text=None, name=None):
    land = (code or "")[:3] if code and not code.startswith(("IGO", "NGO", "IMG")) else None
    return Actor(text or (code or "they"), 4, 8, code, land, elements(code or "")[1:], name)


KYIV = Place("Kyiv", 20, 24, "Kyiv", "UKR", "Kyiv City", 50.4547, 30.5238, 703448, "city")
DALLAS = Place("Dallas", 0, 6, "Dallas", "USA", "Texas", 32.783, -96.807, 4684888, "city")
TEXAS = Place("Texas", 0, 5, "Texas", "USA", "Texas", 31.0, -100.0, None, "admin1")
BAVARIA = Place("Bavaria", 0, 7, "Bavaria", "DEU", "Bavaria", 48.9, 11.4, None, "admin1")
ISRAEL = Place("Israel", 0, 6, "Israel", "ISR", None, 31.5, 34.8, None, "country")
GAZA = Place("Gaza", 0, 4, "Gaza Strip", "PSE", None, 31.42, 34.36, None, "region")
NOWHERE = Place("the square", 0, 10)


def event(number=1, code="112", source=("RUSGOV",), target=("UKR",), **changes):
    c = cameo(code)
    sides = {side: tuple(a if isinstance(a, Actor) else actor(a) for a in given) for side, given in (("source", source), ("target", target))}
    values = {
        "event_id": f"e{number}", "report_id": "r1", "url": "https://www.example.org/a?b=1", "published": "2016-09-25T10:07:00+00:00", "title": "A title",
        "sentence": 0, "trigger": Trigger("accused", 10, 17), "code": c.code, "root": c.root, "name": c.name, "quad_class": c.quad_class,
        "goldstein": c.goldstein, "plover": c.plover, "modality": "actual", "reciprocal": False, **sides, "attribution": None,
        "event_date": "2016-09-24", "date_precision": "day", "place": KYIV, "counts": Counts(killed=3), "confidence": 0.87,
        "mentions": (Mention(0, 10, 17), Mention(3, 310, 317)), "coder": "tacitus test",
    }  # fmt: skip
    return Event(**(values | changes))


HOSTILE = "=cmd|'/c calc'!A1\t\"x\r\ny\u2028z\x00\x1b[31m"


def edge_cases():
    """One event a difficulty."""
    return [
        event(1),
        event(2, source=()),
        event(3, target=()),
        event(4, source=(), target=()),
        event(5, source=("USAGOV", "FRAGOV"), target=("RUS", "SYRMIL")),
        event(6, "040", source=("RUS",), target=("ROUGOV",), reciprocal=True),
        event(7, "042", source=("JPNGOV",), target=("USAGOV",), reciprocal=True),
        event(8, "040", source=("RUS", "CHN", "IND"), target=(), reciprocal=True),
        event(9, place=None),
        event(10, event_date=None, date_precision=None),
        event(11, event_date=None, date_precision=None, published=None),
        *(event(12 + i, event_date="2016-01-01", date_precision=p) for i, p in enumerate(("week", "month", "year"))),
        event(20, title=HOSTILE, url="javascript:\t\"x", report_id=HOSTILE, source=(actor("RUS", HOSTILE),), target=(actor(None, "@SUM(1)", HOSTILE),),
              place=Place(HOSTILE, 0, 4, HOSTILE, "UKR", HOSTILE, 1.0, -0.00001, None, "city"), trigger=Trigger(HOSTILE, 0, 1), coder=HOSTILE),
        event(21, "141", source=(actor(None, "Tens of thousands of people"),), target=("IRQGOV",), place=NOWHERE),
        event(22, "190", source=("IGOUNO", "LBNREBHEZ"), target=("IRQMOSSHI", "SYRKUR"), place=DALLAS),
        event(23, "193", source=("SYRMIL",), target=("SYRCVL",), place=TEXAS, url=None),
        event(24, "057", place=BAVARIA, url=None, title=None),
        event(25, "173", place=ISRAEL, modality="planned"),
        event(26, "182", place=GAZA, mentions=()),
        event(27, published="not a date", event_date="0987-02-03"),
        event(28, published="9999-12-31T23:59:59+00:00"),
    ]  # fmt: skip
