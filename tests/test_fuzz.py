"""A short run of the mutation fuzzer; `make fuzz` is the long one."""

from __future__ import annotations

import sys

import pytest

from fuzz import fuzz


@pytest.mark.skipif(sys.platform == "win32", reason="the time limit of a round needs SIGALRM")
@pytest.mark.parametrize("seed", [1917, 1921])
def test_no_input_breaks_the_checker(seed: int) -> None:
    assert fuzz(1000, seed) == ""
