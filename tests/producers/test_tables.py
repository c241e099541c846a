"""The producers' tables: whole, consistent, and as the shared format files have them."""

import csv
import re
from pathlib import Path

import pytest

from tacitus.config import table
from tacitus.ontology import cameo_codes, cameo_roots, country_codes, elements, roles
from tacitus.producers.codes import acled_actors, acled_event, actor_parts, known_cameo, plover_events, quad_class, sector_elements, sector_words
from tacitus.producers.columns import columns, names
from tacitus.producers.countries import _regions, by_fips, by_gdelt, by_name, countries, fips_region, iso_region, region_name
from tacitus.producers.numbers import fraction_date, shortest

SHARED = Path(__file__).parents[3] / "shared" / "data" / "formats"
shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared format files are not beside this checkout")


def first_column(name, delimiter, column):
    with (SHARED / name).open(encoding="utf-8", newline="") as stream:
        return tuple(row[column] for row in csv.DictReader(stream, delimiter=delimiter))


@shared
def test_gdelts_columns_are_those_of_its_label_files():
    assert names("gdelt2") == first_column("GDELT_2.0_Events_Column_Labels_Header_Row_Sep2016.csv", ",", "tableId")
    assert names("gdelt1") == first_column("GDELT_1.0_event_Column_Labels_Header_Row_Sep2016.tsv", "\t", "tableId")
    assert names("gdelt2-mentions") == first_column("GDELT_2.0_eventMentions_Column_Labels_Header_Row_Sep2016.tsv", "\t", "tableId")


@shared
def test_the_other_columns_are_those_of_the_list_of_formats():
    text = " ".join((SHARED / "OTHER_FORMATS.md").read_text(encoding="utf-8").split())
    for layout, heading in (("icews", "ICEWS"), ("acled", "ACLED")):
        listed = re.search(rf"\*\*{heading} \((\d+),[^*]*\*\*: (.*?)\.(?= )", text)
        assert len(names(layout)) == int(listed[1])
        assert ", ".join(names(layout)) == listed[2]
    for layout, count in (("polecat", 40), ("phoenix", 26), ("petrarch2", 13)):
        assert len(set(names(layout))) == count


def test_an_unknown_layout_is_an_error():
    with pytest.raises(KeyError):
        columns("excel")


def test_every_country_of_the_ontology_has_its_codes():
    table = countries()
    assert set(table) == set(country_codes())
    today = [c for c in table.values() if not c.historical]
    assert [c.iso3 for c in today if not re.fullmatch("[A-Z]{2}", c.fips)] == ["ALA", "BES", "UMI"]
    assert len({c.fips for c in today if c.fips}) == len(today) - 3
    assert all(re.fullmatch("[A-Z]{3}", c.gdelt) and c.icews_name and c.acled_region for c in table.values())
    numbers = [c.cow for c in today if c.cow]
    assert len(numbers) == len(set(numbers)) > 190
    assert len({c.gdelt for c in table.values()}) == len(table) - 1  # East Timor's code before and after 2002


@pytest.mark.parametrize(
    ("iso3", "fips", "gdelt", "cow"),
    [("DEU", "GM", "DEU", 255), ("RUS", "RS", "RUS", 365), ("ROU", "RO", "ROM", 360), ("CHN", "CH", "CHN", 710), ("CHE", "SZ", "CHE", 225),
     ("GBR", "UK", "GBR", 200), ("SRB", "RI", "SRB", 345), ("SSD", "OD", "SSD", 626), ("AUS", "AS", "AUS", 900), ("UKR", "UP", "UKR", 369)],
)  # fmt: skip
def test_country_codes_that_are_easily_confused(iso3, fips, gdelt, cow):
    c = countries()[iso3]
    assert (c.fips, c.gdelt, c.cow) == (fips, gdelt, cow)
    assert by_fips()[fips] == by_gdelt()[gdelt] == by_name()[c.icews_name.lower()] == iso3


def test_regions():
    assert fips_region("USA", "Texas") == ("US", "USTX")
    assert fips_region("CHE", "Geneva") == ("SZ", "SZ07")
    assert fips_region("PSE", "Gaza Strip") == ("GZ", "")
    assert fips_region("GBR", "England") == ("UK", "")
    assert fips_region(None, None) == ("", "")
    assert (region_name("USTX"), region_name("XX00")) == ("Texas", None)
    assert by_fips()["GZ"] == by_fips()["WE"] == "PSE"


def test_quad_tables():
    quads = {p: [quad_class(p, root) for root in sorted(cameo_roots())] for p in ("gdelt", "phoenix", "icews")}
    assert quads["gdelt"] == [1] * 5 + [2] * 3 + [3] * 5 + [4] * 7
    assert quads["phoenix"] == [0] * 2 + [1] * 3 + [2] * 3 + [3] * 5 + [4, 4, 3] + [4] * 4
    assert quads["icews"] == [1] * 5 + [2] * 3 + [3] * 6 + [4] * 6
    assert all(quad_class("gdelt", c.root) == c.quad_class for c in cameo_codes().values())


def test_plover_has_a_category_and_score_for_each_event_of_the_ontology():
    assert {c.plover.event for c in cameo_codes().values()} - {None} == set(plover_events())


def test_sectors_go_there_and_back():
    assert all(sector_elements()[word.lower()] == element for element, word in sector_words().items())
    assert set(roles()) <= set(sector_words())
    assert set(acled_actors()) >= set(roles()) - {"PTY"}


@pytest.mark.parametrize(
    ("text", "code"),
    [("043", "043"), ("43", "043"), ("14", "014"), ("04", "040"), ("4", None), ("112", "112"), ("831", "0831"), ("", None), ("---", None), ("９", None)],
)  # fmt: skip
def test_cameo_codes_as_files_write_them(text, code):
    assert known_cameo(text) == code


def test_acled_kinds_by_the_longest_beginning():
    assert acled_event("1831")[2] == "Suicide bomb"
    assert acled_event("1832")[1] == "Explosions/Remote violence"
    assert acled_event("1411") == ("Demonstrations", "Protests", "Peaceful protest")
    assert acled_event("112") is None


def test_actor_codes_are_taken_apart():
    parts = actor_parts("SYRREBKUR")
    assert (parts.head, parts.country, parts.types, parts.ethnic, parts.groups) == ("SYR", "SYR", ("REB",), ("KUR",), ())
    assert actor_parts("IGOUNO").head == "IGO"
    assert actor_parts(None).head is None


def test_numbers_as_gdelt_writes_them():
    from datetime import date

    assert [shortest(x) for x in (None, -10.0, 3.4, 38.8951, 40.0, -0.00001, -77.03640001)] == ["", "-10", "3.4", "38.8951", "40", "0", "-77.0364"]
    assert (fraction_date(date(2014, 2, 18)), fraction_date(date(2016, 12, 31))) == ("2014.1315", "2016.9890")


def test_codes_of_first_level_regions():
    assert iso_region("IRQ", "Nineveh") == "IQ-NI"
    assert fips_region("IRQ", "Nineveh") == fips_region("IRQ", "Ninawa") == ("IZ", "IZ15")
    assert (fips_region("FRA", "Brittany"), iso_region("FRA", "Bretagne")) == (("FR", "FRA2"), "FR-BRE")
    assert (fips_region("FRA", "Occitanie"), iso_region("FRA", "Occitanie")) == (("FR", ""), "FR-OCC")
    assert (iso_region("EGY", "Sharqia"), iso_region("GTM", "Suchitepequez"), iso_region("COD", "Ituri")) == ("EG-SHR", "GT-10", "CD-IT")
    assert (fips_region("COD", "Ituri"), fips_region("COD", "North Kivu")) == (("CG", ""), ("CG", "CG11"))
    assert (fips_region("NPL", "Bagmati"), fips_region("PHL", "Bicol")) == (("NP", ""), ("RP", ""))
    assert (iso_region("PSE", "Gaza Strip"), iso_region("SYR", "Nowhere"), iso_region(None, None)) == ("", "", "")
    codes = [codes for (_, name), codes in _regions().items() if codes.name == name]
    assert all(re.fullmatch(r"[A-Z]{2}([0-9A-Z][0-9]|[0-9][A-Z])?", c.fips) or c.fips.startswith("US") for c in codes if c.fips)


def test_every_people_of_the_gazetteer_is_an_element():
    known = {row["element"] for row in table("producers", "elements")} | set(roles()) | {row["code"] for row in table("ontology", "country_codes")}
    peoples = {e for row in table("actors", "ethnic_religious") for e in elements(row["code"])}
    assert peoples <= known, "run scripts/build_producers.py"
