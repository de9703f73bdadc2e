"""`edition new`: a project that builds at once, with an imported text or a sample."""

import json
import os
import re
import shutil
import sys
import tomllib
import unicodedata
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import click

from edition import __version__
from edition.cli.options import git_says, open_edition, open_project, say, stop
from edition.model.counted import counted
from edition.model.language_tags import parse_language_tag
from edition.project.files import move_all, unfinished

# The styles of citations: our own, then those of sphinxcontrib-bibtex with a bibliography's.
_OWN_STYLES = ("short-title", "author-date", "notes", "mla")
STYLES = {name: f'edition_citation_style = "{name}"' for name in _OWN_STYLES} | {
    "author-year": 'bibtex_reference_style = "author_year"\nbibtex_default_style = "edition"',
    "label": 'bibtex_reference_style = "label"\nbibtex_default_style = "alpha"',
}
DRAFT, BIBLIOGRAPHY = "draft.bib", "bibliography.bib"
THEMES = ("furo", "alabaster")
SERVICES = {
    "github": {".github/workflows/edition.yml"},
    "gitlab": {".gitlab-ci.yml"},
    "none": set(),
}
_PLACE = re.compile(r"<<(\w+)(?::(\w+))?>>")
_BEFORE_HEADING = re.compile(r"^(?P<code>`{3,}|~{3,})[\s\S]*?^(?P=code)|^(?=#{1,5} )", re.M)
_MARKUP = re.compile(r"([\\`*_\[\]<>{}$#|~^])")
# What becomes of the sample where an imported text takes its place; nothing is no file.
_SAMPLES: dict[str, Callable[[str], str]] = {
    "docs/text.md": lambda text: "",
    BIBLIOGRAPHY: lambda text: text.partition("\n@book")[0],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What is asked of an editor who begins."""

    title: str
    authors: tuple[str, ...]
    language: str
    style: str
    theme: str
    service: str


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--title", help="The title of the edition.")
@click.option("--author", "authors", multiple=True, help="Its author or editor; repeatable.")
@click.option("--language", help="Its language, as a tag: en-GB, de, grc.")
@click.option("--style", type=click.Choice(list(STYLES)), help="The style of citations.")
@click.option("--theme", type=click.Choice(THEMES), help="The website's theme.")
@click.option(
    "--ci",
    "service",
    type=click.Choice(list(SERVICES)),
    help="Whose workflow to write (default: github).",
)
@click.option(
    "--from",
    "document",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A text to import, in any format that `edition import` reads.",
)
@click.option(
    "--ask/--no-ask", default=None, help="Ask what is not given (default: on a terminal)."
)
def new(
    folder: Path,
    title: str | None,
    authors: tuple[str, ...],
    language: str | None,
    style: str | None,
    theme: str | None,
    service: str | None,
    document: Path | None,
    ask: bool | None,
) -> None:
    """Begin an edition in DIR, which builds at once.

    The folder may exist; no file in it is overwritten, and a text cites its bibliography.bib.
    """
    target = folder.absolute()
    own = {BIBLIOGRAPHY} if document and (target / BIBLIOGRAPHY).is_file() else set[str]()
    _refuse_what_exists(target, _names(service) - own)
    if document is not None and not document.is_file():
        stop(f"no such file: {document}", "Check the path.")
    asked = sys.stdin.isatty() if ask is None else ask

    def ask_for(given: str | None, question: str, default: str, choices: Iterable[str] = ()) -> str:
        """Ask for what no option gives, where it may be asked; else take the default."""
        if given is not None or not asked:
            return default if given is None else given
        kind = click.Choice(list(choices)) if choices else None
        return str(click.prompt(question, default=default, type=kind))

    user = git_says("config", "user.name") or "The editor"
    answers = Answers(
        title=_line(ask_for(title, "Title", _title(target)), "title"),
        authors=tuple(
            _line(a, "author") for a in authors or (ask_for(None, "Author or editor", user),)
        ),
        language=_language(ask_for(language, "Language", "en-GB")),
        style=ask_for(style, "Citations", "short-title", STYLES),
        theme=ask_for(theme, "Theme", "furo", THEMES),
        service=ask_for(service, "Workflow for", "github", SERVICES),
    )
    _refuse_what_exists(target, _names(answers.service) - own)
    count, known = _write(answers, document, target)
    say(f"Written: {count} files in {folder}.")
    if known:
        say(
            f"The checks found {counted(known, 'thing')} to look at in the text, "
            "taken as known in edition-baseline.json. Delete that file to see them."
        )
    if (target / DRAFT).exists():
        say(f"{DRAFT} holds drafts of works that it names: complete them in bibliography.bib.")
    where = "" if target == Path.cwd() else f"  cd {folder}\n"
    say(f"Go on with:\n{where}  edition check\n  edition build")


def _write(answers: Answers, document: Path | None, target: Path) -> tuple[int, int]:
    """Write a project; return how many files it has, and how many findings are known at once."""
    # Beside its place, so that what fails leaves nothing behind.
    nearest = next(p for p in (target, *target.parents)[1:] or (target,) if p.is_dir())
    begun = unfinished(nearest / "new")
    try:
        stage = begun / "edition"
        for path, text in project_files(answers).items():
            if document is not None and path in _SAMPLES:
                text = _SAMPLES[path](text)
            if text:
                file = stage / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
        own, staged = target / BIBLIOGRAPHY, stage / BIBLIOGRAPHY
        if kept := document is not None and own.is_file():
            shutil.copyfile(own, staged)
        known = _import(stage, document, answers.title) if document else 0
        if kept:
            staged.unlink()
        shutil.rmtree(stage / ".edition-cache", ignore_errors=True)
        return _put(stage, target), known
    finally:
        shutil.rmtree(begun, ignore_errors=True)


def project_files(answers: Answers) -> dict[str, str]:
    """Return the files of a new project, by path."""
    values = sample_words(answers.language) | {
        "author": ", ".join(answers.authors),
        "identifier": f"urn:uuid:{uuid.uuid4()}",
        "language": answers.language.replace("-", "_"),
        "style": STYLES[answers.style],
        "theme": answers.theme,
        "title": answers.title,
        "version": __version__,
    }

    def value(match: re.Match[str]) -> str:
        name, form = match.groups()
        if name == "authors":
            return _AUTHORS[form](answers.authors)
        return _FORMS[form](values[name])

    return {
        path: _PLACE.sub(value, text)
        for path, text in templates().items()
        if path in _names(answers.service)
    }


def sample_words(language: str) -> dict[str, str]:
    """Return the words of the sample in a language, or all of them in English."""
    file = files("edition.cli") / "templates/sample.toml"
    words: dict[str, dict[str, str]] = tomllib.loads(file.read_text(encoding="utf-8"))
    return words.get(language.partition("-")[0], words["en"])


def templates() -> dict[str, str]:
    """Return the templates, by the path of the file that each becomes."""
    root = Path(str(files("edition.cli") / "templates" / "new"))
    return {
        file.relative_to(root).as_posix().removesuffix(".in").replace("dot-", "."): (
            file.read_text(encoding="utf-8")
        )
        for file in sorted(root.rglob("*.in"))
    }


def _names(service: str | None) -> set[str]:
    others = {
        path for name, paths in SERVICES.items() if name != (service or "github") for path in paths
    }
    return templates().keys() - others


def _string(text: str) -> str:
    """Return a text as a string of Python, TOML, YAML and JSON alike."""
    return json.dumps(text, ensure_ascii=False)


def _citation(author: str) -> str:
    """Return an author for CITATION.cff: one word, or what begins with The, is no person."""
    family, comma, given = author.partition(",")
    if not comma:
        given, _, family = author.rpartition(" ")
    if not given.strip() or author.startswith("The "):
        return f"  - name: {_string(author)}"
    return f"  - family-names: {_string(family.strip())}\n    given-names: {_string(given.strip())}"


_FORMS: dict[str | None, Callable[[str], str]] = {
    None: str,
    "markdown": lambda text: _MARKUP.sub(r"\\\1", text),
    "string": _string,
}
_AUTHORS: dict[str | None, Callable[[tuple[str, ...]], str]] = {
    "strings": lambda authors: ", ".join(map(_string, authors)),
    "citation": lambda authors: "\n".join(map(_citation, authors)),
}


def _line(text: str, what: str) -> str:
    """Return a text that is typed in one line; end the command where it is none."""
    cleaned = " ".join(text.split())
    if not cleaned or any(unicodedata.category(c).startswith("C") for c in cleaned):
        stop(f"the {what} {text!r} has no readable letters, or has control characters", "Type it.")
    return cleaned


def _language(tag: str) -> str:
    known = parse_language_tag(tag.strip().replace("_", "-"))
    if known is None:
        stop(f"“{tag}” is no language tag", "Use one as in en, en-GB, pt-BR or grc.")
    return str(known)


def _title(target: Path) -> str:
    words = re.sub(r"[-_\s]+", " ", target.name).strip()
    return words[:1].upper() + words[1:] or "An edition"


def _refuse_what_exists(target: Path, names: set[str]) -> None:
    if target.exists() and not target.is_dir():
        stop(f"{target} is a file", "Name another folder.")
    there = sorted(name for name in names if os.path.lexists(target / name))
    if there:
        stop(
            f"{target} already has {', '.join(there)}",
            "Nothing was written. Name another folder, or move these away.",
        )


def _import(stage: Path, document: Path, title: str) -> int:
    """Import a document as the text; return the number of findings that are taken as known.

    A text that begins without a heading gets the edition's title, by which contents lead to it.
    """
    from edition.check import check_edition
    from edition.cli.check import write_known
    from edition.cli.import_ import import_

    click.get_current_context().invoke(
        import_,
        witness=document,
        into=(text := stage / "docs" / "text.md"),
        project=stage,
        draft_bibliography=True,
    )
    if not re.match(r"(?:\(\S+\)=\n)*# ", imported := text.read_text(encoding="utf-8")):
        below = _BEFORE_HEADING.sub(lambda found: found[0] or "#", imported)
        text.write_text(f"# {_FORMS['markdown'](title)}\n\n{below}", encoding="utf-8")
    project = open_project(stage)
    return write_known(project) if check_edition(open_edition(project), project.config) else 0


def _put(stage: Path, target: Path) -> int:
    """Move the files into the folder; stop before the first that would overwrite one."""
    made = sorted(file for file in stage.rglob("*") if file.is_file())
    try:
        move_all({file: target / file.relative_to(stage) for file in made})
    except FileExistsError:
        _refuse_what_exists(target, {file.relative_to(stage).as_posix() for file in made})
        raise
    return len(made)
