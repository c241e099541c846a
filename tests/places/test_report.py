"""Places in the light of what a report says around them."""

import io
import time
import zipfile
from importlib.resources import files

import pytest

from tacitus.places import Gazetteer, ReportPlaces, folding, surroundings, tables, towns

GAZETTEER = Gazetteer()


def locate(text, name, *countries):
    start = text.index(name)
    return ReportPlaces(GAZETTEER, text).locate(start, start + len(name), countries)


@pytest.mark.parametrize(
    ("text", "name", "countries", "geonameid"),
    [
        ("Protesters marched in Victoria, British Columbia.", "Victoria", (), 6174041),
        ("Police fired on a crowd in Victoria.", "Victoria", ("SYC",), 241131),
        ("The army took the town of Daraa.", "Daraa", ("SYR",), 170905),
        ("Soldiers sealed off Daraa on Monday.", "Daraa", ("SYR",), 170905),
        ("Rioters burned cars in Cordoba, Argentina.", "Cordoba", (), 3860259),
        ("Soldiers shelled Gori, Georgia.", "Gori", (), 614455),
        ("Crowds gathered in Columbus, Ohio.", "Columbus", (), 4509177),
        ("Crowds gathered in Columbus, Georgia.", "Columbus", (), 4188985),
        ("Shells fell on Durayhimi.", "Durayhimi", ("YEM",), 80309),
        ("Russian guns shelled Sloviansk.", "Sloviansk", ("UKR",), 693468),
        ("Gunmen killed six people in Simi Valley.", "Simi Valley", ("USA",), 5396003),
    ],
)
def test_towns(text, name, countries, geonameid):
    entry = locate(text, name, *countries)
    assert entry is not None
    assert entry.geonameid == geonameid


@pytest.mark.parametrize(
    ("text", "name", "country", "admin1"),
    [
        ("Rebels overran posts across Daraa province.", "Daraa", "SYR", "Daraa"),
        ("Fighting spread to Ghazni and Kunduz provinces.", "Ghazni", "AFG", "Ghazni"),
        ("A bomb went off in Pakistan's Sindh.", "Sindh", "PAK", "Sindh"),
        ("A riot broke out in Sichuan.", "Sichuan", "CHN", "Sichuan"),
        ("Voters in Quebec said no.", "Quebec", "CAN", "Quebec"),
        ("Villages burned in Cameroon's Northwest region.", "Northwest", "CMR", "Northwest"),
        ("The governor of Kunduz was shot.", "Kunduz", "AFG", "Kunduz"),
    ],
)
def test_regions(text, name, country, admin1):
    entry = locate(text, name)
    assert entry is not None
    assert (entry.precision, entry.country, entry.admin1) == ("admin1", country, admin1)


def test_other_places_of_the_report_choose_among_namesakes():
    assert locate("Shots were heard in Springfield. Police came from Decatur, Illinois.", "Springfield", "USA").admin1 == "Illinois"
    assert locate("Shots were heard in Springfield. Police came from Kansas City, Missouri.", "Springfield", "USA").admin1 == "Missouri"


def test_small_place_abroad_is_not_meant():
    assert locate("Colombian rebels attacked Conna.", "Conna", "COL") is None
    assert locate("Irish police searched a house in Conna.", "Conna", "IRL").geonameid == 2965234


@pytest.mark.parametrize(
    ("phrase", "countries"),
    [
        ("Salmaniya hospital", ("BHR", "IRQ")),  # no other spelling of Sulaymaniyah, of a country that is named in passing
        ("Mudzi", ("ZWE", "CHN")),
        ("the Legislative Council", ("HKG", "USA")),  # not Council, Idaho
        ("Sharif University", ("IRN", "USA")),
        ("Independence Square", ("UKR", "USA")),
        ("San Marcos University", ("PER", "MEX")),
        ("the Russian parliament", ("RUS", "UKR")),  # a demonym is no spelling of a village
        ("the Avenida Caracas", ("COL", "VEN")),  # streets are called after places
        ("Nizami Street", ("AZE", "ARM")),
        ("the U.S. Embassy", ("PHL", "USA")),
        ("the embassy of Iran", ("IRQ", "IRN")),
    ],
)
def test_a_name_in_a_phrase_is_no_place_of_a_country_that_is_only_mentioned(phrase, countries):
    assert GAZETTEER.locate(phrase, countries) is None


@pytest.mark.parametrize(
    ("phrase", "countries", "name"),
    [
        ("Sloviansk", ("RUS", "UKR"), "Slovyansk"),
        ("the Beira road", ("ZWE", "MOZ"), "Beira"),
        ("Lusaka Central prison", ("ZMB", "FRA"), "Lusaka"),
        ("the Israeli consulate in Berlin", ("TUR", "DEU", "ISR"), "Berlin"),
        ("Tehran's Enghelab Street", ("USA", "IRN"), "Tehran"),
        ("the Rue de Marseille", ("FRA",), "Marseille"),
    ],
)
def test_a_name_in_a_phrase_is_a_place_where_the_text_speaks_of_its_country(phrase, countries, name):
    entry = GAZETTEER.locate(phrase, countries)
    assert entry is not None
    assert entry.name == name


def test_dates_are_no_places_beside_others():
    assert GAZETTEER.certain("March", ("GBR",)) is None
    assert GAZETTEER.certain("Leeds", ("GBR",)) is not None


def test_mention_at_the_ends_of_the_text():
    assert locate("Kobani", "Kobani").country == "SYR"
    assert locate("", "") is None


def test_levels():
    assert surroundings.read("", " province").level == "first level"
    assert surroundings.read("the city of ", " fell").level == "town"
    assert surroundings.read("in ", " on Monday").level is None


def test_every_town_of_geonames_is_there():
    archive = zipfile.ZipFile(io.BytesIO(files("tacitus.places").joinpath("data", "towns.zip").read_bytes()))
    lines = [line for name in archive.namelist() for line in archive.read(name).decode().split("\n")]
    own = [cells for cells in (line.split("\t") for line in lines) if len(cells) == 9]
    assert len({cells[6] for cells in own}) == len(own) > 230_000
    assert lines == sorted(lines, key=str.encode)
    assert [name.partition(" ")[2] for name in archive.namelist()] == [lines[i].split("\t")[0] for i in range(0, len(lines), 1000)]


def test_names_that_span_parts_are_found_whole():
    archive, firsts, names = towns._archive()
    spanning = next(key for i, key in enumerate(firsts[1:]) if archive.read(names[i]).decode().split("\n")[-1].startswith(key + "\t"))
    both = b"\n".join(archive.read(n) for n in names).decode().split("\n")
    assert len(towns._lines(spanning)) == sum(line.startswith(spanning + "\t") for line in both) > 1


def test_first_look_up_is_quick():
    for function in (tables.countries, tables.regions, tables.admin1_regions, tables.towns, tables.demonyms, towns._archive, towns._part):
        function.cache_clear()
    start = time.process_time()
    assert GAZETTEER.locate("Baidoa") is not None
    assert time.process_time() - start < 0.3


def test_skeletons():
    assert folding.skeleton("sloviansk") == folding.skeleton("slovyansk")
    assert folding.skeleton("kunduz") != folding.skeleton("kandahar")


def test_codes_of_regions_table():
    regions = [line.split("\t") for line in files("tacitus.places").joinpath("data", "admin1.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    assert len({(r[0], r[1]) for r in regions}) == len(regions) > 3_500
    assert len({(r[0], r[2]) for r in regions}) == len(regions)  # exports know a region by its name
    iso = [r[7] for r in regions if r[7]]
    assert len(set(iso)) == len(iso) > 3_300
    assert all(r[7].startswith(r[0] + "-") for r in regions if r[7])


def test_regions_lie_among_their_towns():
    sofia, laayoune, congo = (tables.admin1_regions()[1][key] for key in (("BG", "42"), ("MA", "11"), ("CD", "17")))
    assert (sofia.name, laayoune.country, congo.name) == ("Sofia", "MAR", "Ituri")
    assert (laayoune.lat, laayoune.lon) == pytest.approx((27.3, -12.2), abs=0.2)
