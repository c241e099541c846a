"""Each format read as it should be, and each bad input of it told."""

from __future__ import annotations

import io
import json
import tracemalloc
from pathlib import Path

import pytest
from articles_support import ENGLISH, PAGE, Reader

from tacitus.articles import ReadOptions, write_labelled
from tacitus.errors import RecordError
from tacitus.records import Report, made_id

SEED = Path(__file__).resolve().parents[3] / "shared" / "seed"


def test_plain_text_is_the_file_as_it_is(read: Reader, write) -> None:
    outcome = read(write("a.txt", ENGLISH))
    assert outcome.reports == [Report(text=ENGLISH, language="en")]
    assert (outcome.log.total, outcome.log.reports) == (0, 1)


def test_a_title_and_a_dateline_are_read_off_and_stay_in_the_text(read: Reader, write) -> None:
    text = "Talks open in Geneva\n\nGENEVA, May 4, 2001 (Reuters) - " + ENGLISH
    report = read(write("a.txt", text)).reports[0]
    assert (report.title, report.published, report.text) == ("Talks open in Geneva", "2001-05-04", text)


def test_html_gives_text_title_and_date_without_the_page(read: Reader, write) -> None:
    report = read(write("a.html", PAGE.format(charset="utf-8"))).reports[0]
    assert report.title == "Talks open in Geneva"
    assert report.published == "2001-05-04"
    assert "Genève on Friday" in report.text
    assert "Sign in" not in report.text
    assert "Copyright" not in report.text


def test_html_is_told_by_its_content_whatever_its_name(read: Reader, write) -> None:
    assert read(write("page", PAGE.format(charset="utf-8"))).reports[0].title == "Talks open in Geneva"


@pytest.mark.parametrize("page", ["<html><body></body></html>", "<html>" + "<div>" * 50_000, "<p>\x01\ufffe<<<>>"])
def test_html_without_an_article_is_told(read: Reader, write, page: str) -> None:
    outcome = read(write("a.html", page))
    assert not outcome.reports
    assert "HTML" in outcome.messages[0]


def test_a_page_naming_the_front_page_as_its_url_has_none(read: Reader, write) -> None:
    page = PAGE.format(charset="utf-8")
    front = read(write("a.html", page.replace("<title>", '<link rel="canonical" href="https://wire.example/"><title>')))
    own = read(write("b.html", page.replace("<title>", '<link rel="canonical" href="https://wire.example/2001/talks"><title>')))
    assert (front.reports[0].url, own.reports[0].url) == (None, "https://wire.example/2001/talks")


def test_json_lines_malformed_ones_are_told_by_number_and_skipped(read: Reader, write) -> None:
    lines = [
        '{"id": "1", "date": "2001-05-04", "title": "One\\nline", "text": "First."}',
        "",
        '{"text": "unfinished',
        "[1]",
        '{"title": "no text"}',
        '{"text": 5}',
        "[" * 100_000,
        '{"text": "Last.", "published": "2002-01-01T00:00:00Z", "url": "https://x.example/a", "language": "en-GB"}',
    ]
    outcome = read(path := write("a.jsonl", "\ufeff" + "\r\n".join(lines)))
    first, last = outcome.reports
    assert (first.id, first.published, first.title, first.text) == ("1", "2001-05-04", "One line", "First.")
    assert (last.id, last.language) == (made_id("https://x.example/a"), "en")
    assert [message.split(":")[0] for message in outcome.messages] == [f"{path}, line {number}" for number in (3, 4, 5, 6, 7)]
    assert outcome.log.counts == {"record": 5}


def test_json_lines_are_told_by_content_even_if_the_first_is_broken(read: Reader) -> None:
    outcome = read("-", stdin=io.BytesIO(b'{"text": oops}\n{"text": "Good."}\n'))
    assert [report.text for report in outcome.reports] == ["Good."]
    assert outcome.messages[0].startswith("standard input, line 1: this is not JSON")


def test_json_lines_in_utf16_and_with_a_line_of_cp1252(read: Reader, write) -> None:
    line = '{"text": "Genève."}\n'
    assert read(write("a.jsonl", (line * 9000).encode("utf-16"))).log.reports == 9000
    mixed = read(write("b.jsonl", line.encode() + line.encode("cp1252")))
    assert [report.text for report in mixed.reports] == ["Genève.", "Genève."]


def test_a_line_over_the_limit_is_skipped_in_bounded_memory(read: Reader, write) -> None:
    path = write("a.jsonl", b'{"text": "One."}\n{"text": "' + b"x" * 30_000_000 + b'"}\n{"text": "Three."}')
    tracemalloc.start()
    outcome = read(path, options=ReadOptions(max_line=100_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [report.text for report in outcome.reports] == ["One.", "Three."]
    assert outcome.messages == [f"{path}, line 2: it is over 0.1 MB; split the report"]
    assert peak < 3_000_000


def test_a_live_stream_of_json_lines_is_not_waited_for(read: Reader) -> None:
    class Live(io.RawIOBase):
        asked = 0

        def read1(self, _: int) -> bytes:
            self.asked += 1
            assert self.asked == 1, "read on before the first report was given"
            return b'{"text": "Now."}\n'

    from tacitus.articles import ProblemLog, read_sources

    assert next(read_sources(["-"], problems=ProblemLog(), stdin=Live())).text == "Now."  # type: ignore[arg-type]


def test_json_one_object_and_a_list(read: Reader, write) -> None:
    record = {"text": ENGLISH, "url": "https://x.example/a"}
    for name, content in (("a.json", json.dumps(record, indent=1)), ("b.json", json.dumps(record)), ("c", json.dumps([record], indent=1))):
        assert [report.url for report in read(write(name, content)).reports] == ["https://x.example/a"], name
    outcome = read(write("d.json", json.dumps([record, "no report", record])))
    assert len(outcome.reports) == 2
    assert "d.json, element 2: a report is a JSON object" in outcome.messages[0]


@pytest.mark.parametrize(
    ("content", "said"), [("[{]", "not JSON"), ("[]", "empty"), ("3", "JSON object"), ("[" * 100_000, "cannot be read")]
)
def test_json_that_holds_no_report_is_told(read: Reader, write, content: str, said: str) -> None:
    outcome = read(write("a.json", content))
    assert (outcome.kinds, outcome.log.reports) == (["record"], 0)
    assert said in outcome.messages[0]


def test_a_json_list_over_the_limit_is_told(read: Reader, write) -> None:
    outcome = read(path := write("a.json", '[{"text": "' + "x" * 2000 + '"}]'), options=ReadOptions(max_json=1000))
    assert outcome.messages == [f"{path}: it is over 0.001 MB; split it"]


def test_control_characters_go_and_everything_else_stays(read: Reader, write) -> None:
    raw = "One\x00\x07 two\r\nthree\rfour\x0cfive\tâ€™ e\u0301 \u200b\u00a0 \ud800 end."
    report = read(write("a.jsonl", json.dumps({"text": raw}))).reports[0]
    assert report.text == "One two\nthree\nfour\nfive\tâ€™ e\u0301 \u200b\u00a0 \ufffd end."


def test_the_labelled_record_goes_round(read: Reader, write) -> None:
    record = f"https://x.example/a\n0211\n02\n{ENGLISH}"
    report = read(write("a.txt", record)).reports[0]
    assert (report.url, report.label, report.text) == ("https://x.example/a", "0211", ENGLISH)
    assert write_labelled(report, "0211") == record
    assert read(write("b.txt", record.replace("\n", "\r\n").encode("utf-16"))).reports == [report]


@pytest.mark.skipif(not SEED.is_dir(), reason="shared/seed is not beside this checkout")
def test_the_seed_goes_round(read: Reader) -> None:
    outcome = read(SEED)
    assert outcome.reports
    assert not outcome.messages
    for report, path in zip(outcome.reports, sorted(SEED.glob("*.txt")), strict=True):
        assert report.label
        assert write_labelled(report, report.label) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("record", "said"),
    [("https://x.example/a\n110\n12\nText.", 'root "12"'), ("https://x.example/a\n110\n11\n \n", "no text follows line 3")],
)
def test_a_labelled_record_at_odds_with_itself_is_told(read: Reader, write, record: str, said: str) -> None:
    outcome = read(write("a.txt", record))
    assert outcome.kinds == ["record"]
    assert said in outcome.messages[0]


@pytest.mark.parametrize(("url", "code"), [(None, "110"), ("a b", "110"), ("https://x.example/a\nb", "110"), ("https://x.example/a", "1x")])
def test_a_labelled_record_that_could_not_be_read_back_is_not_written(url: str | None, code: str) -> None:
    with pytest.raises(RecordError):
        write_labelled(Report(text="Text.", url=url), code)
