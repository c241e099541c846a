"""URLs, against a server on loopback."""

from __future__ import annotations

import socket
import time

import pytest
from articles_support import ENGLISH, Reader, local

from tacitus.articles import FetchOptions, ReadOptions
from tacitus.articles.addresses import is_public
from tacitus.articles.fetch import Fetched


def test_a_text_has_its_url(read: Reader, server: str) -> None:
    report = read(f"{server}/text#part", options=local()).reports[0]
    assert (report.text, report.url, report.language) == (ENGLISH, f"{server}/text", "en")


def test_a_page_in_latin_1(read: Reader, server: str) -> None:
    report = read(f"{server}/page", options=local()).reports[0]
    assert "in Genève on Friday" in report.text
    assert (report.title, report.published, report.url) == ("Talks open in Geneva", "2001-05-04", f"{server}/page")


def test_the_header_names_the_charset(read: Reader, server: str) -> None:
    assert read(f"{server}/greek", options=local()).reports[0].text.startswith("Αθήνα ")


def test_json_lines_keep_ids_of_their_own(read: Reader, server: str) -> None:
    outcome = read(f"{server}/lines", options=local())
    assert [report.url for report in outcome.reports] == [None]
    assert outcome.messages[0].startswith(f"{server}/lines, line 2: ")


def test_the_user_agent_is_sent(read: Reader, server: str) -> None:
    assert read(f"{server}/agent", options=local(user_agent="Lab 7")).reports[0].text.startswith("Lab 7 ")


def test_compressed_content_is_unpacked(read: Reader, server: str) -> None:
    assert read(f"{server}/squeezed", options=local()).reports[0].text == ENGLISH


def test_redirects_are_followed_up_to_five(read: Reader, server: str) -> None:
    assert read(f"{server}/hop/4", options=local()).reports[0].url == f"{server}/text"
    outcome = read(f"{server}/hop/5", options=local())
    assert outcome.kinds == ["fetch"]
    assert "redirected more than 5 times" in outcome.messages[0]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("missing", "the server answered 404"),
        ("cut", "ends early"),
        ("brotli", 'compresses with "gzip, br"'),
        ("away?ftp://x.example/", 'not "ftp"'),
        ("away?file:///etc/passwd", 'not "file"'),
        ("away?http://u:secret@x.example/", "password"),
    ],
)
def test_what_a_server_may_not_do(read: Reader, server: str, path: str, said: str) -> None:
    outcome = read(f"{server}/{path}", options=local())
    assert outcome.kinds == ["fetch"]
    assert said in outcome.messages[0].removeprefix(f"{server}/{path}")


@pytest.mark.parametrize(("path", "said"), [("pdf", "a PDF document"), ("empty", "there is nothing in it")])
def test_bad_content_is_told_as_in_a_file(read: Reader, server: str, path: str, said: str) -> None:
    outcome = read(f"{server}/{path}", options=local())
    assert outcome.kinds == ["source"]
    assert said in outcome.messages[0]


@pytest.mark.parametrize("path", ["hang", "trickle", "headers"])
def test_the_time_is_kept_however_the_server_dawdles(read: Reader, server: str, path: str) -> None:
    start = time.monotonic()
    outcome = read(f"{server}/{path}", options=local(total_seconds=0.4))
    assert time.monotonic() - start < 1.5
    assert outcome.messages == [f"{server}/{path}: the server took too long (the limit is 0.4 s in all); try again later"]


@pytest.mark.parametrize("path", ["huge", "bomb"])
def test_the_size_is_kept_packed_or_not(read: Reader, server: str, path: str) -> None:
    outcome = read(f"{server}/{path}", options=local(max_bytes=1_000_000))
    assert outcome.messages == [f"{server}/{path}: it is over 1 MB; fetch it yourself and split it"]


def test_a_look_up_that_hangs_is_left(read: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(1))
    assert "looking up host x.example timed out" in read("http://x.example/", options=local(total_seconds=0.1)).messages[0]


def test_an_unknown_host_and_a_closed_port(read: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    assert "the connection failed" in read(f"http://127.0.0.1:{port}/", options=local()).messages[0]

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert "host x.example is not known" in read("http://x.example/", options=local()).messages[0]


@pytest.mark.parametrize(
    "url", ["ftp://x.example/", "file:///etc/passwd", "http://", "http://x:99999/", "http://[::1", "https://u:secret@x.example/"]
)
def test_urls_that_are_none(read: Reader, url: str) -> None:
    outcome = read(url, options=local())
    assert outcome.kinds == ["fetch"]
    assert "secret" not in outcome.messages[0]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "[::1]", "[::ffff:10.0.0.1]", "169.254.169.254", "0.0.0.0"])
def test_private_hosts_are_refused(read: Reader, host: str) -> None:
    outcome = read(f"http://{host}:9/", options=ReadOptions(fetch=FetchOptions(total_seconds=2)))
    assert outcome.kinds == ["fetch"]
    assert "not public" in outcome.messages[0]


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("::ffff:8.8.8.8", True),
        ("10.1.2.3", False),
        ("100.64.0.1", False),
        ("192.168.1.1", False),
        ("172.16.0.1", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::808:808", True),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_a_redirect_to_a_private_address_is_refused(read: Reader, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tacitus.articles.addresses.is_public", lambda address: address == "127.0.0.1")
    outcome = read(f"{server}/away?http://10.0.0.1/", options=ReadOptions(fetch=FetchOptions(total_seconds=3)))
    assert "10.0.0.1 is at 10.0.0.1, which is not public" in outcome.messages[0]


def test_the_host_is_looked_up_once_so_that_it_cannot_change(read: Reader, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up = []
    real = socket.getaddrinfo

    def once(host: str, port: int, *arguments: object, **more: object):
        if host != "news.example":
            return real(host, port, *arguments, **more)  # type: ignore[arg-type]
        looked_up.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", once)
    port = server.rsplit(":", 1)[1]
    outcome = read(f"http://news.example:{port}/text", options=local())
    assert outcome.reports[0].url == f"http://news.example:{port}/text"
    assert looked_up == ["news.example"]


def test_the_network_can_be_stood_in_for(read: Reader) -> None:
    outcome = read("https://x.example/a", fetcher=lambda url, options: Fetched(url, ENGLISH.encode(), ".txt"))
    assert outcome.reports[0].url == "https://x.example/a"
