"""Archives: every document found, from any position on; what is cut or malformed told, and what came before kept."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
import zlib

import pytest
from articles_support import ENGLISH, PAGE

from tacitus.articles import ReadOptions
from tacitus.articles.archives.opening import open_archive
from tacitus.articles.archives.packed import Packed
from tacitus.articles.fetch import Fetched
from tacitus.errors import DamagedError, FetchError, RecordError, SourceError, TacitusError
from tacitus.records import Report

OPTIONS = ReadOptions()
TEXTS = [f"{ENGLISH}Number {n}." for n in range(1, 8)]


def opened(content: bytes | str, file_name: str, **how):
    raw = content.encode() if isinstance(content, str) else content
    return open_archive(io.BytesIO(raw), file_name, OPTIONS, file_name=file_name, **how)


def items_of(entry):
    try:
        return list(entry.read())
    except TacitusError as error:
        return [error]


def items(content, file_name, position=None, **how):
    """All items of an archive; an error that ends it comes last."""
    found = []
    try:
        for entry in opened(content, file_name, **how).entries(position):
            found += items_of(entry)
    except TacitusError as error:
        found.append(error)
    return found


def texts(found):
    return [item.text for item in found if isinstance(item, Report)]


def errors(found):
    return [item for item in found if not isinstance(item, Report)]


def json_lines(values=TEXTS):
    return "".join(json.dumps({"text": text, "date": "2001-05-04"}) + "\n" for text in values).encode()


def csv_rows(values=TEXTS, delimiter=","):
    sink = io.StringIO()
    writer = csv.writer(sink, delimiter=delimiter, lineterminator="\n")
    writer.writerows([["headline", "BODY", "date"], *(["Title", text, "2001-05-04"] for text in values)])
    return sink.getvalue().encode()


def parquet(values=TEXTS, **columns):
    import pyarrow as pa
    from pyarrow import parquet as pq

    sink = io.BytesIO()
    pq.write_table(pa.table({"content": values, **columns}), sink, row_group_size=3)
    return sink.getvalue()


def warc_record(block, kind="response", media="application/http", length=None):
    size = len(block) if length is None else length
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: <https://example.org/a>\r\nContent-Type: {media}\r\nContent-Length: {size}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


def answer(body, headers="Content-Type: text/html; charset=utf-8"):
    return f"HTTP/1.1 200 OK\r\n{headers}\r\n\r\n".encode() + body


def warc_parts(values=TEXTS):
    return [warc_record(text.encode(), "conversion", "text/plain") for text in values]


def packed(parts):
    return b"".join(gzip.compress(part) for part in parts)


ARCHIVES = {
    "a.jsonl": json_lines(),
    "a.jsonl.gz": gzip.compress(json_lines()),
    "parts.jsonl.gz": packed([json_lines()[n : n + 100] for n in range(0, len(json_lines()), 100)]),
    "wide.jsonl": json_lines().decode().encode("utf-16"),
    "a.csv": csv_rows(),
    "a.csv.gz": gzip.compress(csv_rows()),
    "a.tsv": csv_rows(delimiter="\t"),
    "wide.csv": csv_rows().decode().encode("utf-16-le"),
    "a.parquet": parquet(),
    "a.warc": b"".join(warc_parts()),
    "a.warc.gz": packed(warc_parts()),
    "one-part.warc.gz": gzip.compress(b"".join(warc_parts())),
    "across-parts.warc.gz": packed([b"".join(warc_parts())[n : n + 150] for n in range(0, len(b"".join(warc_parts())), 150)]),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_every_report_from_every_position(name):
    """Reading from the position after a document gives what comes after it, nothing twice and nothing lost."""
    entries = list(opened(ARCHIVES[name], name).entries(None))
    whole = [text for entry in entries for text in texts(items_of(entry))]
    assert [text.strip() for text in whole] == TEXTS
    for number, entry in enumerate(entries, 1):
        assert texts(items(ARCHIVES[name], name, entry.after)) == whole[number:], f"after {entry.place} at {entry.after}"


@pytest.mark.parametrize("name", [name for name in ARCHIVES if name.endswith(".gz")])
def test_a_cut_gzip_is_noticed_wherever_it_is_cut(name):
    content = ARCHIVES[name]
    whole = texts(items(content, name))
    for end in {len(content) - 1, len(content) - 5, len(content) - 8, len(content) * 2 // 3, 30}:
        found = items_or_error(content[:end], name)
        assert errors(found), f"cut at {end} of {len(content)}"
        assert texts(found) == whole[: len(texts(found))]


def items_or_error(content, name):
    try:
        return items(content, name)
    except SourceError as error:
        return [error]


def test_a_cut_gzip_keeps_what_came_before():
    lines = [f"{ENGLISH}{n * 7919} {n * 104729}" for n in range(2_000)]
    found = items(gzip.compress(json_lines(lines))[:-2_000], "a.jsonl.gz")
    assert 1_000 < len(texts(found)) < 2_000
    assert texts(found) == lines[: len(texts(found))]
    assert isinstance(found[-1], DamagedError)
    assert "ends before its end" in str(found[-1])


def test_gzip_checksums_lengths_and_what_follows_are_verified():
    content = gzip.compress(json_lines())
    for wrong in (content[:-8] + b"\0\0\0\0" + content[-4:], content[:-4] + b"\1\0\0\0", content + b"more"):
        assert isinstance(items(wrong, "a.jsonl.gz")[-1], DamagedError)
    assert len(texts(items(content + b"\0" * 1_000, "a.jsonl.gz"))) == len(TEXTS)


def test_a_bomb_is_held_to_a_ratio():
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join([packer.compress(b"\n" * 1_000_000) for _ in range(80)]) + packer.flush()
    stream = Packed(io.BytesIO(bomb), "bomb.gz")
    with pytest.raises(DamagedError, match="250 times"):
        list(iter(lambda: stream.read(1 << 20), b""))


def test_lines_over_the_limit_are_passed_over():
    stream = Packed(io.BytesIO(b"one\n" + b"x" * 200_000 + b"\ntwo\nthree"), "a")
    assert [stream.readline(1_000) for _ in range(5)] == [b"one\n", None, b"two\n", b"three", b""]


def test_zip_archives_of_one_file_are_read_and_others_not():
    def made(names):
        sink = io.BytesIO()
        with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in names:
                archive.writestr(name, json_lines())
        return sink.getvalue()

    assert len(texts(items(made(["a.jsonl"]), "a.jsonl.zip"))) == len(TEXTS)
    with pytest.raises(SourceError, match="2 files"):
        opened(made(["a.jsonl", "b.jsonl"]), "a.zip")
    with pytest.raises(DamagedError):
        opened(made(["a.jsonl"])[:-40], "a.jsonl.zip")


class TestTables:
    def test_columns_by_any_of_their_names(self):
        found = items('URL;"Body";Headline;Date;ID;lang\nhttps://example.org/1;"Talks;\nheld";"A ""title""";2001-05-04;7;en\n', "a.csv")
        assert found == [Report("Talks;\nheld", "7", "https://example.org/1", "2001-05-04", 'A "title"', "en")]

    def test_missing_text_column_names_what_there_is(self):
        with pytest.raises(SourceError, match='text or body or content; this one has "id, wert"'):
            opened("id,wert\n1,2\n", "a.csv")

    def test_a_table_without_a_suffix_is_known_by_its_header(self):
        assert len(texts(items(csv_rows(), ""))) == len(TEXTS)
        assert texts(items("Talks, title and text\n\nwere in Geneva.\n", "")) == ["Talks, title and text\n\nwere in Geneva.\n"]

    def test_rows_of_other_widths_are_told_and_the_others_read(self):
        found = items(f'date,text\n2001-05-04,"{TEXTS[0]}"\nx\na,b,c\n2001-05-04,"{TEXTS[1]}"\n', "a.csv")
        assert texts(found) == TEXTS[:2]
        assert [str(e).split(";")[0] for e in errors(found)] == [
            "a.csv, line 6: it has 1 cells, and the header 2",
            "a.csv, line 7: it has 3 cells, and the header 2",
        ]

    def test_a_quote_that_does_not_end_costs_one_line_only(self):
        found = items("date,text\nx,One two three\ny,\"Four five\nz,Six seven\n", "a.csv")
        assert texts(found) == ["One two three", "Six seven"]
        assert [str(e) for e in errors(found)] == ["a.csv, line 3: its quotes do not end; close them"]

    def test_too_many_false_starts_end_it(self):
        found = items("date,text\n" + 'x,"a,b\n' * 500, "a.csv")
        assert isinstance(found[-1], DamagedError)
        assert len(found) < 250


class TestParquet:
    def test_dates_bytes_and_numbers(self):
        import datetime

        dates = [datetime.date(2001, 5, 4)] * 7
        found = items(parquet([t.encode() for t in TEXTS], date=dates, id=list(range(7)), headline=["A"] * 7), "a.parquet")
        assert found[2] == Report(TEXTS[2], "2", None, "2001-05-04", "A", "en")

    def test_a_damaged_row_group_costs_itself_only(self):
        content = bytearray(parquet())
        content[4:60] = b"\xff" * 56
        found = items(bytes(content), "a.parquet")
        assert texts(found) == TEXTS[3:]
        assert isinstance(found[0], DamagedError)

    def test_beyond_a_row_group_is_the_next(self):
        archive = opened(parquet(), "a.parquet")
        assert [archive.beyond(p) for p in (None, "0+2", "2+0")] == ["1+0", "1+0", None]

    def test_no_text_column_and_no_footer(self):
        with pytest.raises(SourceError, match='"value, wert"'):
            opened(_renamed(), "a.parquet")
        with pytest.raises(DamagedError, match="cut, damaged or encrypted"):
            opened(parquet()[:-10], "a.parquet")


def _renamed():
    import pyarrow as pa
    from pyarrow import parquet as pq

    sink = io.BytesIO()
    pq.write_table(pa.table({"value": [1], "wert": [2]}), sink)
    return sink.getvalue()


class TestWebArchives:
    def test_pages_and_their_encodings(self):
        page = PAGE.format(charset="utf-8").encode()
        chunked = b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in (page[:300], page[300:])) + b"0\r\n\r\n"
        html = "Content-Type: text/html; charset=utf-8"
        for body, headers in (
            (page, html),
            (gzip.compress(page), f"{html}\r\nContent-Encoding: gzip"),
            (page, f"{html}\r\nContent-Encoding: gzip"),
            (chunked, f"{html}\r\nTransfer-Encoding: chunked"),
            (page, f"{html}\r\nTransfer-Encoding: chunked"),
            (page.decode().encode("latin-1"), "Content-Type: text/html; charset=ISO-8859-1"),
        ):
            (found,) = items(warc_record(answer(body, headers)), "a.warc")
            assert isinstance(found, Report), headers
            assert (found.url, found.title, found.published) == ("https://example.org/a", "Talks open in Geneva", "2001-05-04")
            assert "Genève" in found.text

    def test_what_is_no_report_is_nothing(self):
        records = [
            warc_record(b"GET / HTTP/1.1\r\n\r\n", "request"),
            warc_record(b"x: y", "warcinfo", "application/warc-fields"),
            warc_record(b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>no</p>"),
            warc_record(answer(b"\x89PNG", "Content-Type: image/png")),
        ]
        archive = opened(b"".join(records), "a.warc")
        assert [items_of(entry) for entry in archive.entries(None)] == [[]] * 4

    @pytest.mark.parametrize("length", [-1, 5, 10_000, 10**17, "many"])
    @pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
    def test_a_length_that_lies_costs_its_record_only(self, name, length):
        wrong = warc_record(b"text " * 40, "conversion", "text/plain", length)
        parts = [warc_parts()[0], wrong, warc_parts()[1]]
        found = items(packed(parts) if name.endswith("gz") else b"".join(parts), name)
        assert texts(found) == TEXTS[:2]
        assert len(errors(found)) == 1
        assert "Content-Length" in str(errors(found)[0]) or "length" in str(errors(found)[0])

    def test_a_damaged_part_costs_itself_only(self):
        parts = [gzip.compress(part) for part in warc_parts()]
        parts[3] = parts[3][:40] + b"\xff" * 20 + parts[3][60:]
        found = items(b"".join(parts), "a.warc.gz")
        assert texts(found) == TEXTS[:3] + TEXTS[4:]
        assert isinstance(errors(found)[0], DamagedError)

    def test_cut_within_a_record(self):
        found = items(b"".join(warc_parts())[:-60], "a.warc")
        assert texts(found) == TEXTS[:-1]
        assert "more than there are" in str(found[-1])

    def test_bodies_are_held_to_the_limit(self):
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        bomb = b"".join([packer.compress(b"\0" * 1_000_000) for _ in range(20)]) + packer.flush()
        (found,) = items(warc_record(answer(bomb, "Content-Type: text/html\r\nContent-Encoding: gzip")), "a.warc")
        assert isinstance(found, RecordError)
        assert "over 10 MB" in str(found)


class TestUrlLists:
    def fetched(self, url, options):
        self.asked = [*getattr(self, "asked", []), url]
        return Fetched(url, f"{ENGLISH}At {url}.".encode(), ".txt")

    def test_a_plain_list(self):
        found = items("# news\nhttps://example.org/1\n\nfile:///etc/passwd\nhttps://example.org/2\n", "a.txt", fetcher=self.fetched)
        assert [r.url for r in found if isinstance(r, Report)] == ["https://example.org/1", "https://example.org/2"]
        assert isinstance(errors(found)[0], FetchError)
        assert self.asked == ["https://example.org/1", "https://example.org/2"]

    def test_a_report_that_mentions_urls_is_none(self):
        text = f"https://example.org/1\n{ENGLISH}"
        assert texts(items(text, "a.txt")) == [text]

    @pytest.mark.parametrize(("columns", "url", "seen"), [(61, 60, 59), (58, 57, 56), (16, 5, 2), (27, 4, 1)])
    def test_gdelt_tables(self, columns, url, seen):
        cells = ["1"] * columns
        cells[url], cells[seen] = "https://example.org/1", "20190524120000"
        other = list(cells)
        other[url] = "BBC Monitoring"
        archive = opened("\t".join(cells) + "\n" + "\t".join(other) + "\n" + "\t".join(cells[1:]) + "\n", "x.export.CSV", fetcher=self.fetched)
        first, second, third = archive.entries(None)
        assert first.url == "https://example.org/1"
        assert items_of(first)[0].published == "2019-05-24T12:00:00Z"
        assert (items_of(second), second.url) == ([], None)
        assert isinstance(items_of(third)[0], RecordError)

    def test_gdelt_zip(self):
        cells = ["1"] * 61
        cells[59], cells[60] = "20190524", "https://example.org/1"
        sink = io.BytesIO()
        with zipfile.ZipFile(sink, "w") as archive:
            archive.writestr("20190524.export.CSV", "\t".join(cells) + "\n")
        assert items(sink.getvalue(), "20190524.export.CSV.zip", fetcher=self.fetched)[0].published == "2019-05-24"


def test_single_documents_are_read_by_their_formats():
    assert texts(items(PAGE.format(charset="utf-8"), "a.html"))[0].startswith("Talks open")
    assert items(f"https://example.org/1\n112\n11\n{ENGLISH}", "a")[0].label == "112"
    assert len(items(json.dumps([{"text": t} for t in TEXTS], indent=1), "a.json")) == len(TEXTS)
    assert texts(items(gzip.compress(ENGLISH.encode()), "a.txt.gz")) == [ENGLISH]
    assert isinstance(items(gzip.compress(ENGLISH.encode())[:-6], "a.txt.gz")[0], DamagedError)


def test_in_folders_unknown_suffixes_are_not_text():
    assert isinstance(items(ENGLISH, "a.log", named=False)[0], SourceError)
    assert texts(items(ENGLISH, "a.log", named=True)) == [ENGLISH]


def test_empty_and_binary_files():
    for content in (b"", b"  \n", gzip.compress(b""), b"%PDF-1.4 x", b"\0\1\2" * 100):
        with pytest.raises(SourceError):
            opened(content, "a.txt")
