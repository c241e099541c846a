"""An httpx transport that goes to addresses chosen beforehand and keeps to a deadline.

httpx's own time-outs are for each operation, so a server that sends a byte now and then holds a reader for ever, in its headers as in
its body; and httpx looks the host up again, so that a name can lead elsewhere than where it was checked (DNS rebinding).
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, cast

import httpcore
import httpx


class Deadline:
    """A moment of ``time.monotonic`` by which everything must be done."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self, at_most: float | None = None) -> float:
        """Seconds left, ``at_most`` if that is less.

        Raises:
            httpcore.ReadTimeout: there are none.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time is over")
        return left if at_most is None else min(left, at_most)


class _Stream(httpcore.NetworkStream):
    """A network stream of which each operation ends by the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout)), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    """Connects to the given addresses, in turn, whatever host is asked for. TLS still checks the host's certificate."""

    def __init__(self, addresses: Sequence[str], deadline: Deadline) -> None:
        self._addresses = addresses
        self._deadline = deadline
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,  # noqa: ARG002 the addresses are chosen already
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002 never asked for by the pool below
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002 likewise
    ) -> httpcore.NetworkStream:
        for address in self._addresses[:-1]:
            try:
                return self._connected(address, port, timeout)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._connected(self._addresses[-1], port, timeout)

    def _connected(self, address: str, port: int, timeout: float | None) -> httpcore.NetworkStream:
        return _Stream(self._backend.connect_tcp(address, port, self._deadline.left(timeout)), self._deadline)


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Iterable[bytes]) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        yield from self._stream

    def close(self) -> None:
        if hasattr(self._stream, "close"):
            self._stream.close()


class PinnedTransport(httpx.BaseTransport):
    """For one request to one host. Raises httpcore's errors as they are."""

    def __init__(self, addresses: Sequence[str], deadline: Deadline, ssl_context: ssl.SSLContext | None) -> None:
        self._pool = httpcore.ConnectionPool(ssl_context=ssl_context, network_backend=_Backend(addresses, deadline))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=cast("Iterable[bytes]", request.stream),
                extensions=request.extensions,
            )
        )
        body = _Body(cast("Iterable[bytes]", answer.stream))
        return httpx.Response(status_code=answer.status, headers=answer.headers, stream=body, extensions=answer.extensions)

    def close(self) -> None:
        self._pool.close()
