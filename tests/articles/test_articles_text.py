"""Encodings, titles and datelines."""

from __future__ import annotations

import pytest

from tacitus.articles.encoding import decode
from tacitus.articles.language import identify
from tacitus.articles.text import dateline_date, title_of

TEXT = "Genève – “talks” in Kraków, officials said on Friday after a week of delay."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_told_by_itself(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


def test_windows_1252_is_the_fallback() -> None:
    assert decode("Genève – “talks”".encode("cp1252")) == "Genève – “talks”"


@pytest.mark.parametrize("declared", [None, "nonsense", "utf-7", "rot13", "zlib", "unicode_escape", "utf-8", "iso-8859-1", "a\0b"])
def test_a_wrong_declaration_does_no_harm(declared: str | None) -> None:
    assert decode("Genève – “talks” \\u0041".encode("cp1252"), declared) == "Genève – “talks” \\u0041"
    assert decode(TEXT.encode(), declared) == TEXT


@pytest.mark.parametrize("encoding", ["iso-8859-2", "koi8-r", "shift_jis", "iso-2022-jp"])
def test_what_is_declared_is_used_where_utf_8_is_not_valid(encoding: str) -> None:
    text = {"iso-8859-2": "Łódź", "koi8-r": "Москва", "shift_jis": "東京都", "iso-2022-jp": "東京都"}[encoding]
    assert decode(text.encode(encoding), encoding) == text


def test_a_damaged_byte_does_not_spoil_utf_8() -> None:
    assert decode(TEXT.encode() * 5 + b"\xff end").endswith("\ufffd end")


def test_mojibake_is_left_alone() -> None:
    assert decode("Russiaâ€™s".encode()) == "Russiaâ€™s"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Talks open in Geneva\n\nBody.", "Talks open in Geneva"),
        ("\n\nTalks open in Geneva\n  \nBody.", "Talks open in Geneva"),
        ("Talks open in Geneva.\n\nBody.", None),
        ("Talks open in Geneva\nBody.", None),
        ("Talks open in Geneva\n\n", None),
        ("Talks " * 40 + "\n\nBody.", None),
        ("* * *\n\nBody.", None),
        ("GENEVA, May 4, 2001 (Reuters)\n\nBody.", None),
        ("", None),
    ],
)
def test_titles(text: str, title: str | None) -> None:
    assert title_of(text) == title


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("GENEVA, May 4, 2001 (Reuters) - Talks", "2001-05-04"),
        ("GENEVA, 4 May 2001 (AFP) -- Talks", "2001-05-04"),
        ("GENEVA (Reuters) - May 4, 2001 - Talks", "2001-05-04"),
        ("TEL AVIV, Israel, Friday, Sept. 14, 2001: Talks", "2001-09-14"),
        ("RIO DE JANEIRO, Dec 31, 1999", "1999-12-31"),
        ("U.N. HEADQUARTERS", None),
        ("GENEVA, May 4 (Reuters) - Talks", None),
        ("GENEVA, May 2001 (Reuters) - Talks", None),
        ("GENEVA, Feb 30, 2001 (Reuters) - Talks", None),
        ("NATO said May 4, 2001 (a Friday) was", None),
        ("NATO, May 4, 2001, was", None),
        ("The talks in Geneva, May 4, 2001 (a Friday)", None),
        ("A" + ".A" * 600, None),
        ("AB" + " Ab" * 400, None),
    ],
)
def test_datelines(line: str, date: str | None) -> None:
    assert dateline_date(f"Title\n\nBy A. Writer\n\n{line}") == date


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Lukashenko, Nazarbayev and Mirziyoyev met Putin in Sochi on Tuesday to discuss trade.", "en"),
        ("Sri Lanka: LTTE cadres kill 12 soldiers in Mullaitivu, Jaffna and Kilinochchi attack", "en"),
        ("Hun Sen meets Thaksin Shinawatra, Nguyen Tan Dung at ASEAN summit in Siem Reap, Cambodia", "en"),
        ("President Susilo Bambang Yudhoyono pledged compensation for 3,000 former fighters in Aceh.", "en"),
        ("Die Außenminister trafen sich am Freitag in Genf, um über den Waffenstillstand in Syrien zu sprechen.", "de"),
        ("El ministro de Exteriores se reunió el viernes en Ginebra con su homólogo ruso para hablar de Siria.", "es"),
        ("Di president don tell dem say make dem no dey fight again for di north because e no good for di kontri.", "pcm"),
        ("Министры иностранных дел встретились в пятницу в Женеве, чтобы обсудить перемирие в Сирии.", "ru"),
        ("Talks open in Geneva", None),
    ],
)
def test_languages_of_single_sentences(text: str, language: str | None) -> None:
    assert identify(text, frozenset({"en"})) == language
