"""What the Sphinx configuration beside the sources says, as far as it can be read."""

from dataclasses import dataclass

MYSTMD = "mystmd"
"""The dialect of mystmd, among MyST's optional syntaxes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildSettings:
    """The settings of a conf.py that the checks depend on.

    `extensions` are Sphinx's, `myst_extensions` MyST's optional syntaxes. `registered` are the
    roles and directives that the Python files beside conf.py add. `language` is empty where
    none is set. `prints_bibliography` says that the works cited are listed without a directive.
    """

    extensions: tuple[str, ...] = ()
    myst_extensions: tuple[str, ...] = ()
    substitutions: tuple[tuple[str, str], ...] = ()
    registered: tuple[str, ...] = ()
    language: str = ""
    numfig: bool = False
    prints_bibliography: bool = False
