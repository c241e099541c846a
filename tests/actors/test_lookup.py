"""Names looked up, and names that no gazetteer knows."""

import pytest

from tacitus.actors.gazetteer import shipped
from tacitus.actors.lookup import lookup
from tacitus.actors.unresolved import describe, to_read, unknown_name, unresolved
from tacitus.ontology import cameo
from tacitus.records import Actor, Counts, Event, Mention, Report, Trigger


def test_lookup_shows_every_entry_and_which_holds():
    found = lookup("John Kerry", shipped(), "2016-05-01")
    assert [(f.entry.code, f.holds) for f in found.found][:2] == [("USALEG", False), ("USAGOV", True)]
    assert found.resolution.code == "USAGOV"
    by_surname = lookup("Lavrov", shipped(), "2016-05-01").found
    assert by_surname
    assert all(f.by_surname for f in by_surname)


def test_lookup_suggests_near_names():
    found = lookup("Sergey Lavrof", shipped())
    assert not found.found
    assert "Sergey Lavrov" in found.suggestions
    assert lookup("Xqzzt Vvwk", shipped()).suggestions == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the Russian colonel Oleg Kulakov", "Oleg Kulakov"),
        ("Mr. Kulakov", "Kulakov"),
        ("President Ada J. Quill of Esteria", "Ada J. Quill"),
        ("spokesman for the Green Valley Front", "Green Valley Front"),
        ("Foreign Minister Sergei Lavrov", None),
        ("Mr. Lavrov", None),
        ("the International Monetary Fund", None),
        ("Fourteen members of the U.S. Congress", None),
        ("Their leader", None),
        ("They", None),
        ("police in Zorbania", None),
        ("gunmen", None),
        ("Kurdish fighters", None),
        ("Neither", None),
        ("F-16s", None),
        ("two MiG-29 jets", None),
        ("the Council", None),
        ("two European observers", None),
        ("Organisers", None),
        ("the Organisers", "Organisers"),
        ("Mr. Organiser", "Organiser"),
        ("Thirteen American sailors", None),
        ("Salt Minister Ada Quill", "Ada Quill"),
        ("APT28", "APT28"),
    ],
)
def test_unknown_names(text, name):
    assert unknown_name(Actor(text, 10, 10 + len(text)), shipped(), {"Zorbania"}.__contains__) == name


def event(number, report, *actors, code="112"):
    c = cameo(code)
    return Event(
        f"e{number}", report.id, None, report.published, None, 0, Trigger("accused", 0, 7), c.code, c.root, c.name, c.quad_class, c.goldstein, c.plover,
        "actual", False, actors[:1], actors[1:], None, "2016-09-25", "day", None, Counts(), 0.9, (Mention(0, 0, 7),), "tacitus",
    )  # fmt: skip


def actor(report, text, code, name=None):
    start = report.text.index(text)
    return Actor(text, start, start + len(text), code, None, (), name)


def test_unresolved_names_are_counted_and_described_by_their_reports():
    a = Report("It is a weapon, said Oleg Kulakov, a retired Russian colonel. Mr. Kulakov accused the Dune Column.", "a", published="2016-09-25")
    b = Report("Oleg Kulakov accused Hamas.", "b", published="2016-09-26")
    events = [
        event(1, a, actor(a, "Mr. Kulakov", "RUSMIL", "Oleg Kulakov"), actor(a, "the Dune Column", "SYR")),
        event(2, b, actor(b, "Oleg Kulakov", "USAEDU"), actor(b, "Hamas", "PSEREBHAM")),
        event(3, b, actor(b, "Oleg Kulakov", "USAEDU"), actor(b, "Hamas", "PSEREBHAM")),
    ]
    names = unresolved(events, shipped(), lambda _: False)
    assert [(n.name, n.code, n.event_ids) for n in names] == [("Oleg Kulakov", "USAEDU", ["e1", "e2", "e3"]), ("Dune Column", None, ["e1"])]
    assert "SYR" in names[1].why
    assert to_read(names) == ["a", "b"]
    describe(names, [a, b], shipped(), lambda _: None)
    assert (names[0].code, names[0].kind) == ("RUSMIL", "person")
    assert "'colonel' is MIL" in names[0].why
