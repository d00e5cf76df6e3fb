"""How fast one line may speak: a bucket of tokens that fills with time."""

import time
from collections.abc import Callable


class Bucket:
    """Lets `per_second` things through a second, and `burst` at once after a silence."""

    __slots__ = ("_burst", "_clock", "_left", "_per_second", "_seen")

    def __init__(
        self, per_second: float, burst: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._per_second = per_second
        self._burst = self._left = burst
        self._clock = clock
        self._seen = clock()

    def take(self) -> bool:
        """Take one token; False when there is none."""
        moment = self._clock()
        self._left = min(self._burst, self._left + (moment - self._seen) * self._per_second)
        self._seen = moment
        if self._left < 1:
            return False
        self._left -= 1
        return True
