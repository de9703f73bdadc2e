"""Read the constants of a Sphinx conf.py without running it."""

import ast
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from edition.model.build import BuildSettings
from edition.project.config import MYST_EXTENSIONS
from edition.project.files import read_text_file

_ADDED = re.compile(
    r"\badd_(?:role|directive|generic_role|crossref_type|object_type)\(\s*[\"']([\w:.-]+)"
)


_STYLES = re.compile(
    r"\bregister_plugin\(\s*[\"']pybtex\.style\.formatting[\"']\s*,\s*[\"']([\w.-]+)"
)
_EVERY_PAGE = re.compile(r"^rst_(?:epilog|prolog)\b|autodoc|extlinks", re.MULTILINE)
_OF_AN_EBOOK = ("copyright", "version")


def read_conf(folder: Path) -> BuildSettings | None:
    """Return the settings of the conf.py in a folder; None where there is none to be read."""
    try:
        text = read_text_file(folder / "conf.py", "utf-8-sig")
        tree = ast.parse(text)
    except (OSError, ValueError, SyntaxError, RecursionError, MemoryError):
        return None
    values = _constants(tree)
    substitutions = values.get("myst_substitutions", {})
    # Where conf.py computes them, any name may be defined.
    pairs = substitutions.items() if isinstance(substitutions, dict) else (("*", ""),)
    language = values.get("language")
    return BuildSettings(
        extensions=_texts(values.get("extensions")),
        # MyST-Parser refuses any other name; that is for the build to tell.
        myst_extensions=tuple(
            name for name in _texts(values.get("myst_enable_extensions")) if name in MYST_EXTENSIONS
        ),
        substitutions=tuple((str(name), str(value)) for name, value in pairs),
        registered=tuple(sorted(_registered(folder))),
        language=language if isinstance(language, str) else "",
        numfig=bool(values.get("numfig")),
        pdf_fonts="edition_pdf_fonts" in values,
        exclude=_texts(values.get("exclude_patterns")),
        silenced=_texts(values.get("suppress_warnings")),
        unset=tuple(name for name in _OF_AN_EBOOK if not _is_set(values, name)),
    )


def _is_set(values: Mapping[str, Any], name: str) -> bool:
    """Tell whether a setting has a value, one that is worked out included."""
    names = (name, f"epub_{name}", f"project_{name}")
    return any(key in values and values[key] != "" for key in names)


def _constants(tree: ast.Module) -> dict[str, Any]:
    """Return the constants that are assigned at the top, lists that are extended included."""
    found: dict[str, Any] = {}
    for node in tree.body:
        match node:
            case ast.Assign(targets=targets, value=value):
                names = [t.id for t in targets if isinstance(t, ast.Name)]
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                names = [name]
            case ast.AugAssign(target=ast.Name(id=name), value=value):
                added = _constant(value)
                if isinstance(found.get(name), list) and isinstance(added, list):
                    found[name] = found[name] + added
                continue
            case _:
                continue
        found |= dict.fromkeys(names, _constant(value))
    return found


def _constant(value: ast.expr) -> Any:
    try:
        return ast.literal_eval(value)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple | set | frozenset):
        return ()
    return tuple(sorted(item for item in value if isinstance(item, str)))


def _registered(folder: Path) -> set[str]:
    found: set[str] = set()
    for file in [*folder.glob("*.py"), *folder.glob("*/*.py")]:
        try:
            text = read_text_file(file)
            found.update(_ADDED.findall(text))
            found.update(f"style:{name}" for name in _STYLES.findall(text))
            found.update(["*:"] if "add_domain(" in text else [])
            found.update(["rst_epilog"] if _EVERY_PAGE.search(text) else [])
        except (OSError, ValueError):
            continue
    return found
