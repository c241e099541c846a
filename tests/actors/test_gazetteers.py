"""The gazetteers' tables hold what they should: valid codes and dates, enough rows, no name that stands twice with codes that clash."""

import re
from calendar import monthrange
from collections import defaultdict
from datetime import date
from itertools import pairwise

import pytest

from tacitus.config import table
from tacitus.ontology import INTERNATIONAL, country_codes, elements, roles

CODED = ("organisations", "groups", "ethnic_religious", "leaders")
LEAST = {"countries": 245, "organisations": 150, "groups": 150, "ethnic_religious": 100, "leaders": 1200, "roles": 500}
DATE = re.compile(r"|\d{4}(-\d\d){0,2}")
REGIONS = frozenset("AFR ASA EUR MEA LAM CRB NAF SAF WAF EAF CFR CAS SEA SAS EEU WEU CEU BLK CAU NMR SAM CAM PAC EIN WST OCE".split())


@pytest.mark.parametrize("name", LEAST)
def test_there_are_enough_rows(name):
    assert sum(1 for _ in table("actors", name)) >= LEAST[name]


@pytest.mark.parametrize("name", CODED)
def test_codes_are_made_of_elements_and_dates_are_in_order(name):
    for row in table("actors", name):
        assert re.fullmatch(r"(?:[A-Z]{3}){1,7}", row["code"]), row
        start, end = row.get("from", ""), row.get("to", "")
        assert DATE.fullmatch(start), row
        assert DATE.fullmatch(end), row
        assert not start or not end or start <= end or start.startswith(end), row


def test_leaders_begin_with_a_country_or_an_international_code():
    for row in table("actors", "leaders"):
        head = elements(row["code"])[0]
        assert head in country_codes() or head in INTERNATIONAL or head in REGIONS, row


def test_every_country_has_a_name_and_is_in_the_ontology():
    for row in table("actors", "countries"):
        assert row["code"] in country_codes(), row
        assert row["names"], row


def test_roles_are_role_elements():
    for row in table("actors", "roles"):
        assert row["kind"] in {"head", "modifier"}, row
        assert all(len(e) == 3 for e in elements(row["roles"])), row
        assert elements(row["roles"])[0] in roles() or len(row["roles"]) % 3 == 0, row


@pytest.mark.parametrize("name", ["organisations", "groups"])
def test_a_name_has_one_code_at_a_time(name):
    holders = defaultdict(list)
    for row in table("actors", name):
        for alias in dict.fromkeys([row["name"], *filter(None, row["aliases"].split(";"))]):
            holders[alias].append((row.get("from", ""), row.get("to", "") or "9999", row["code"]))
    for alias, rows in holders.items():
        rows.sort()
        for (_, until, a), (since, _, b) in pairwise(rows):
            assert a == b or since >= until, (alias, rows)


ONE_HOLDER = ("president", "prime minister", "king", "foreign minister", "defence minister", "interior minister")
AT_ONCE = {
    ("BIH", "prime minister"): "two chairmen by the constitution, 1997 to 2000",
    ("COM", "president"): "an interim president while the president stood for election, 2002",
    ("CIV", "president"): "two after the election of 2010",
    ("CIV", "defence minister"): "two cabinets after the election of 2010",
    ("KHM", "interior minister"): "two ministers of two parties, 1993 to 2006",
    ("LBY", "defence minister"): "two governments in 2011",
    ("MDG", "president"): "two after the election of 2001",
    ("ZWE", "interior minister"): "two ministers of two parties, 2009 to 2013",
}
"""Who held one office beside another, and why; anything else is an error of memory."""
DAYS_APART = 31
"""Days by which a change of office may be remembered apart."""


def test_one_office_has_one_holder_at_a_time():
    holders = defaultdict(list)
    for row in table("actors", "leaders"):
        if row["office"] in ONE_HOLDER:
            holders[row["code"][:3], row["office"]].append((row["from"], row["to"], row["name"]))
    found = {}
    for office, rows in holders.items():
        for i, (start, end, name) in enumerate(rows):
            for later, until, other in rows[i + 1 :]:
                (_, a_end), (b_start, b_end) = sorted([(start, end), (later, until)])
                if name != other and b_start and (min(_day(a_end, False), _day(b_end, False)) - _day(b_start, True)).days > DAYS_APART:
                    found.setdefault(office, []).append((name, start, end, other, later, until))
    assert {k: v for k, v in found.items() if k not in AT_ONCE} == {}


def _day(day, last):
    """The earliest or latest day that a date of a year or month can mean; the end of time where it is open."""
    if not day:
        return date.max
    year, month, of_month = ([int(p) for p in day.split("-")] + [0, 0])[:3]
    if of_month:
        return date(year, month, of_month)
    if not month:
        return date(year, 12, 31) if last else date(year, 1, 1)
    return date(year, month, monthrange(year, month)[1] if last else 1)
