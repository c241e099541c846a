"""The fixtures of this room."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from ingest_support import line, text


@pytest.fixture
def store_path(tmp_path):
    return tmp_path / "news.tacitus"


@pytest.fixture
def corpus(tmp_path):
    """A file of forty reports, one a line."""
    path = tmp_path / "reports.jsonl"
    path.write_text("".join(line(n) for n in range(40)), encoding="utf-8")
    return path


class Handler(BaseHTTPRequestHandler):
    """Serves a report under /report/N, a redirect to a file under /away, and nothing elsewhere; counts what was asked."""

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        body = text(int(self.path.rpartition("/")[2])).encode() if self.path.startswith("/report/") else b""
        self.send_response(302 if self.path == "/away" else 200 if body else 404)
        if self.path == "/away":
            self.send_header("Location", "file:///etc/passwd")
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.daemon_threads = True
    httpd.asked = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield httpd
    httpd.shutdown()
    httpd.server_close()
    thread.join(2)
