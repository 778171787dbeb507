"""Tells a phone behind a NAT by what it writes about itself against where its messages come from."""

from __future__ import annotations

import ipaddress


def is_translated(written: str, source: str) -> bool:
    """Whether a host that a phone wrote (Contact, Via) is not where its message came from (RFC 3581).

    A name tells nothing. Two loopback addresses are the same machine.
    """
    if written == source:
        return False
    try:
        theirs = ipaddress.ip_address(written.strip("[]"))
        seen = ipaddress.ip_address(source.partition("%")[0])
    except ValueError:
        return False
    if theirs == seen or (theirs.is_loopback and seen.is_loopback):
        return False
    mapped = getattr(seen, "ipv4_mapped", None)
    return mapped is None or mapped != theirs
