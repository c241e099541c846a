"""The gazetteers' tables hold what they should: valid codes and dates, enough rows, no name that stands twice with codes that clash."""

import re
from collections import defaultdict
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
