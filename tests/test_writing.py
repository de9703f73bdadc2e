"""A file is whole before, while and after it is replaced."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from edition.project.files import replace_file, replace_files, replacing


def test_the_content_is_new_and_nothing_else_is_left(tmp_path: Path) -> None:
    file = tmp_path / "ledger.json"
    replace_file(file, b"one")
    replace_file(file, b"two", lasting=False)
    assert file.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_is_gone_through_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[object] = []
    listdir = os.listdir

    def look(folder: Path) -> list[str]:
        looked.append(folder)
        return listdir(folder)

    monkeypatch.setattr(os, "listdir", look)
    for number in range(9):
        replace_file(tmp_path / str(number), b"")
    assert looked == [tmp_path]


def test_a_failure_midway_leaves_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "book.pdf"
    file.write_bytes(b"old")

    def broken_off() -> None:
        with replacing(file) as beside:
            beside.write_bytes(b"half")
            assert file.read_bytes() == b"old"
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_permissions_are_kept_and_new_files_get_the_users(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(b"")
    old.chmod(0o640)
    mask = os.umask(0o027)
    try:
        replace_files({old: b"a", new: b"b"})
    finally:
        os.umask(mask)
    assert old.stat().st_mode & 0o777 == 0o640
    assert new.stat().st_mode & 0o777 == 0o640
    assert (old.read_bytes(), new.read_bytes()) == (b"a", b"b")


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    file, link = tmp_path / "file", tmp_path / "link"
    file.write_bytes(b"old")
    link.symlink_to(file)
    replace_file(link, b"new")
    assert link.is_symlink()
    assert file.read_bytes() == b"new"


def test_all_or_none(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "missing" / "second"
    first.write_bytes(b"old")
    with pytest.raises(FileNotFoundError) as error:
        replace_files({first: b"new", second: b"new"})
    assert error.value.filename == str(second)
    assert first.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [first]


def test_a_full_disk_is_told_of_the_file_that_was_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    file = tmp_path / "ledger.json"
    file.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left") as error:
        replace_file(file, b"new")
    assert error.value.filename == str(file)
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]
