"""What the tests of this room share: texts, the outcome of a run, and a server on loopback that behaves badly on request."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler

from tacitus.articles import FetchOptions, ProblemLog, ReadOptions
from tacitus.records import Report

ENGLISH = (
    "Israel and Syria opened talks in Geneva on Friday, officials said, after months of delay and quiet work by diplomats.\n\n"
    "The two sides met for three hours and agreed to meet again next week, a spokesman for the United Nations said.\n"
)
FRENCH = (
    "Le ministre des affaires étrangères a rencontré vendredi à Genève son homologue russe pour discuter du cessez-le-feu en Syrie.\n\n"
    "Les deux parties ont convenu de se revoir la semaine prochaine, a déclaré un porte-parole des Nations unies.\n"
)
PAGE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="{charset}"><title>Talks open in Geneva</title>'
    '<meta property="article:published_time" content="2001-05-04T10:00:00Z"></head><body><nav><a href="/">Home</a> '
    '<a href="/login">Sign in</a></nav><article><h1>Talks open in Geneva</h1><p>Israel and Syria opened talks in Genève on Friday, '
    "officials said, after months of delay and quiet work by diplomats.</p><p>The two sides met for three hours and agreed to meet "
    "again next week, a spokesman for the United Nations said.</p></article><footer>Copyright 2020 Wire</footer></body></html>"
)


@dataclass
class Outcome:
    """What a run read and what it left out."""

    reports: list[Report]
    log: ProblemLog

    @property
    def messages(self) -> list[str]:
        return [problem.message for problem in self.log.kept]

    @property
    def kinds(self) -> list[str]:
        return [problem.kind for problem in self.log.kept]


Reader = Callable[..., Outcome]


def local(**changes: object) -> ReadOptions:
    """Options under which the server on loopback may be fetched, with short time-outs."""
    return ReadOptions(fetch=FetchOptions(**{"total_seconds": 5.0, "allow_private": True, **changes}))  # type: ignore[arg-type]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        try:
            getattr(self, "serve_" + self.path.strip("/").split("/")[0].partition("?")[0], self.serve_nothing)()
        except OSError:  # the reader hung up, as it should
            self.close_connection = True

    def answer(self, body: bytes, kind: str = "text/plain; charset=utf-8", **headers: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def serve_nothing(self) -> None:
        self.send_error(404)

    def serve_text(self) -> None:
        self.answer(ENGLISH.encode())

    def serve_agent(self) -> None:
        self.answer((self.headers["User-Agent"] + " " + ENGLISH).encode())

    def serve_page(self) -> None:
        self.answer(PAGE.format(charset="iso-8859-1").encode("cp1252"), "text/html")

    def serve_greek(self) -> None:
        self.answer("Αθήνα".encode("iso-8859-7") + b" " + ENGLISH.encode(), "text/plain; charset=iso-8859-7")

    def serve_lines(self) -> None:
        self.answer(b'{"text": "A short text."}\nbroken\n', "application/x-ndjson")

    def serve_pdf(self) -> None:
        self.answer(b"%PDF-1.7 ...", "application/pdf")

    def serve_empty(self) -> None:
        self.answer(b"")

    def serve_squeezed(self) -> None:
        self.answer(gzip.compress(ENGLISH.encode()), Content_Encoding="gzip")

    def serve_cut(self) -> None:
        self.answer(gzip.compress(ENGLISH.encode())[:-20], Content_Encoding="gzip")

    def serve_brotli(self) -> None:
        self.answer(b"xx", Content_Encoding="gzip, br")

    def serve_bomb(self) -> None:
        self.answer(gzip.compress(b"a" * 30_000_000), Content_Encoding="gzip")

    def serve_huge(self) -> None:
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        for _ in range(1000):
            self.wfile.write(b"word " * 20_000)
        self.close_connection = True

    def serve_hang(self) -> None:
        self.server.done.wait(10)  # type: ignore[attr-defined]
        self.close_connection = True

    def serve_trickle(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        self.drip()

    def serve_headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        self.drip()

    def drip(self) -> None:
        while not self.server.done.wait(0.05):  # type: ignore[attr-defined]
            self.wfile.write(b"a")
            self.wfile.flush()

    def serve_hop(self) -> None:
        left = int(self.path.rsplit("/", 1)[1])
        self.redirect(f"/hop/{left - 1}" if left else "/text")

    def serve_away(self) -> None:
        self.redirect(self.path.partition("?")[2])

    def redirect(self, target: str) -> None:
        self.send_response(302)
        self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.end_headers()
