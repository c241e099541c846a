"""Hostile lines, tables and lists of URLs."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

from hostile_support import CODED, EITHER, MB, NOTHING, REPORTED, gzip_of, record, words, zeros_packed


def json_lines() -> Iterator[tuple[str, str, bytes, str]]:
    good = f"{record()}\n{record()}\n".encode()
    packed = gzip_of(good)
    yield "last-line-cut", ".jsonl", good + record().encode()[:-20], REPORTED
    yield "bad-lines-between", ".jsonl", good + b"{\n]\nnull\n" + f"{record()}\n".encode(), REPORTED
    yield "line-over-the-limit", ".jsonl", good + b'{"text": "' + b"x" * 17 * MB + b'"}\n' + f"{record()}\n".encode(), REPORTED
    yield "nuls-in-lines", ".jsonl", good + b"\0" * 1_000 + b"\n", REPORTED
    yield "line-ends-of-old-macs", ".jsonl", good.replace(b"\n", b"\r"), REPORTED
    yield "blank-lines-500000", ".jsonl", good + b"\n" * 500_000 + f"{record()}\n".encode(), CODED
    yield "utf-16", ".jsonl", good.decode().encode("utf-16"), CODED
    yield "marks-before-every-line", ".jsonl", b"\xef\xbb\xbf" + good.replace(b"\n", b"\n\xef\xbb\xbf"), EITHER
    yield "gzip-cut-in-the-middle", ".jsonl.gz", gzip_of(good * 50)[:-60], REPORTED
    yield "gzip-cut-in-the-trailer", ".jsonl.gz", packed[:-3], REPORTED
    yield "gzip-without-trailer", ".jsonl.gz", packed[:-8], REPORTED
    yield "gzip-header-only", ".jsonl.gz", packed[:10], REPORTED
    yield "gzip-header-cut", ".jsonl.gz", packed[:5], REPORTED
    yield "gzip-wrong-checksum", ".jsonl.gz", packed[:-8] + b"\1\2\3\4" + packed[-4:], REPORTED
    yield "gzip-wrong-length", ".jsonl.gz", packed[:-4] + b"\xff\xff\xff\x7f", REPORTED
    yield "gzip-damaged-in-the-middle", ".jsonl.gz", packed[:40] + b"\0\xff\0\xff" * 4 + packed[56:], REPORTED
    yield "gzip-garbage-behind", ".jsonl.gz", packed + b"garbage", REPORTED
    yield "gzip-zeros-behind", ".jsonl.gz", packed + b"\0" * 100_000, CODED
    yield "gzip-empty-parts-5000", ".jsonl.gz", gzip_of(b"") * 5_000 + packed, CODED
    yield "gzip-a-part-a-byte", ".jsonl.gz", b"".join(gzip_of(bytes([b])) for b in good), CODED
    yield "gzip-in-gzip", ".jsonl.gz", gzip_of(packed), REPORTED
    yield "gzip-in-gzip-30-deep", ".jsonl.gz", _gzip_deep(good, 30), REPORTED
    yield "gzip-unknown-method", ".jsonl.gz", b"\x1f\x8b\x07" + packed[3:], REPORTED
    yield "gzip-name-without-end", ".jsonl.gz", b"\x1f\x8b\x08\x08\0\0\0\0\0\3" + b"x" * 100_000, REPORTED
    yield "gzip-extra-field-lies", ".jsonl.gz", b"\x1f\x8b\x08\x04\0\0\0\0\0\3\xff\xff" + packed[10:], REPORTED
    yield "gzip-bomb-of-zeros", ".jsonl.gz", zeros_packed(100 * MB), REPORTED
    yield "gzip-bomb-after-good-lines", ".jsonl.gz", packed + zeros_packed(100 * MB, b"x"), REPORTED
    yield "gzip-bomb-of-line-ends", ".jsonl.gz", packed + zeros_packed(100 * MB, b"\n"), REPORTED
    yield "gzip-bomb-as-html", ".html", zeros_packed(100 * MB, b"<"), REPORTED
    yield "gzip-bomb-as-text", ".txt.gz", zeros_packed(100 * MB, b"a "), REPORTED


def _gzip_deep(content: bytes, depth: int) -> bytes:
    for _ in range(depth):
        content = gzip_of(content)
    return content


def tables() -> Iterator[tuple[str, str, str | bytes, str]]:
    def row() -> str:
        return f'2001-05-04,"{words()}"\n'

    head = "date,text\n"
    yield "nuls", ".csv", head + row().replace("Geneva", "Gen\0eva") + "\0\0\n", EITHER
    yield "quote-never-closed-on-the-last-row", ".csv", head + row() + f'x,"{words()}\n', REPORTED
    yield "quote-never-closed-on-the-first-row", ".csv", head + f'x,"{words()}\n' + "".join(row().replace('"', "") for _ in range(3)), REPORTED
    yield "quotes-odd-everywhere", ".csv", head + f'x,"{words()}\n' * 3_000, REPORTED
    yield "quote-in-the-middle", ".csv", head + f'x,{words().replace(",", " ")} 5" shells\n', CODED
    yield "too-many-cells", ".csv", head + f"x,{words()},y,z\n" + row(), REPORTED
    yield "too-few-cells", ".csv", head + "x\n" + row(), REPORTED
    yield "cells-100000-in-a-row", ".csv", head + "," * 100_000 + "x\n" + row(), REPORTED
    yield "columns-20000", ".csv", ",".join(["text", *(f"c{n}" for n in range(20_000))]) + "\n" + f'"{words()}"' + "," * 20_000 + "\n", CODED
    yield "field-of-20-mb", ".csv", head + 'x,"' + "x" * 20 * MB + '"\n' + row(), REPORTED
    yield "no-header", ".csv", row(), REPORTED
    yield "no-column-for-the-text", ".csv", "id,value\n1,2\n", REPORTED
    yield "header-only", ".csv", head, NOTHING
    yield "empty", ".csv", "", REPORTED
    yield "same-column-twice", ".csv", "text,text\n" + f'"{words()}","other"\n', CODED
    yield "formulas", ".csv", head + f'=1+1,"=HYPERLINK(""http://evil"") {words()}"\n', EITHER
    yield "line-ends-of-old-macs", ".csv", (head + row()).replace("\n", "\r"), REPORTED
    yield "utf-16", ".csv", (head + row()).encode("utf-16"), CODED
    yield "utf-32-without-mark", ".csv", (head + row()).encode("utf-32-le"), EITHER
    yield "tabs-under-csv", ".csv", f"date\ttext\n2001-05-04\t{words()}\n", CODED
    yield "semicolons", ".csv", f"date;text\n2001-05-04;{words()}\n", CODED
    yield "binary", ".csv", bytes(range(256)) * 100, REPORTED
    yield "gzip-cut", ".csv.gz", gzip_of((head + "".join(row() for _ in range(50))).encode())[:-30], REPORTED
    yield "tsv-with-quotes", ".tsv", f'date\ttext\nx\t"Quoted" {words()}\n', EITHER


def parquets() -> Iterator[tuple[str, str, bytes, str]]:
    import pyarrow as pa
    from pyarrow import parquet

    def made(columns: dict[str, object], **how: object) -> bytes:
        sink = io.BytesIO()
        parquet.write_table(pa.table(columns), sink, **how)
        return sink.getvalue()

    good = made({"text": [words() for _ in range(200)]}, row_group_size=50)
    plain = made({"text": [words() for _ in range(20)]}, compression="none", use_dictionary=False)
    yield "tail-cut", ".parquet", good[:-100], REPORTED
    yield "head-cut", ".parquet", good[100:], REPORTED
    yield "magic-only", ".parquet", b"PAR1PAR1", REPORTED
    yield "footer-length-lies", ".parquet", good[:-8] + struct.pack("<I", 2**31 - 1) + b"PAR1", REPORTED
    yield "footer-of-garbage", ".parquet", good[:-500] + b"\xff" * 492 + good[-8:], REPORTED
    yield "footer-of-zeros", ".parquet", b"PAR1" + b"\0" * 5_000 + struct.pack("<I", 5_000) + b"PAR1", REPORTED
    yield "pages-of-garbage", ".parquet", good[:4] + b"\xaa" * 4_000 + good[4_004:], REPORTED
    yield "page-sizes-lie", ".parquet", plain[:4] + plain[4:40].replace(plain[6:8], b"\xff\xff") + plain[40:], EITHER
    yield "no-column-for-the-text", ".parquet", made({"value": [1, 2]}), REPORTED
    yield "text-of-numbers", ".parquet", made({"text": [1, 2, 3]}), REPORTED
    yield "text-of-lists", ".parquet", made({"text": [["a"], ["b"]]}), REPORTED
    yield "text-of-nulls", ".parquet", made({"text": pa.array([None, None], pa.string())}), REPORTED
    yield "text-of-bytes", ".parquet", made({"text": [words().encode()]}), CODED
    yield "text-of-bytes-that-are-none", ".parquet", made({"text": [b"\xff\xfe\x00\xd8" * 50]}), EITHER
    yield "moments-beyond-the-calendar", ".parquet", made({"text": [words()], "published": pa.array([2**62], pa.timestamp("us"))}), EITHER
    yield "no-rows", ".parquet", made({"text": pa.array([], pa.string())}), NOTHING
    yield "columns-3000", ".parquet", made({"text": [words()], **{f"c{n}": [n] for n in range(3_000)}}), CODED
    yield "empty-file", ".parquet", b"", REPORTED
    yield "text-under-parquet", ".parquet", words().encode(), REPORTED
    bomb = pa.array(["a" * 400 * MB], pa.large_string())
    yield "page-bomb", ".parquet", made({"text": bomb}, compression="zstd", use_dictionary=False, write_statistics=False), REPORTED
    sink = io.BytesIO()
    with parquet.ParquetWriter(sink, pa.schema([("text", pa.large_string())]), compression="zstd", use_dictionary=False, write_statistics=False) as writer:
        writer.write_table(pa.table({"text": bomb}))
        writer.write_table(pa.table({"text": pa.array([words()], pa.large_string())}))
    yield "page-bomb-before-a-good-group", ".parquet", sink.getvalue(), REPORTED
    many = pa.array(["b" * 1_900_000]).take(pa.array([0] * 400))
    yield "dictionary-bomb", ".parquet", made({"text": many.dictionary_encode()}), REPORTED


URLS = {
    "file": "file:///etc/passwd",
    "data": "data:text/html,<p>x</p>",
    "javascript": "javascript:alert(1)",
    "ftp": "ftp://127.0.0.1/x",
    "gopher": "gopher://127.0.0.1:25/x",
    "loopback": "http://127.0.0.1/x",
    "loopback-short": "http://127.1/x",
    "loopback-decimal": "http://2130706433/x",
    "loopback-octal": "http://0177.0.0.1/x",
    "loopback-hex": "http://0x7f.0.0.1/x",
    "loopback-6": "http://[::1]/x",
    "loopback-mapped": "http://[::ffff:127.0.0.1]/x",
    "any": "http://0.0.0.0/x",
    "metadata": "http://169.254.169.254/latest/meta-data",
    "private-10": "http://10.0.0.1/x",
    "private-192": "http://192.168.0.1/x",
    "private-6": "http://[fd00::1]/x",
    "localhost": "http://localhost/x",
    "password": "http://user:secret@127.0.0.1/x",
    "port-0": "http://127.0.0.1:0/x",
    "port-99999": "http://127.0.0.1:99999/x",
    "no-host": "http:///x",
    "bad-brackets": "http://[::1/x",
    "with-controls": "http://127.0.0.1/\x1b[31m",
    "of-10000-characters": "http://127.0.0.1/" + "x" * 10_000,
    "line-of-2-mb": "http://127.0.0.1/" + "x" * 2 * MB,
}


def url_lists() -> Iterator[tuple[str, str, bytes, str]]:
    for name, url in URLS.items():
        yield name, ".urls", f"http://127.0.0.1/first-{name}\n{url}\n# comment\n".encode(), REPORTED
    cells = ["7"] * 61
    cells[59], cells[60] = "20190524120000", "http://127.0.0.1/gdelt"
    yield "gdelt-events-private", ".export.CSV", ("\t".join(cells) + "\n").encode(), REPORTED
    yield "gdelt-events-cells-missing", ".export.CSV", ("\t".join(cells) + "\n" + "\t".join(cells[:30]) + "\n").encode(), REPORTED
    yield (
        "gdelt-mentions-of-broadcasts",
        ".mentions.CSV",
        ("\t".join(["1", "20190524120000", "20190524120000", "2", "x", "BBC Monitoring", *["0"] * 10]) + "\n").encode(),
        NOTHING,
    )
