"""Files, folders, patterns, and all that is wrong with them."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from articles_support import ENGLISH, FRENCH, Reader

from tacitus import articles
from tacitus.articles import ProblemLog, ReadOptions, read_sources
from tacitus.articles.problems import MAX_KEPT
from tacitus.errors import SourceError


def line(text: str) -> str:
    return f'{{"text": "{text}"}}'


def test_a_folder_is_read_with_all_below_in_order(read: Reader, write, tmp_path: Path) -> None:
    for name in ("b.jsonl", "a/z.jsonl", "a/b/c.jsonl", ".hidden.jsonl", ".git/x.jsonl"):
        write(name, line(name))
    assert [report.text for report in read(tmp_path).reports] == ["a/b/c.jsonl", "a/z.jsonl", "b.jsonl"]


@pytest.mark.parametrize(
    ("pattern", "matched"),
    [
        ("*.jsonl", ["b.jsonl"]),
        ("?/*.jsonl", ["a/z.jsonl"]),
        ("**/*.jsonl", ["a/b/c.jsonl", "a/z.jsonl", "b.jsonl"]),
        ("a/**", ["a/b/c.jsonl", "a/z.jsonl"]),
        ("a/**/c*", ["a/b/c.jsonl"]),
        ("[a]", ["a/b/c.jsonl", "a/z.jsonl"]),
    ],
)
def test_patterns(read: Reader, write, tmp_path: Path, pattern: str, matched: list[str]) -> None:
    for name in ("b.jsonl", "a/z.jsonl", "a/b/c.jsonl"):
        write(name, line(name))
    outcome = read(f"{tmp_path}/{pattern}")
    assert [report.text for report in outcome.reports] == matched
    assert not outcome.messages


def test_a_pattern_from_the_working_folder(read: Reader, write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a/b.jsonl", line("b"))
    monkeypatch.chdir(tmp_path)
    assert len(read("**/*.jsonl").reports) == len(read("a/*.jsonl").reports) == len(read(".").reports) == 1


def test_a_name_with_pattern_characters_is_a_name_first(read: Reader, write) -> None:
    assert read(write("a[1].txt", ENGLISH)).log.reports == 1


def test_the_run_goes_on_and_the_log_tells(read: Reader, write, tmp_path: Path) -> None:
    outcome = read("missing.txt", "", write("a.txt", ENGLISH), f"{tmp_path}/*.nothing", "a\0b", "x" * 5000)
    assert outcome.log.reports == 1
    assert outcome.log.counts == {"source": 5}
    assert outcome.messages[:3] == [
        "missing.txt: there is no such file or folder; check the path",
        "a source is an empty name; give a file, a folder, a pattern, a URL, or - for standard input",
        f"{tmp_path}/*.nothing: no file matches; check the pattern and the folder",
    ]


def test_one_name_is_not_taken_for_its_letters(write) -> None:
    assert len(list(read_sources(str(write("a.txt", ENGLISH)), problems=ProblemLog()))) == 1


def test_an_empty_folder_is_told(read: Reader, tmp_path: Path) -> None:
    assert read(tmp_path).messages == [f"{tmp_path}: there is no file in this folder; give one that holds reports"]


def test_a_loop_of_folders_ends_and_is_told(read: Reader, write, tmp_path: Path) -> None:
    write("a/b/one.jsonl", line("one"))
    (tmp_path / "a/b/up").symlink_to(tmp_path / "a", target_is_directory=True)
    (tmp_path / "a/b/self").symlink_to("self")
    for source in (tmp_path, f"{tmp_path}/**/*"):
        outcome = read(source)
        assert [report.text for report in outcome.reports] == ["one"]
        assert f"{tmp_path}/a/b/up: this links to {tmp_path}/a, which is read already; left out" in outcome.messages
        assert any("a/b/self: it cannot be read (Too many levels" in message for message in outcome.messages)


def test_what_may_not_be_read_is_told_and_the_rest_is_read(read: Reader, write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a/x.jsonl", "b/y.jsonl", "c.jsonl"):
        write(name, line(name))
    scandir, opened = os.scandir, Path.open

    def refuse_folder(path: str):
        if str(path).endswith("/a"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    def refuse_file(path: Path, *arguments: str):
        if path.name == "c.jsonl":
            raise PermissionError(13, "Permission denied")
        return opened(path, *arguments)

    monkeypatch.setattr(os, "scandir", refuse_folder)
    monkeypatch.setattr(Path, "open", refuse_file)
    outcome = read(tmp_path)
    assert [report.text for report in outcome.reports] == ["b/y.jsonl"]
    reason = "reading it is not permitted; ask for the right to, or leave it out"
    assert outcome.messages == [f"{tmp_path}/a: {reason}", f"{tmp_path}/c.jsonl: {reason}"]


def test_pipes_and_sockets_in_a_folder_are_not_waited_for(read: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket")
        outcome = read(".", "/dev/zero")
    assert [message.partition(":")[2].split(",")[0] for message in outcome.messages] == [
        " this is a named pipe",
        " this is a socket",
        " this is a device",
    ]


def test_an_unknown_suffix_is_text_only_when_it_is_named(read: Reader, write, tmp_path: Path) -> None:
    path = write("notes.csv", ENGLISH)
    assert read(path).log.reports == read(f"{tmp_path}/*.csv").log.reports == 1
    assert "name this file to have it read" in read(tmp_path).messages[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "there is nothing in it"),
        (b" \n\n\t", "there is nothing in it"),
        (b"\xef\xbb\xbf \n", "only blank space"),
        (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3", "a PDF document"),
        (b"PK\x03\x04rest", "a ZIP archive"),
        (b"\x89PNG\r\n\x1a\nrest", "a PNG image"),
        (b"\xff\xd8\xff\xe0rest", "a JPEG image"),
        (b"GIF89arest", "a GIF image"),
        (b"\x1f\x8b\x08rest", "a gzip archive"),
        (b"PAR1rest", "a Parquet file"),
        (b"text\x00\x01\x02\x03 with NULs", "NUL bytes"),
        (b"text " * 5000 + b"\x00", "NUL bytes"),
        (bytes(range(1, 32)) * 9, "control characters"),
        (b'<?xml version="1.0"?><rss></rss>', "an XML document"),
    ],
)
def test_what_is_no_text_is_named(read: Reader, write, content: bytes, said: str) -> None:
    outcome = read(path := write("a.txt", content), write("b.txt", ENGLISH))
    assert (outcome.log.reports, outcome.kinds) == (1, ["source"])
    assert outcome.messages[0].startswith(f"{path}: ")
    assert said in outcome.messages[0]


def test_a_file_and_a_text_that_are_too_long_are_refused(read: Reader, write) -> None:
    path = write("a.txt", "word " * 500)
    assert read(path, options=ReadOptions(max_document=1000)).messages == [f"{path}: it is over 0.001 MB; split it"]
    message = read(path, options=ReadOptions(max_text=1000)).messages[0]
    assert message.endswith("its text has 2,500 characters, and 1,000 is the most; split it")


def test_two_million_characters_are_the_most_by_default(read: Reader, write) -> None:
    outcome = read(write("a.txt", "word " * 400_001))
    assert "2,000,005 characters" in outcome.messages[0]
    assert "split it" in outcome.messages[0]


def test_other_languages_are_counted_and_left_out(read: Reader, write, tmp_path: Path) -> None:
    write("en.txt", ENGLISH)
    french = write("fr.txt", FRENCH)
    write("short.txt", "Le ministre est à Genève.")
    outcome = read(tmp_path)
    assert [report.language for report in outcome.reports] == ["en", None]
    assert outcome.log.counts == {"language": 1}
    assert outcome.messages[0].startswith(f"{french}, report ")
    assert 'is in "fr"' in outcome.messages[0]
    assert [r.language for r in read(french, options=ReadOptions(languages=frozenset({"en", "fr"}))).reports] == ["fr"]
    assert [r.language for r in read(french, options=ReadOptions(languages=None)).reports] == [None]


def test_a_declared_language_is_believed_if_it_is_a_code(read: Reader, write) -> None:
    text = ENGLISH.replace("\n", " ")
    path = write("a.jsonl", "\n".join(f'{{"text": "{text}", "language": "{name}"}}' for name in ("fr", "en_US", "English")))
    outcome = read(path)
    assert [report.language for report in outcome.reports] == ["en", "en"]
    assert outcome.kinds == ["language"]


def test_names_fit_to_be_printed(read: Reader, tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9\x1b[31m")).write_bytes(b"")
    message = read(tmp_path).messages[0]
    message.encode()
    assert "\x1b" not in message


def test_the_log_keeps_the_first_counts_all_and_tells_a_listener() -> None:
    heard = []
    log = ProblemLog(listener=heard.append)
    for number in range(MAX_KEPT + 5):
        log.record("a", SourceError(str(number)))
    assert (len(log.kept), log.total, len(heard)) == (MAX_KEPT, MAX_KEPT + 5, MAX_KEPT + 5)


def test_importing_the_room_loads_nothing_heavy() -> None:
    code = "import sys, tacitus.articles; print([m for m in ('httpx', 'trafilatura', 'py3langid', 'numpy', 'lxml') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_public_names_are_there() -> None:
    assert dir(articles) == sorted(articles.__all__)
    assert all(getattr(articles, name) for name in articles.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        articles.nothing  # noqa: B018
