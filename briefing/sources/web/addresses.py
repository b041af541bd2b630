"""Host names to addresses that may be reached, and why the others may not.

Told by the address that is connected to, never by a name: a name can mean one thing when it is
checked and another when it is used (DNS rebinding).
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable, Sequence

from briefing.sources.faults import FetchError

Resolver = Callable[[str, int, float], Sequence[str]]  # host, port, seconds -> addresses
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

NO_ADDRESS = "it is no address"
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: how an IPv6-only network reaches IPv4
TUNNELS = (
    ipaddress.IPv6Network("2002::/16"),
    ipaddress.IPv6Network("2001::/32"),
)  # 6to4 and Teredo, both retired


def refusal_reason(address: str, *, private: bool = False) -> str | None:
    """Why `address` may not be connected to; None when it may. `private` allows a desk's own
    network and machine.
    """
    try:
        ip = _unwrap_address(ipaddress.ip_address(address.partition("%")[0]))
    except ValueError:
        return NO_ADDRESS
    if any(ip in network for network in TUNNELS if ip.version == network.version):
        return "it is a tunnel's address"
    if ip.is_link_local or ip.is_multicast or ip.is_unspecified:
        # 169.254.169.254 hands out a cloud machine's passwords
        return "it leads to this machine's surroundings"
    if ip.is_loopback or (ip.is_private and not ip.is_reserved):
        return None if private else "it lies in a private network"
    if ip.is_reserved or not ip.is_global:
        return "it lies in a range that is no public one"
    return None


def _unwrap_address(ip: Address) -> Address:
    """The IPv4 address that an IPv6 address is only a wrapping of."""
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return ip.ipv4_mapped
        if ip in NAT64:
            return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip


def resolve_host(host: str, port: int, seconds: float) -> Sequence[str]:
    """Addresses of a host as the system knows them. Raises FetchError; never takes longer than
    `seconds`.

    `getaddrinfo` cannot be told to hurry, so it runs in a thread of its own that is left behind
    when it is late.
    """
    found: list[str] = []
    faults: list[str] = []

    def ask() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            faults.append(getattr(error, "strerror", None) or str(error))
        else:
            found.extend(str(answer[4][0]) for answer in answers)

    thread = threading.Thread(target=ask, daemon=True, name=f"resolve {host}")
    thread.start()
    thread.join(seconds)
    if faults:
        raise FetchError(
            f"the host {host} is not known ({faults[0]}); check the address and the network"
        )
    if not found:
        raise FetchError(
            f"the name of host {host} was not resolved within {seconds:.0f} seconds; "
            "check the network"
        )
    return tuple(dict.fromkeys(found))
