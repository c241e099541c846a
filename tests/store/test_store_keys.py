"""When two reports are one."""

import pytest

from tacitus.store import canonical_url, content_key, publisher


@pytest.mark.parametrize(
    "same",
    [
        ("https://example.org/a", "HTTP://EXAMPLE.org:80/a/", "https://www.example.org/a#top", "https://m.example.org/a?utm_source=x&fbclid=1"),
        ("https://example.org/a?b=1&c=2", "https://example.org/a?c=2&b=1", "https://example.org/a?c=2&&b=1&UTM_Campaign=z"),
        ("https://example.org/~x", "https://example.org/%7Ex", "https://example.org:443/%7ex/amp/"),
        ("https://example.org", "https://example.org/", "https://user:word@example.org./"),
        ("https://bbc.co.uk/a", "https://m.bbc.co.uk/a"),
    ],
)
def test_one_page(same):
    assert len({canonical_url(url) for url in same}) == 1


@pytest.mark.parametrize(
    "different",
    [
        ("https://example.org/a", "https://example.org/A", "https://example.org:8080/a", "https://example.org/a?id=1", "https://news.example.org/a"),
        ("https://m.co.uk/a", "https://co.uk/a", "https://www.uk/a"),
        ("https://example.org/%2F", "https://example.org//"),
        ("https://example.org/amplifier", "https://example.org/", "https://example.org/amp-news"),
    ],
)
def test_different_pages(different):
    assert len({canonical_url(url) for url in different}) == len(different)


@pytest.mark.parametrize(
    "url", [None, "", " ", "file:///a/b", "ftp://example.org/a", "https://", "https://[::1", "https://x:99999999/", "mailto:a@b.org", "\ud800"]
)
def test_what_is_no_web_address_has_none(url):
    assert canonical_url(url) is None
    assert publisher(url) is None


def test_publisher():
    assert publisher("https://WWW.Example.org:8080/a") == "example.org"


def test_content():
    key = content_key("Russia vetoed\u00a0the  resolution – again.")
    assert key == content_key("RUSSIA vetoed the resolution, again\n")
    assert key != content_key("Russia vetoed the resolution")
    assert content_key("\ufb01ne") == content_key("fine")
    assert content_key(" … \n") is None
    assert content_key("half \ud800 a pair") == content_key("half a pair")
