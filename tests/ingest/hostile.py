"""Hostile documents, made by program: each a danger of its own, with a name. ``EITHER`` may be coded or reported; what must be reported says so."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hostile_archives import warcs, zips
from hostile_pages import MAGICS, encodings, page_contents, page_structures, page_words
from hostile_support import CODED, EITHER, MB, REPORTED, record, words
from hostile_tables import json_lines, parquets, tables, url_lists


@dataclass(frozen=True)
class Hostile:
    """A document: its danger's name, its file's name, its bytes, and what must come of it."""

    name: str
    file: str
    content: bytes
    outcome: str = EITHER


def texts() -> Iterator[tuple[str, str | bytes, str]]:
    yield "empty", "", REPORTED
    yield "blanks", " \n\t\r\n" * 1_000, REPORTED
    yield "mark-only", b"\xef\xbb\xbf", REPORTED
    yield "nuls-only", b"\0" * 10_000, REPORTED
    yield "nul-far-in", words().encode() + b" x" * 10_000 + b"\0" + b" y" * 100, REPORTED
    yield "controls-only", bytes(range(1, 9)) * 1_000, REPORTED
    yield "over-the-limit", "x " * 6 * MB, REPORTED
    yield "line-of-1-mb", words() + " and so on" * 100_000, CODED
    yield "lines-300000", words() + "\n" * 300_000, CODED
    yield "dateline-for-backtracking", "A" * 100 + " A" * 5_000 + ", " + words(), CODED
    yield "dateline-of-agencies", "GENEVA (" * 2_000 + words(), CODED
    yield "format-strings", "%n%s%x{0}{self.__class__} " + words(), CODED
    yield "sql", "'); DROP TABLE reports; -- " + words(), CODED
    yield "spreadsheet-formula", "=cmd|'/c calc'!A1 " + words(), CODED
    yield "terminal-escapes", "\x1b]52;c;b3duZWQ=\x07\x1b[31m" + words(), CODED
    yield "separators-of-unicode", words().replace(" ", "\u2028\u2029\u0085\v\f"), CODED
    yield "private-use-and-noncharacters", words() + "\ue000\ufffe\uffff\U0010ffff", CODED
    yield "french", "Le ministre des affaires étrangères a rencontré vendredi à Genève son homologue russe pour discuter du cessez-le-feu en Syrie.", REPORTED
    yield "xml-feed", '<?xml version="1.0"?><rss><channel><item>x</item></channel></rss>', REPORTED
    yield "labelled-with-wrong-root", "https://example.org/h1\n112\n12\n" + words(), REPORTED
    yield "labelled-without-text", "https://example.org/h2\n112\n11\n \n", REPORTED


def json_documents() -> Iterator[tuple[str, str | bytes, str]]:
    yield "arrays-100000-deep", "[" * 100_000, REPORTED
    yield "arrays-100000-deep-closed", "[" * 100_000 + "]" * 100_000, REPORTED
    yield "objects-100000-deep", '{"a":' * 100_000 + "1" + "}" * 100_000, REPORTED
    yield "field-deep", f'{{"text": {json.dumps(words())}, "x": {"[" * 900}{"]" * 900}}}', EITHER
    yield "lone-surrogate", record().replace("Geneva", "\\ud800"), CODED
    yield "lone-surrogate-in-id", record(id="\ud800"), EITHER
    yield "surrogates-swapped", record().replace("Geneva", "\\udc00\\ud800"), CODED
    yield "number-of-10000-digits", record(x=0).replace('"x": 0', '"x": ' + "9" * 10_000), EITHER
    yield "number-1e999", record(x=0).replace('"x": 0', '"x": 1e999'), EITHER
    yield "not-a-number", record(id=0).replace('"id": 0', '"id": NaN'), EITHER
    yield "id-of-500-digits", record(id=0).replace('"id": 0', '"id": ' + "9" * 500), EITHER
    yield "same-key-10000-times", "{" + '"text": "x", ' * 10_000 + record()[1:], CODED
    for what, value in (("list", ["x"]), ("object", {"x": 1}), ("number", 7), ("null", None), ("true", True), ("empty", ""), ("blank", " \n ")):
        yield f"text-is-{what}", record(text=value), REPORTED
    for field in ("id", "url", "title", "published", "language"):
        yield f"{field}-is-object", record(**{field: {"x": [1]}}), REPORTED
    yield "title-of-1-mb", record(title="x " * 500_000), EITHER
    yield "id-of-1-mb", record(id="x" * MB), EITHER
    yield "url-of-1-mb", record(url="https://example.org/" + "x" * MB), EITHER
    yield "url-of-script", record(url="javascript:alert(1)"), CODED
    yield "url-with-bad-port", record(url="http://example.org:99999999999/x"), CODED
    yield "url-with-bad-brackets", record(url="http://[::1/x"), CODED
    yield "url-with-nul", record(url="http://example.org/\0x"), CODED
    yield "published-nonsense", record(published="yesterday, or \x1b[31mso"), EITHER
    yield "published-in-year-0", record(published="0000-00-00"), EITHER
    yield "published-of-1-mb", record(published="2" * MB), EITHER
    yield "language-of-1-mb", record(language="e" * MB), EITHER
    yield "keys-with-controls", record(**{"\x00\x1b": 1}), EITHER
    yield "text-over-the-limit", record(text="word " * 500_000), REPORTED
    yield "unterminated", record()[:-10], REPORTED
    yield "trailing-comma", record()[:-1] + ",}", REPORTED
    yield "single-quotes", record().replace('"', "'"), EITHER
    yield "utf-16", record().encode("utf-16"), EITHER
    yield "nuls-between", record().replace(",", ",\0"), REPORTED
    yield "empty-list", "[]", REPORTED
    yield "empty-object", "{}", REPORTED
    yield "list-of-numbers", json.dumps(list(range(2_000))), REPORTED
    yield "list-with-one-good", f"[{record()}, 7, null, [], {{}}]", EITHER


def documents() -> list[Hostile]:
    """All of them that are files with content."""
    found: list[Hostile] = []

    def add(family: str, name: str, suffix: str, content: str | bytes, outcome: str) -> None:
        raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
        found.append(Hostile(f"{family}: {name}", f"{family}-{name}{suffix}", raw, outcome))

    for made in (page_structures, page_contents, page_words):
        for name, content, outcome in made():
            add("html", name, ".html", content, outcome)
    for name, content, outcome in encodings():
        add("encoding", name, ".html", content, outcome)
    for name, magic in MAGICS.items():
        add("called-html", name, ".html", magic + b"\0\1\2\3" * 500, REPORTED)
    for name, content, outcome in texts():
        add("text", name, ".txt", content, outcome)
    for name, content, outcome in json_documents():
        add("json", name, ".json", content, outcome)
    for family, made in (("lines", json_lines), ("table", tables), ("parquet", parquets), ("warc", warcs), ("zip", zips), ("urls", url_lists)):
        for name, suffix, content, outcome in made():
            add(family, name, suffix, content, outcome)
    return found


def write_special(folder: Path) -> list[str]:
    """What is no plain file: links, pipes, devices, strange names. Their names; those that hold a good text hold ``words()``."""
    (folder / "link-to-itself").symlink_to("link-to-itself")
    (folder / "link-loop-a").symlink_to("link-loop-b")
    (folder / "link-loop-b").symlink_to("link-loop-a")
    (folder / "link-to-nothing.txt").symlink_to("nothing-there")
    (folder / "link-to-the-folder").symlink_to(folder)
    (folder / "link-to-zero.txt").symlink_to("/dev/zero")
    (folder / "folder-called.html").mkdir()
    os.mkfifo(folder / "pipe.txt")
    names = ["link-to-itself", "link-loop-a", "link-loop-b", "link-to-nothing.txt", "link-to-the-folder", "link-to-zero.txt", "folder-called.html", "pipe.txt"]
    for name in (
        "-rf",
        "line\nbreak.txt",
        "escape\x1b[31m.txt",
        "quote'\".txt",
        "$(reboot).txt",
        "x" * 250 + ".txt",
        "\u202etxt.exe.txt",
        " .txt",
        "~",
        "*.txt",
        "[a-z].txt",
    ):
        (folder / name).write_text(words(), encoding="utf-8")
        names.append(name)
    (folder / os.fsdecode(b"no-utf-8-\xff\xfe.txt")).write_text(words(), encoding="utf-8")
    return [*names, "no-utf-8"]
