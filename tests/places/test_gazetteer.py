"""Where places lie."""

import subprocess
import sys

import pytest

from tacitus.places import Gazetteer, tables

GAZETTEER = Gazetteer()


@pytest.mark.parametrize(
    ("name", "hints", "country", "precision", "lat", "lon"),
    [
        ("Kyiv", (), "UKR", "city", 50.5, 30.5),
        ("Kiev", (), "UKR", "city", 50.5, 30.5),
        ("Kobani", (), "SYR", "city", 36.9, 38.4),
        ("MOSCOW", (), "RUS", "city", 55.8, 37.6),
        ("The Hague", (), "NLD", "city", 52.1, 4.3),
        ("New York", (), "USA", "city", 40.7, -74.0),
        ("Tripoli", (), "LBY", "city", 32.9, 13.2),
        ("Tripoli", ("LBN",), "LBN", "city", 34.4, 35.8),
        ("Birmingham", ("USA",), "USA", "city", 33.5, -86.8),
        ("Paris, Texas", (), "USA", "city", 33.7, -95.6),
        ("Salisbury", (), "GBR", "city", 51.1, -1.8),
        ("Punjab", ("PAK",), "PAK", "admin1", 31.0, 72.0),
        ("Punjab", ("IND",), "IND", "admin1", 31.0, 75.6),
        ("Georgia", (), "GEO", "country", 42.2, 42.8),
        ("Georgia", ("USA",), "USA", "admin1", 32.3, -83.1),
        ("Niger", ("NGA",), "NER", "country", 14.4, 6.3),
        ("Niger state", ("NGA",), "NGA", "admin1", 9.9, 5.7),
        ("Idlib", (), "SYR", "city", 35.9, 36.6),
        ("Idlib province", (), "SYR", "admin1", 35.9, 36.6),
        ("the town of Bakhmut", (), "UKR", "city", 48.6, 38.0),
        ("a village near Jenin", (), "PSE", "city", 32.5, 35.3),
        ("Goma's", (), "COD", "city", -1.7, 29.2),
        ("Donbas", (), "UKR", "region", 48.3, 38.3),
        ("the Gaza Strip", (), "PSE", "region", 31.4, 34.4),
        ("central Tigray", (), "ETH", "admin1", 13.9, 39.1),
        ("Myanmar's Rakhine state", (), "MMR", "admin1", 19.5, 94.0),
        ("strait of Hormuz", (), None, "region", 26.6, 56.2),
        ("the Gulf", (), None, "region", 26.9, 51.5),
        ("Tehran's Azadi Square", (), "IRN", "region", 35.7, 51.3),
        ("the Soviet Union", (), "USR", "country", 53.6, 57.8),
        ("Gaza City", (), "PSE", "city", 31.5, 34.5),
    ],
)
def test_locate(name: str, hints: tuple[str, ...], country: str | None, precision: str, lat: float, lon: float) -> None:
    entry = GAZETTEER.locate(name, hints)
    assert entry is not None
    assert (entry.country, entry.precision) == (country, precision)
    assert (entry.lat, entry.lon) == pytest.approx((lat, lon), abs=0.15)


@pytest.mark.parametrize("name", ["", "parliament", "the capital", "Independence Square", "the General Assembly", "Xyzzyx", "x", "…", "Connaught Road"])
def test_nowhere(name: str) -> None:
    assert GAZETTEER.locate(name) is None


@pytest.mark.parametrize("name", ["City " * 2000, "north " * 3000 + "Syria", "\x1b[31m(", "[a-z", " \n "])
def test_odd_input_is_nowhere(name: str) -> None:
    assert GAZETTEER.locate(name, ("USA",)) is None


def test_part_of_a_country() -> None:
    north, south, whole = (GAZETTEER.locate(name) for name in ("northern Syria", "south-western Syria", "Syria"))
    assert north
    assert south
    assert whole
    assert (north.precision, whole.precision) == ("region", "country")
    assert south.lat < whole.lat < north.lat
    assert south.lon < whole.lon == north.lon


def test_town_has_its_region_and_id() -> None:
    entry = GAZETTEER.locate("Mosul")
    assert entry is not None
    assert (entry.name, entry.admin1, entry.geonameid) == ("Mosul", "Nineveh", 99072)


def test_near_chooses_among_namesakes() -> None:
    entry = GAZETTEER.locate("Springfield", ("USA",), near=(39.8, -89.0))
    assert entry is not None
    assert entry.admin1 == "Illinois"


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Mosul", "IRQ"),
        ("Kobani", "SYR"),
        ("Chiapas", "MEX"),
        ("Texas", "USA"),
        ("Darfur", "SDN"),
        ("France", "FRA"),
        ("Srebrenica", "BIH"),
        ("Katanga province", "COD"),
    ],
)
def test_country_of(name: str, country: str) -> None:
    assert GAZETTEER.country_of(name) == country


@pytest.mark.parametrize("name", ["Ford", "Mobile", "Reading", "Valencia", "Bush", "Hassan", "Nice", "Split", "May", "mosul", "", "Red Sea"])
def test_country_of_unsafe_names(name: str) -> None:
    assert GAZETTEER.country_of(name) is None


def test_regions_table() -> None:
    regions = {c.entry for listed in tables.regions().values() for c in listed}
    assert len(regions) >= 1000
    known = set(tables.iso3().values())
    assert all(entry.country is None or entry.country in known for entry in regions)
    assert all(-90 <= entry.lat <= 90 and -180 <= entry.lon <= 180 for entry in regions)


def test_import_reads_no_table() -> None:
    sizes = "tables.regions.cache_info().currsize + towns._archive.cache_info().currsize"
    code = f"import tacitus.places; from tacitus.places import tables, towns; print({sizes})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"
