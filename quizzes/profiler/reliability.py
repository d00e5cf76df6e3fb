"""How well the items of an area go together: Cronbach's alpha, from sums alone."""

from collections.abc import Iterable, Sequence

ENOUGH = 200
"""Answers before which alpha says too little to be shown."""
Products = Sequence[Sequence[int]]


def added(
    sums: Sequence[int], products: Products, row: Sequence[int]
) -> tuple[list[int], list[list[int]]]:
    """The sums and cross-products with one more row of answers."""
    return (
        [total + one for total, one in zip(sums, row, strict=True)],
        [
            [total + one * other for total, other in zip(line, row, strict=True)]
            for line, one in zip(products, row, strict=True)
        ],
    )


def alpha(count: int, sums: Sequence[int], products: Products) -> float | None:
    """Cronbach (1951): k / (k - 1) · (1 - Σ variances of items / variance of their sum).

    None as long as there are too few answers, or when nobody differs from anybody.
    """
    size = len(sums)
    if count < ENOUGH or size < 2:
        return None
    of_items = sum(_variance(count, sums[n], products[n][n]) for n in range(size))
    of_sum = _variance(count, sum(sums), _total(products))
    return size / (size - 1) * (1 - of_items / of_sum) if of_sum > 0 else None


def _total(products: Iterable[Sequence[int]]) -> int:
    return sum(sum(line) for line in products)


def _variance(count: int, total: int, squares: int) -> float:
    return (squares - total * total / count) / (count - 1)
