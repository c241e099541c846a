"""Hostile pages: structures, contents, words and encodings."""

from __future__ import annotations

from collections.abc import Iterator

from hostile_support import CODED, EITHER, MB, REPORTED, page


def page_structures() -> Iterator[tuple[str, str | bytes, str]]:
    for depth in (1_000, 20_000, 100_000):
        yield f"div-nested-{depth}", page("<div>" * depth), EITHER
    yield "span-nested-in-text", page().replace("<p>", "<p>" + "<span>" * 50_000), EITHER
    yield "bold-never-closed", page().replace("<p>", "<p>" + "<b>" * 50_000), EITHER
    yield "misnested-formatting", page().replace("<p>", "<p>" + "<b><i><a href=x>" * 5_000), EITHER
    yield "tables-nested", page("<table><tr><td>" * 2_000), EITHER
    yield "lists-nested", page("<ul><li>" * 10_000), EITHER
    yield "forms-nested", page("<form>" * 10_000), EITHER
    yield "blockquotes-nested-around", page().replace("<article>", "<blockquote>" * 5_000 + "<article>"), EITHER
    yield "attribute-1-mb", page(f'<div title="{"x" * MB}"></div>'), EITHER
    yield "attribute-5-mb", page(f'<div title="{"x" * 5 * MB}"></div>'), EITHER
    yield "attribute-quote-never-closed", page('<div title="'), EITHER
    yield "attributes-100000-in-a-tag", page("<div " + " ".join(f"a{n}=1" for n in range(100_000)) + "></div>"), EITHER
    yield "attribute-same-name-50000-times", page("<div " + "a=1 " * 50_000 + "></div>"), EITHER
    yield "tag-name-1-mb", page(f"<{'x' * MB}>"), EITHER
    yield "tag-name-of-controls", page("<\x01\x02\x03>"), EITHER
    yield "tags-100000", page("<i>x</i>" * 100_000), EITHER
    yield "paragraphs-20000", page("<p>x y z.</p>" * 20_000), EITHER
    yield "breaks-60000", page("<br>" * 60_000), EITHER
    yield "links-20000", page("<a href=/x>y</a> " * 20_000), EITHER
    yield "closing-tags-only", page("</div>" * 100_000), EITHER
    yield "unknown-tags-20000", page("".join(f"<t{n}>" for n in range(20_000))), EITHER
    for what, start in (
        ("comment", "<!--"),
        ("script", "<script>"),
        ("style", "<style>"),
        ("cdata", "<![CDATA["),
        ("textarea", "<textarea>"),
        ("title", "<title>"),
    ):
        yield f"{what}-never-closed", page(start), EITHER


def page_contents() -> Iterator[tuple[str, str | bytes, str]]:
    yield "svg-and-mathml-mixed", page("<svg><math><mtext><table><mglyph><style><!--</style>" * 1_000), EITHER
    yield "select-in-table-in-select", page("<select><table><select>" * 3_000), EITHER
    yield "template-nested", page("<template>" * 5_000), EITHER
    yield "frameset", "<html><frameset><frame src=javascript:1></frameset></html>", REPORTED
    yield "no-text-at-all", "<html><head></head><body></body></html>", REPORTED
    yield "tags-without-words", "<html><body>" + "<p></p>" * 1_000 + "</body></html>", REPORTED
    yield "two-bodies", page() + page(), EITHER
    yield "base-and-refresh-to-script", page(head='<base href="javascript:x"><meta http-equiv=refresh content="0;url=file:///etc/passwd">'), CODED
    yield "canonical-to-file", page(head='<link rel=canonical href="file:///etc/passwd">'), CODED
    yield "canonical-1-mb", page(head=f'<link rel=canonical href="https://example.org/{"x" * MB}">'), EITHER
    yield "json-ld-deep", page(head=f'<script type="application/ld+json">{"[" * 100_000}</script>'), EITHER
    yield (
        "json-ld-wrong-types",
        page(head='<script type="application/ld+json">{"@type":[[1]],"author":{"name":{}},"headline":7,"datePublished":[]}</script>'),
        EITHER,
    )
    yield "json-ld-1000-blocks", page(head='<script type="application/ld+json">{"@type":"NewsArticle"}</script>' * 1_000), EITHER
    yield "meta-date-out-of-calendar", page(head='<meta property="article:published_time" content="9999-99-99T99:99:99Z">'), CODED
    yield "meta-date-1-mb", page(head=f'<meta property="article:published_time" content="{"2001-" * 200_000}">'), EITHER
    yield "dates-in-a-row", page("".join(f"<time>{y}-01-01</time>" for y in range(1000, 6000))), EITHER
    yield "image-in-the-page-3-mb", page(f'<img src="data:image/png;base64,{"A" * 3 * MB}">'), EITHER
    yield "script-4-mb", page("<script>" + "var x = '<p>no</p>';" * 200_000 + "</script>"), EITHER
    yield "doctype-1-mb", page().replace("<!DOCTYPE html>", f"<!DOCTYPE html PUBLIC '{'x' * MB}'>"), EITHER
    yield "conditional-comments", page("<!--[if IE]><![endif]-->" * 20_000), EITHER
    yield "processing-instructions", page("<?php evil(); ?>" * 20_000), EITHER


def page_words() -> Iterator[tuple[str, str | bytes, str]]:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    yield "entities-billion-laughs", f'<!DOCTYPE html [<!ENTITY l0 "ha">{laughs}]>' + page("&l11;").removeprefix("<!DOCTYPE html>"), EITHER
    yield "entities-quadratic", f'<!DOCTYPE html [<!ENTITY a "{"a" * 100_000}">]>' + page("&a;" * 10_000).removeprefix("<!DOCTYPE html>"), EITHER
    yield "entities-external", '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + page("<p>&x;</p>").removeprefix("<!DOCTYPE html>"), EITHER
    yield "entities-parameter", '<!DOCTYPE html [<!ENTITY % x SYSTEM "http://127.0.0.1/x">%x;]>' + page().removeprefix("<!DOCTYPE html>"), EITHER
    yield "entities-numeric-out-of-range", page("<p>" + "&#99999999999;&#xD800;&#0;&#x110000;" * 1_000 + "</p>"), EITHER
    yield "entities-without-end", page("<p>" + "&amp" * 100_000 + "</p>"), EITHER
    yield "xhtml-with-wrong-xml", '<?xml version="1.0" encoding="nothing"?>' + page("<p x=>&nosuch;</q>"), EITHER
    yield "words-right-to-left-overridden", page().replace("Geneva", "\u202egnola\u202c\u2066Geneva\u2069"), CODED
    yield "words-with-terminal-escapes", page().replace("Geneva", "\x1b[2J\x1b]0;owned\x07Geneva"), EITHER
    yield "words-with-nuls", page().replace("Geneva", "Gen\0eva"), EITHER
    yield "words-of-combining-marks", page().replace("Geneva", "G" + "\u0301" * 50_000), EITHER
    yield "words-of-zero-width", page().replace(" ", " \u200b\u200d\ufeff"), EITHER
    yield "word-of-1-mb", page().replace("Geneva", "G" * MB), EITHER
    yield "line-of-5-mb", page("<p>" + "and so on " * 500_000 + "</p>"), EITHER
    yield "page-over-the-limit", page("x" * 11 * MB), REPORTED
    yield "newlines-mixed", page().replace("><", ">\r<").replace(" a", "\r\na").replace(" t", "\u2028t"), EITHER


def encodings() -> Iterator[tuple[str, bytes, str]]:
    for codec in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
        yield f"{codec}-without-mark", page().encode(codec), EITHER
    for codec in ("utf-16", "utf-32", "utf-8-sig"):
        yield f"{codec}-with-mark", page().encode(codec), CODED
    yield "utf-8-mark-before-utf-16", b"\xef\xbb\xbf" + page().encode("utf-16-le"), EITHER
    yield "utf-16-mark-before-utf-8", b"\xff\xfe" + page().encode(), EITHER
    yield "utf-16-odd-number-of-bytes", page().encode("utf-16") + b"x", EITHER
    yield "utf-16-half-pairs", b"\xff\xfe" + page().replace("Geneva", "\ud800").encode("utf-16-le", "surrogatepass"), EITHER
    for charset in (
        "utf-7",
        "utf-16",
        "shift_jis",
        "iso-2022-jp",
        "hz",
        "big5",
        "ebcdic-cp-us",
        "x-nothing",
        "rot13",
        "zlib",
        "idna",
        "undefined",
        "unicode_escape",
    ):
        yield f"meta-charset-{charset}", page(head=f'<meta charset="{charset}">').encode(), EITHER
    yield "two-meta-charsets", page(head='<meta charset="utf-8"><meta charset="utf-16">').encode(), EITHER
    yield "latin-1-undeclared", page().replace("Geneva", "Genève").encode("latin-1"), CODED
    yield "utf-8-cut-in-a-character", page("Genève").encode()[:-1] + "é".encode()[:1], EITHER
    yield "utf-8-overlong", page().encode().replace(b"Geneva", b"\xc0\xafGen\xe0\x80\xafeva"), EITHER
    yield "utf-8-surrogates", page().encode().replace(b"Geneva", b"\xed\xa0\x80Gen\xed\xb0\x80"), EITHER
    yield "utf-8-beyond-unicode", page().encode().replace(b"Geneva", b"\xf4\x90\x80\x80\xf8\x88\x80\x80\x80"), EITHER
    yield "utf-8-and-latin-1-mixed", page().encode() + "é".encode() * 100 + b"\xe9" * 100, EITHER
    yield "bytes-random", bytes((n * n * 31 + n // 7) % 256 for n in range(50_000)), REPORTED


MAGICS = {
    "zip": b"PK\x03\x04\x14\0\0\0",
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "exe": b"MZ\x90\0\x03\0\0\0",
    "elf": b"\x7fELF\x02\x01",
    "gif": b"GIF89a\1\0\1\0",
    "jpeg": b"\xff\xd8\xff\xe0\0\x10JFIF",
    "bzip2": b"BZh91AY&SY",
    "xz": b"\xfd7zXZ\0\0",
    "zstd": b"\x28\xb5\x2f\xfd\0",
    "sqlite": b"SQLite format 3\0",
    "rtf": b"{\\rtf1\\ansi",
    "class": b"\xca\xfe\xba\xbe\0\0\0\x34",
    "wasm": b"\0asm\1\0\0\0",
    "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "gzip": b"\x1f\x8b\x08\0",
}
