"""Which addresses a URL may lead to, and the look-up of a host's addresses within a time-out."""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading

from tacitus.errors import FetchError

NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""IPv4 addresses in IPv6 (RFC 6052): the last 32 bits."""


def is_public(address: str) -> bool:
    """Whether an IP address is of the public internet, whatever it is wrapped in (IPv4-mapped, 6to4, NAT64)."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is None and ip in NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def look_up(host: str, port: int, seconds: float) -> list[str]:
    """The IP addresses of a host, in the system's order.

    The system's look-up has no time-out of its own, so it runs in a thread that is left behind if it takes too long.

    Raises:
        FetchError: the host is unknown, or ``seconds`` have passed.
    """
    answers: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put(list(dict.fromkeys(str(entry[4][0]) for entry in found)))
        except Exception as error:  # the thread has nobody else to tell
            answers.put(error)

    threading.Thread(target=ask, daemon=True, name="look-up").start()
    try:
        answer = answers.get(timeout=max(seconds, 0.001))
    except queue.Empty as error:
        raise FetchError(f"looking up host {host} timed out; check the name server, or try again") from error
    if isinstance(answer, Exception):
        raise FetchError(f"host {host} is not known ({answer}); check the URL and the network") from answer
    return answer


def allowed_addresses(host: str, port: int, seconds: float, allow_private: bool) -> list[str]:
    """The addresses of a host that a URL may lead to: all of them must be public, or none is used.

    Raises:
        FetchError: the host is unknown, its look-up timed out, or one of its addresses is not public and ``allow_private`` is false.
    """
    addresses = look_up(host, port, seconds)
    refused = [address for address in addresses if not allow_private and not is_public(address)]
    if refused or not addresses:
        raise FetchError(f"{host} is at {', '.join(refused) or 'no address'}, which is not public; allow private addresses if you mean it")
    return addresses
