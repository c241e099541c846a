"""Other producers' files as events: rows as the producers write them, malformed rows, damaged archives, and our own exports back in."""

import gzip
import zipfile

import pytest
from made_events import edge_cases, event

from tacitus.errors import SourceError
from tacitus.exports.dyads import dyads
from tacitus.exports.export import export_events
from tacitus.producers import gdelt, icews, phoenix
from tacitus.producers.columns import names
from tacitus.producers.imported import CONFIDENCE_UNKNOWN
from tacitus.records import event_from_record, made_id


def row(layout, **cells):
    assert set(cells) <= set(names(layout))
    return "\t".join(cells.get(name, "") for name in names(layout))


GDELT = row(
    "gdelt2", GLOBALEVENTID="410412347", SQLDATE="20140218", MonthYear="201402", Year="2014", FractionDate="2014.1315", Actor1Code="ROMGOV",
    Actor1Name="ROMANIA", Actor1CountryCode="ROM", Actor1Type1Code="GOV", Actor2Code="IGOUNO", Actor2Name="UNITED NATIONS", IsRootEvent="1",
    EventCode="043", EventBaseCode="043", EventRootCode="04", QuadClass="1", GoldsteinScale="2.8", NumMentions="10", NumSources="1", NumArticles="10",
    AvgTone="2.107728337", Actor1Geo_Type="0", ActionGeo_Type="4", ActionGeo_FullName="Gaza, Israel (general), Israel", ActionGeo_CountryCode="IS",
    ActionGeo_ADM1Code="IS00", ActionGeo_Lat="31.4167", ActionGeo_Long="34.3333", ActionGeo_FeatureID="-797156", DATEADDED="20150218230000",
    SOURCEURL="http://example.org/a",
)  # fmt: skip


def read(reader, tmp_path, text, name="file.csv"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    problems = []
    return list(reader.read(path, problems.append)), problems


def test_a_gdelt_row_is_gdelts_event(tmp_path):
    (e,), problems = read(gdelt, tmp_path, GDELT + "\n")
    assert problems == []
    assert (e.coder, e.event_id, e.report_id) == ("GDELT 2.0", made_id("GDELT 2.0", "410412347"), made_id("http://example.org/a"))
    assert (e.code, e.root, e.event_date, e.date_precision, e.published) == ("043", "04", "2014-02-18", "day", "2015-02-18T23:00:00Z")
    assert [(a.code, a.country, a.roles, a.name) for a in (*e.source, *e.target)] == [
        ("ROUGOV", "ROU", ("GOV",), "ROMANIA"), ("IGOUNO", None, (), "UNITED NATIONS"),
    ]  # fmt: skip
    assert (e.place.name, e.place.country, e.place.admin1, e.place.lat, e.place.precision) == ("Gaza", "ISR", None, 31.4167, "city")
    assert (e.goldstein, e.confidence, e.mentions, e.trigger.text) == (2.8, CONFIDENCE_UNKNOWN, (), "")
    assert event_from_record(e.to_dict(), "here") == e


@pytest.mark.parametrize("pack", ["plain", "gzip", "zip"])
def test_archives(pack, tmp_path):
    data = f"{GDELT}\n{GDELT}".encode()
    if pack == "gzip":
        data = gzip.compress(data)
    if pack == "zip":
        with zipfile.ZipFile(tmp_path / "made", "w") as archive:
            archive.writestr("20150218230000.export.CSV", data)
            archive.writestr("codebook.pdf", b"%PDF\t\n")
        data = (tmp_path / "made").read_bytes()
    events, problems = read(gdelt, tmp_path, data)
    assert (len(events), problems) == (2, [])


def test_gdelt_1_with_and_without_a_url(tmp_path):
    old = row("gdelt1", GLOBALEVENTID="1", SQLDATE="20130401", EventCode="140", GoldsteinScale="-6.5", DATEADDED="20130401", SOURCEURL="http://x.org")
    (new, before), problems = read(gdelt, tmp_path, old + "\n" + old.rpartition("\t")[0] + "\n")
    assert problems == []
    assert (new.coder, new.code, new.url, new.published) == ("GDELT 1.0", "140", "http://x.org", "2013-04-01")
    assert (before.url, before.event_date, before.source, before.place) == (None, "2013-04-01", (), None)


def test_malformed_rows_are_left_out_and_told(tmp_path):
    bad = ["too\tfew", GDELT.replace("\t043\t043", "\tXYZ\t043", 1), GDELT.replace("20140218", "20141318"), GDELT.replace("\t2.8\t", "\tnan\t"),
           GDELT.replace("31.4167", "91"), GDELT.replace("20150218230000", "soon"), "", "x" * (1 << 21)]  # fmt: skip
    events, problems = read(gdelt, tmp_path, "\n".join([GDELT, *bad, GDELT]))
    assert len(events) == 2
    assert [p.line for p in problems] == [2, 3, 4, 5, 6, 7, 9]
    assert all(p.path.endswith("file.csv") and str(p.line) in str(p) for p in problems)
    assert "expected" in problems[0].reason
    assert "XYZ" in problems[1].reason


def test_a_cut_archive_gives_its_rows_and_says_so(tmp_path):
    import random

    noise = random.Random(1)
    rows = "".join(GDELT.replace("410412347", str(noise.getrandbits(60))) + "\n" for _ in range(20_000)).encode()
    events, problems = read(gdelt, tmp_path, gzip.compress(rows)[:-20_000])
    assert 0 < len(events) < 20_000
    assert "ends before its end" in problems[-1].reason


@pytest.mark.parametrize("data", [b"PK\x03\x04 no archive", None])
def test_what_cannot_be_opened_is_an_error(data, tmp_path):
    path = tmp_path / "x.zip"
    if data:
        path.write_bytes(data)
    with pytest.raises(SourceError, match=r"x\.zip"):
        list(gdelt.read(path))


def test_an_archive_without_a_table_is_an_error(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("codebook.pdf", b"%PDF")
    with pytest.raises(SourceError, match="no table"):
        list(icews.read(tmp_path / "x.zip"))


ICEWS = {
    "Event ID": "20718170", "Event Date": "2014-01-01", "Source Name": "Hamid Karzai", "Source Sectors": "Executive,Executive Office,Government",
    "Source Country": "Afghanistan", "Event Text": "Make statement", "CAMEO Code": "10", "Intensity": "0.0", "Target Name": "Lawyer (Russia)",
    "Target Sectors": "Legal,Social", "Target Country": "Russian Federation", "Story ID": "31920561", "Sentence Number": "5", "Publisher": "The Times",
    "City": "Kabul", "District": "NULL", "Province": "Kabol", "Country": "Afghanistan", "Latitude": "34.5167", "Longitude": "69.1833",
}  # fmt: skip


def test_an_icews_row_is_icews_event(tmp_path):
    text = "\n".join(
        ["\t".join(names("icews")), row("icews", **ICEWS), "\t".join(f'"{v}"' for v in ICEWS.values()), row("icews", **ICEWS | {"Event Date": "x"})]
    )
    (e, quoted), problems = read(icews, tmp_path, text, "events.2014.tab")
    assert e == quoted
    assert [p.line for p in problems] == [4]
    assert (e.coder, e.code, e.event_date, e.sentence, e.goldstein) == ("ICEWS", "010", "2014-01-01", 4, 0.0)
    assert [(a.name, a.code, a.country) for a in (*e.source, *e.target)] == [("Hamid Karzai", "AFGGOV", "AFG"), ("Lawyer (Russia)", "RUSCVL", "RUS")]
    assert (e.place.name, e.place.admin1, e.place.country, e.place.precision) == ("Kabul", "Kabol", "AFG", "city")


def test_a_phoenix_row_is_phoenixs_event(tmp_path):
    text = row(
        "phoenix", EventID="7", Date="20140620", Year="2014", Month="6", Day="20", SourceActorFull="USAGOV", TargetActorFull="---", EventCode="042",
        EventRootCode="04", QuadClass="1", GoldsteinScore="1.9", Lat="38.9", Lon="-77.0", LocationName="Washington", StateName="D.C.", CountryCode="USA",
        SentenceID="53a4_3", URLs="http://a.org/1;http://b.org/2", NewsSources="a;b",
    )  # fmt: skip
    (e,), problems = read(phoenix, tmp_path, text)
    assert problems == []
    assert (e.coder, e.code, e.event_date, e.url, e.sentence, e.target) == ("Phoenix", "042", "2014-06-20", "http://a.org/1", 3, ())
    assert (e.source[0].code, e.place.name, e.place.country) == ("USAGOV", "Washington", "USA")


def whole(e):
    """Events whose every part a producer's row can hold."""
    return bool(e.event_date and e.modality == "actual" and e.event_id != "e20")


def parts(e):
    """What must survive: codes, code, date, and of the place its name, country, region and degrees."""
    p = e.place if e.place and e.place.name else None
    where = (p.name, p.country, p.admin1, p.lat, p.lon, p.precision) if p else None
    return (tuple(a.code for a in e.source), tuple(a.code for a in e.target), e.code, e.event_date, where)


def expected(events, code=lambda c: c):
    out = []
    for e in events:
        for d in dyads(e):
            one = event(1, d.code, source=(), target=(), place=e.place, event_date=e.event_date)
            sides = tuple((code(a.code),) if a else () for a in (d.source, d.target))
            out.append((*sides, *parts(one)[2:]))
    return out


def unnamed_region(p):
    """GDELT has towns, regions and countries, no other areas."""
    return (*p[:4], p[4] and (*p[4][:5], "city" if p[4][5] == "region" else p[4][5]))


@pytest.mark.parametrize("to", ["gdelt1", "gdelt2"])
def test_our_gdelt_export_reads_back(to, tmp_path):
    events = [e for e in edge_cases() if whole(e)]
    problems = []
    back = list(gdelt.read(export_events(events, to, tmp_path).files[0], problems.append))
    assert problems == []
    assert len(back) > 20
    assert [parts(e) for e in back] == [unnamed_region(p) for p in expected(events)]


def test_our_phoenix_export_reads_back(tmp_path):
    events = [e for e in edge_cases() if whole(e) and all(a.code for a in (*e.source, *e.target))]
    problems = []
    back = list(phoenix.read(export_events(events, "phoenix", tmp_path).files[0], problems.append))
    assert problems == []
    told = [unnamed_region(parts(e)) for e in back]
    for got, want in zip(told, map(unnamed_region, expected(events)), strict=True):
        assert got[:4] == want[:4]
        assert want[4] is None or want[4][5] == "country" or got[4] == want[4]


def test_our_icews_export_reads_back(tmp_path):
    """ICEWS has no actor codes: country and roles survive, groups, peoples and rebels' names as codes do not."""
    events = [e for e in edge_cases() if whole(e) and e.event_id != "e22" and all(a.code for a in (*e.source, *e.target))]
    problems = []
    back = list(icews.read(export_events(events, "icews", tmp_path).files[0], problems.append))
    assert problems == []
    assert [unnamed_region(parts(e)) for e in back] == [unnamed_region(p) for p in expected(events)]
    (group,) = icews.read(export_events([event(source=("LBNREBHEZ",), target=("IGOUNO",))], "icews", tmp_path).files[0])
    assert [group.source[0].code, group.target[0].code] == ["LBNREB", "IGO"]
