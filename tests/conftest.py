"""What tests share: small projects made on the spot."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sphinx.locale import translators

from tests_support import Write

# The date of the outputs is the Makefile's affair; a test that builds says which it means.
os.environ.pop("SOURCE_DATE_EPOCH", None)

# A busy machine is no fault of the code: no example has a time limit of its own.
settings.register_profile("edition", deadline=None)
settings.load_profile("edition")


@pytest.fixture
def project(tmp_path: Path) -> Write:
    """Write files, by path, into an empty project and give its root."""

    def write(files: dict[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture(scope="module", autouse=True)
def _other_tests_are_in_their_own_language() -> Iterator[None]:
    """Forget the catalogues afterwards: Sphinx keeps those of an earlier build beside the next."""
    kept = dict(translators)
    yield
    translators.clear()
    translators.update(kept)


@pytest.fixture
def time_of_its_own() -> Iterator[None]:
    """Keep the objects of other tests from the collector, whose rounds would be timed as well."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
