"""What the Sphinx configuration beside the sources says, as far as it can be read."""

from dataclasses import dataclass

MYSTMD = "mystmd"
"""The dialect of mystmd, among MyST's optional syntaxes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildSettings:
    """The settings of a conf.py that the checks depend on.

    `extensions` are Sphinx's, `myst_extensions` MyST's optional syntaxes. `registered` are the
    roles and directives that the Python files beside conf.py add, with `*:` where they add a
    domain. `language` is empty where none is set. `exclude` are the patterns of pages that the
    build leaves out, `silenced` the kinds of warnings that it does not give. `unset` is
    what an e-book has to name and the file does not; `path` is the file's, from the project's
    root. `prints_bibliography` says that the works cited are listed without a directive.
    """

    extensions: tuple[str, ...] = ()
    myst_extensions: tuple[str, ...] = ()
    substitutions: tuple[tuple[str, str], ...] = ()
    registered: tuple[str, ...] = ()
    language: str = ""
    numfig: bool = False
    prints_bibliography: bool = False
    exclude: tuple[str, ...] = ()
    silenced: tuple[str, ...] = ()
    unset: tuple[str, ...] = ()
    path: str = "conf.py"
