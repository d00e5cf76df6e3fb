"""Rate limits: counted in this process; what is limited says so at its view."""

from collections.abc import Iterable
from ipaddress import IPv6Address, ip_address
from threading import Lock
from typing import NamedTuple, cast

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import RateLimitItem
from limits.storage import MemoryStorage

limiter = Limiter(key_func=get_remote_address, storage_uri="memory://", default_limits=[])
IPV6_HOME = 64
"""Bits of an address that a provider gives to one home or school; the rest is theirs to choose."""
_counting = Lock()


class Bucket(NamedTuple):
    """So many tries of one kind for one somebody."""

    item: RateLimitItem
    kind: str
    whose: str


def network() -> str:
    """The network that asks: counted for a while, and written nowhere."""
    return network_of(get_remote_address())


def network_of(address: str) -> str:
    """An IPv4 address is one network; of IPv6 a home has more addresses than could be counted."""
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    if not isinstance(ip, IPv6Address):
        return address
    if ip.ipv4_mapped:
        return str(ip.ipv4_mapped)
    return f"{ip_address(int(ip) >> IPV6_HOME << IPV6_HOME)}/{IPV6_HOME}"


def take(buckets: Iterable[Bucket]) -> Bucket | None:
    """Take one try from each bucket before it is made; the one that is empty, when one is.

    In one step, so that of many who try at once no more get through than may; when one bucket is
    empty, nothing is taken from the others.
    """
    taken: list[Bucket] = []
    with _counting:
        for bucket in buckets:
            taken.append(bucket)
            if not limiter.limiter.hit(bucket.item, bucket.kind, bucket.whose):
                _put_back(taken)
                return bucket
    return None


def give_back(buckets: Iterable[Bucket]) -> None:
    """The try was right: it does not count."""
    with _counting:
        _put_back(buckets)


def _put_back(buckets: Iterable[Bucket]) -> None:
    storage = cast("MemoryStorage", limiter.storage)
    for item, *names in buckets:
        key = item.key_for(*names)
        if storage.get(key):  # its time may be over meanwhile
            storage.decr(key)
