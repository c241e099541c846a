"""Our GDELT files read by what is on PyPI: `gdelt-py` (imported as ``py_gdelt``), and `gdelt` with pandas. Each is skipped where it is not installed.

Last run with gdelt-py 0.1.11, gdelt 0.1.14 and pandas, in an environment of their own: see docs/exports.md.
"""

import importlib.util
import sys
import types
import zipfile
from pathlib import Path

import pytest
from made_events import edge_cases

from tacitus.exports.dyads import dyads
from tacitus.exports.export import export_events
from tacitus.producers.columns import columns

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture
def files(tmp_path):
    return export_events(edge_cases(), "gdelt2", tmp_path).files


@pytest.fixture
def pairs():
    return [(e, d) for e in edge_cases() if e.modality == "actual" and (e.event_date or e.published) for d in dyads(e)]


def inside(path):
    with zipfile.ZipFile(path) as archive:
        return archive.read(archive.namelist()[0])


def test_gdelt_py_reads_our_events_and_mentions(files, pairs):
    pytest.importorskip("py_gdelt", reason="gdelt-py is not installed")
    from py_gdelt.models.events import Event as PeerEvent
    from py_gdelt.models.events import Mention as PeerMention
    from py_gdelt.parsers.events import EventsParser
    from py_gdelt.parsers.mentions import MentionsParser

    events = [PeerEvent.from_raw(raw) for raw in EventsParser().parse(inside(files[0]))]
    assert [(e.global_event_id, e.event_code, e.event_root_code) for e in events] == [(d.number, d.code, d.root) for _, d in pairs]
    assert [e.actor1.code if e.actor1 else None for e in events] == [
        d.source.code.replace("ROU", "ROM") if d.source and d.source.code else None for _, d in pairs
    ]
    assert [e.date.isoformat() for e in events] == [e.event_date or e.published[:10] for e, _ in pairs]
    mentions = [PeerMention.from_raw(raw) for raw in MentionsParser().parse(inside(files[1]))]
    assert len(mentions) == sum(max(1, len(e.mentions)) for e, _ in pairs)
    assert {m.global_event_id for m in mentions} == {e.global_event_id for e in events}


def test_gdelt_py_agrees_on_country_codes():
    pytest.importorskip("py_gdelt", reason="gdelt-py is not installed")
    from py_gdelt.lookups.countries import Countries

    from tacitus.producers.countries import countries

    theirs = {entry.iso3: fips for fips, entry in Countries()._countries_data.items()}
    ours = {iso3: countries()[iso3].fips for iso3 in theirs if iso3 in countries()}
    assert len(ours) > 240
    assert ours == {iso3: theirs[iso3] for iso3 in ours}


def peer_worker(path, monkeypatch):
    """The function of `gdelt` that reads a downloaded file, with the download replaced by our file. The package itself asks the network on import,
    so its module is loaded alone."""
    pytest.importorskip("pandas", reason="pandas is not installed")
    found = importlib.util.find_spec("gdelt")
    if found is None:
        pytest.skip("gdelt is not installed")
    spec = importlib.util.spec_from_file_location("gdelt_parallel", Path(found.origin).with_name("parallel.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    reply = types.SimpleNamespace(content=path.read_bytes(), status_code=200)
    monkeypatch.setattr(module.requests, "get", lambda *_, **__: reply)
    return module._mp_worker


def schema(name):
    import pandas as pd

    return list(pd.read_csv(Path(sys.prefix) / "data" / name)["name"])


@pytest.mark.parametrize(("index", "kind", "labels"), [(0, "events", "events2.csv"), (1, "mentions", "mentions.csv")])
def test_gdelt_and_pandas_read_our_tables_into_their_schema(index, kind, labels, files, pairs, monkeypatch):
    frame = peer_worker(files[index], monkeypatch)(f"http://data.gdeltproject.org/gdeltv2/{files[index].name}", table=kind)
    frame.columns = schema(labels)
    rows = len(pairs) if index == 0 else sum(max(1, len(e.mentions)) for e, _ in pairs)
    assert len(frame) == rows
    if index == 0:
        assert list(frame["GLOBALEVENTID"]) == [d.number for _, d in pairs]
        assert list(frame["EventCode"]) == [d.code for _, d in pairs]
    for column, name in zip(columns("gdelt2" if index == 0 else "gdelt2-mentions"), frame.columns, strict=True):
        if column.type in {"integer", "real"} and frame[name].notna().any():
            assert frame[name].dtype.kind in "if", name
