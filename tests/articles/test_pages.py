"""The pages in ``examples/pages``, each laid out as another kind of publisher does: the article is read, the page around it is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from articles_support import Reader

from tacitus.articles.encoding import declared_in, decode

PAGES = Path(__file__).resolve().parents[2] / "examples" / "pages"
ROWS = [
    (
        "01-tables.html",
        "Zambia sends envoys to Kigali and Kinshasa",
        "1999-09-21",
        "Rwanda welcomed the proposal.",
        ("Rebels shell Lunda town", "Police arrest opposition treasurer", "beat any", "visitor number"),
    ),
    (
        "02-wordpress.html",
        "Late volley wins La Paz derby for The Strongest",
        "2013-03-10",
        "and fired a low shot inside the near post",
        ("Police fire tear gas", "arrest that referee", "Army called in", "mobbed by the bench", "Players threaten strike"),
    ),
    (
        "03-amp.html",
        "Kyrgyz, Tajik officers agree joint patrols after border clash",
        "2019-10-03",
        "Tajikistan rejected that account.",
        ("Invade our summer sale", "Gunmen ambush convoy", "Uzbek court jails", "Archive picture"),
    ),
    (
        "04-json-ld.html",
        "Greece and Turkey to reopen naval hotline after Aegean near miss",
        "2023-11-16",
        "Hakan Fidan, announced the decision after three hours of talks",
        ("Army shells town", "Turkish jets bomb", "Warships open fire", "Sign up", "Attack our paywall", "harbour of Kos"),
    ),
    (
        "05-local-weekly.html",
        "Farmers block council offices over slurry rules",
        "2008-10-16",
        "Gardai kept traffic away from the street but made no arrests.",
        ("Gardai raid house", "Army bomb squad", "declares war on prices", "threaten hunger strike", "Should the Minister resign"),
    ),
    (
        "06-agency.html",
        "East Timor, Indonesia agree to open three border markets",
        "2003-05-09",
        "Dili has so far refused to extradite them.",
        ("Aceh rebels reject", "Manila orders new offensive", "redistributed", "2nd LEAD"),
    ),
    (
        "07-windows-1252.html",
        "Côte d’Ivoire: rebels return three towns to civil prefects",
        "2005-06-14",
        "asked donors for €40 million",
        ("soldiers mutiny", "calls general strike", "shelled in 2002", "Tous droits"),
    ),
    (
        "08-live-blog.html",
        "Iraq budget standoff: as it happened",
        "2013-02-05",
        "threatens to stop exports through the pipeline to Turkey",
        ("Car bomb kills", "Gunmen storm ministry", "Win the battle", "throw the lot of them in jail"),
    ),
    (
        "09-crowded.html",
        "Salmon farmer Halvorsen lifts profit as prices climb",
        "2017-05-04",
        "The board proposed a dividend of 3.20 crowns a share",
        ("Army shells town", "refuse or withdraw", "Brokers at war", "clash with police", "minister must resign", "was arrested once", "with lasers"),
    ),
    ("10-minimal.html", "Teachers end blockade of Oaxaca airport after talks in Mexico City", None, "State police arrested seven people", ("Invented",)),
]
"""File, title, date, a phrase of the article, phrases of the page around it."""


@pytest.mark.parametrize(("file", "title", "date", "inside", "around"), ROWS, ids=[row[0] for row in ROWS])
def test_a_page_gives_its_article(read: Reader, file: str, title: str, date: str | None, inside: str, around: tuple[str, ...]) -> None:
    outcome = read(PAGES / file)
    assert not outcome.messages
    (report,) = outcome.reports
    assert (report.title, report.published, report.language) == (title, date, "en")
    assert inside in report.text
    source = (PAGES / file).read_bytes()
    page = decode(source, declared_in(source))
    assert [phrase for phrase in around if phrase not in page] == [], "a phrase that is not on the page tests nothing"
    assert [phrase for phrase in around if phrase in report.text] == []
    assert 250 <= len(report.text.split()) <= 450, "half an article, or more than one"


def test_every_page_has_its_row() -> None:
    assert sorted(path.name for path in PAGES.iterdir()) == [row[0] for row in ROWS]


BODY = (
    "Dockers in the port of Beira ended their strike on Friday after the government promised to pay their wages, a leader said.{gap}"
    "The strike had kept eleven ships outside the harbour for nine days, and two of the neighbours had asked for an end of it.{gap}"
    "The union thanked both countries and warned that it would call its members out again if the money did not arrive in time."
)


@pytest.mark.parametrize(
    ("line", "date"),
    [("4 May 2001", "2001-05-04"), ("Friday, May 4, 2001", "2001-05-04"), ("Since 4 May 2001", None), ("30 February 2001", None)],
)
def test_a_cell_of_text_between_line_breaks_and_the_date_below_its_headline(read: Reader, write, line: str, date: str | None) -> None:
    page = (
        "<html><head><title>Bay News | Strike ends in the port of Beira</title></head><body>1 June 2009<table><tr>"
        "<td><a href='/'>Home</a> <a href='/1'>Army raids farm</a> <a href='/2'>Sports</a></td>"
        f"<td><b>Strike ends in the port of Beira</b><br>By A. Writer<br>{line}<br><br>{BODY.format(gap='<br><br>')}</td></tr></table></body></html>"
    )
    report = read(write("a.html", page)).reports[0]
    assert (report.title, report.published) == ("Strike ends in the port of Beira", date)
    assert "harbour for nine days" in report.text
    assert "Army raids" not in report.text


def test_a_table_of_data_stays_one(read: Reader, write) -> None:
    table = "<table><tr><th>Port</th><th>Ships</th></tr><tr><td>Beira</td><td>11</td></tr></table>"
    page = f"<html><body><article><h1>Strike ends in Beira</h1><p>{BODY.format(gap='</p>' + table + '<p>')}</p></article></body></html>"
    assert "| Beira | 11 |" in read(write("a.html", page)).reports[0].text
