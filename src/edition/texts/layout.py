"""Where imported texts lie in a project, and how they get there whole.

    apparatus/T.toml     what the editors say of the witness T: in the repository
    apparatus/T.json     its fingerprints: in the repository
    witness/T.md         its text, where the edition stands beside it: never in the repository
    witness/T.json       the collation report
    witness/.base/T.md   the text as imported, by which a second import merges

The folder `witness/` holds a .gitignore that names everything in it.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote

from edition.project.files import read_file, read_text_file, replace_files
from edition.texts.apparatus import Apparatus, read_apparatus
from edition.texts.errors import WitnessError
from edition.texts.fingerprint import Fingerprint, read_fingerprints

TEXTS = "witness"
APPARATUS = "apparatus"
_SHOWN = re.compile(r"\]\(<([^<>:]+)>\)")
_PICTURES = frozenset({"png", "jpg", "jpeg", "gif", "svg", "webp", "tif", "tiff"})


def sigla(root: Path) -> list[str]:
    """Return the witnesses that the project has an apparatus of."""
    folder = root / APPARATUS
    return sorted({f.stem for f in folder.glob("*.toml")} | {f.stem for f in folder.glob("*.json")})


def texts(root: Path) -> list[Path]:
    """Return the imported texts that stand beside the edition, in the order of their sigla."""
    return sorted(p for p in (root / TEXTS).glob("*.md") if p.is_file())


def text_file(root: Path, siglum: str) -> Path:
    """Return where the text of a witness lies."""
    return root / TEXTS / f"{siglum}.md"


def report_file(root: Path, siglum: str) -> Path:
    """Return where the collation report of a witness lies."""
    return root / TEXTS / f"{siglum}.json"


def base_file(root: Path, siglum: str) -> Path:
    """Return where the text of a witness lies as it was imported."""
    return root / TEXTS / ".base" / f"{siglum}.md"


def fingerprint_file(root: Path, siglum: str) -> Path:
    """Return where the fingerprints of a witness lie."""
    return root / APPARATUS / f"{siglum}.json"


def apparatus_of(root: Path, siglum: str) -> Apparatus | None:
    """Return the apparatus of a witness; None where there is none."""
    file = root / APPARATUS / f"{siglum}.toml"
    return read_apparatus(read(file), f"{APPARATUS}/{file.name}") if file.is_file() else None


def fingerprints_of(root: Path, siglum: str) -> tuple[Fingerprint, ...]:
    """Return the fingerprints of a witness; none where there are none."""
    file = fingerprint_file(root, siglum)
    return read_fingerprints(read(file), f"{APPARATUS}/{file.name}") if file.is_file() else ()


def read(file: Path) -> str:
    """Return a file of ours as text. Raises WitnessError where it cannot be read."""
    try:
        return read_text_file(file)
    except UnicodeDecodeError:
        raise WitnessError(f"{file} is not UTF-8", "Convert it.") from None
    except OSError as error:
        raise WitnessError(f"{file}: {error.strerror}", "Make it readable.") from None


def put(files: Mapping[Path, str]) -> None:
    """Write files, all or none: each beside its place first, then all are moved there in order.

    Raises WitnessError where one cannot be written; then none has changed.
    """
    try:
        for file in files:
            file.parent.mkdir(parents=True, exist_ok=True)
        replace_files({file: text.encode() for file, text in files.items()})
    except OSError as error:
        raise WitnessError(
            f"{error.filename or 'a file'} cannot be written: {error.strerror}",
            "Nothing was changed.",
        ) from None


def keep_out_of_git(root: Path) -> None:
    """See to it that git ignores the imported texts, whatever the project's own rules."""
    file = root / TEXTS / ".gitignore"
    if not file.exists():
        put({file: "# Texts that the repository may not hold.\n*\n"})


def pictures_beside(document: Path, text: str) -> dict[str, bytes]:
    """Return the pictures that a text shows from the folder of its document, by their addresses."""
    folder = document.parent.resolve()
    found: dict[str, bytes] = {}
    for address in set(_SHOWN.findall(text)):
        file = (folder / unquote(address)).resolve()
        ending = address.rpartition(".")[2].casefold()
        if file.is_relative_to(folder) and ending in _PICTURES:
            with suppress(OSError, ValueError):
                found[address] = read_file(file)
    return found


def put_pictures(target: Path, text: str, pictures: Mapping[str, bytes]) -> str:
    """Write the pictures of a document beside its text; return the text that shows them there."""
    folder = target.parent / f"{target.stem}-pictures"
    files: dict[Path, bytes] = {}
    for number, (address, data) in enumerate(pictures.items(), 1):
        ending = address.rpartition(".")[2].casefold()
        if f"](<{address}>)" in text and ending in _PICTURES:
            file = folder / f"picture-{number}.{ending}"
            files[file] = data
            text = text.replace(f"](<{address}>)", f"]({folder.name}/{file.name})")
    if files:
        folder.mkdir(parents=True, exist_ok=True)
        replace_files(files)
    return text
