"""A bundle that is whole, made once; tests copy it."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.tours.samples import factory_data, tour_data, write_bundle, write_yaml
from tours.bundles.check import Checked, check_bundle


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample bundle; not to be changed."""
    return write_bundle(tmp_path_factory.mktemp("sample") / "mill")


@pytest.fixture
def bundle(sample: Path, tmp_path: Path) -> Path:
    """A copy of the sample to change."""
    return Path(shutil.copytree(sample, tmp_path / "mill"))


Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def checked(bundle: Path) -> Callable[..., Checked]:
    """Check the sample after changes of its tour or its factory."""

    def check(change: Change | None = None, factory: Change | None = None) -> Checked:
        for name, data, changing in (
            ("tour", tour_data(), change),
            ("factory", factory_data(), factory),
        ):
            if changing is not None:
                changing(data)
                write_yaml(bundle / f"{name}.yaml", data)
        return check_bundle(bundle)

    return check
