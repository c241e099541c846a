"""A URL to its bytes: http and https only, to public addresses, within a time, a size and a number of redirects."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from tacitus.articles.addresses import allowed_addresses
from tacitus.articles.options import MEGABYTE, FetchOptions
from tacitus.articles.text import shown
from tacitus.errors import FetchError

if TYPE_CHECKING:
    import httpx

    from tacitus.articles.transport import Deadline

DEFAULT_PORTS = {"http": 80, "https": 443}
DEFLATE_OR_GZIP = 32 + zlib.MAX_WBITS
"""zlib's word for: see by the header which of the two it is."""

SUFFIX_OF = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/json": ".json",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
    "text/plain": ".txt",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a URL held: ``url`` where it was in the end, ``suffix`` of its format as for a file, ``charset`` as its header says."""

    url: str
    content: bytes
    suffix: str = ""
    charset: str | None = None


Fetcher = Callable[[str, FetchOptions], Fetched]


def fetch(url: str, options: FetchOptions) -> Fetched:
    """Fetches a URL. Each redirect is checked as the URL was; no proxy of the environment is used, since it would look hosts up anew.

    Raises:
        FetchError: the URL is not http or https or carries a password, its host is unknown or not public, the time is over, it is too
            large, it was redirected too often, or the server answered with an error; the message begins with the URL.
    """
    import httpcore
    import httpx

    from tacitus.articles.transport import Deadline

    deadline = Deadline(options.total_seconds)
    try:
        current = _checked(httpx.URL(url))
        for _ in range(options.max_redirects + 1):
            answer = _one_request(current, options, deadline)
            if isinstance(answer, Fetched):
                return answer
            current = answer
        raise FetchError(f"it was redirected more than {options.max_redirects} times; give the URL of the report itself")
    except FetchError as error:
        raise FetchError(f"{shown(url)}: {error}") from error
    except (httpcore.TimeoutException, httpx.TimeoutException) as error:
        limit = f"{options.total_seconds:g} s"
        raise FetchError(f"{shown(url)}: the server took too long (the limit is {limit} in all); try again later") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpx.HTTPError) as error:
        raise FetchError(f"{shown(url)}: the connection failed ({error or type(error).__name__}); check the URL and the network") from error
    except (httpx.InvalidURL, UnicodeError, ValueError, OSError) as error:
        raise FetchError(f"{shown(url)}: this is no URL that can be fetched ({error}); correct it") from error


def _checked(url: httpx.URL) -> httpx.URL:
    if url.scheme not in DEFAULT_PORTS:
        raise FetchError(f'only http and https are fetched, not "{url.scheme}"; for a file give its path')
    if url.userinfo:
        raise FetchError("a URL with a user name or password is not fetched; take it out")
    if not url.host:
        raise FetchError("the URL names no host; correct it")
    return url.copy_with(fragment=None)


def _one_request(url: httpx.URL, options: FetchOptions, deadline: Deadline) -> Fetched | httpx.URL:
    """What the URL holds, or the URL that it redirects to, checked."""
    import httpx

    from tacitus.articles.transport import PinnedTransport

    port = url.port or DEFAULT_PORTS[url.scheme]
    addresses = allowed_addresses(url.raw_host.decode("ascii"), port, deadline.left(), options.allow_private)
    transport = PinnedTransport(addresses, deadline, httpx.create_ssl_context() if url.scheme == "https" else None)
    headers = {"User-Agent": options.user_agent, "Accept-Encoding": "gzip", "Accept": "text/html, text/plain, application/json, */*;q=0.5"}
    timeout = httpx.Timeout(options.total_seconds, connect=options.connect_seconds)
    client = httpx.Client(transport=transport, timeout=timeout, headers=headers, follow_redirects=False, trust_env=False)
    with client, client.stream("GET", url) as response:
        if response.is_redirect:
            return _checked(url.join(response.headers["location"]))
        if not response.is_success:
            raise FetchError(f"the server answered {response.status_code} {shown(response.reason_phrase)}; check the URL")
        content = _body(response, options.max_bytes, deadline)
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        suffix = SUFFIX_OF.get(kind) or PurePosixPath(url.path).suffix
        return Fetched(str(url), content, suffix, response.charset_encoding)


def _body(response: httpx.Response, limit: int, deadline: Deadline) -> bytes:
    """The body, decompressed. Its size is held to the limit while it is, so that little cannot become much."""
    too_large = FetchError(f"it is over {limit / MEGABYTE:g} MB; fetch it yourself and split it")
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in {"identity", "", "gzip", "x-gzip", "deflate"}:
        raise FetchError(f'the server compresses with "{shown(encoding)}", which is not read; fetch it yourself and give the file')
    unpacker = zlib.decompressobj(DEFLATE_OR_GZIP) if encoding not in {"identity", ""} else None
    body = bytearray()
    for chunk in response.iter_raw():
        deadline.left()
        try:
            body += unpacker.decompress(chunk, limit + 1 - len(body)) if unpacker else chunk
        except zlib.error as error:
            raise FetchError(f"its compressed content is damaged ({error}); try again later") from error
        if len(body) > limit:
            raise too_large
    if unpacker and body and not unpacker.eof:
        raise FetchError("its compressed content ends early; try again later")
    return bytes(body)
