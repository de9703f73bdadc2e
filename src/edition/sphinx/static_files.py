"""Our style sheet, scripts and templates: put among the site's, and made light for its readers."""

import json
import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from edition.project.files import replace_file
from edition.sphinx.redirects import WEB
from edition.sphinx.translation import _

_HERE = Path(__file__).parent
STATIC = _HERE / "static"
TEMPLATES = _HERE / "templates"

_STYLE, _FACE = "edition.css", "libertinus.css"
_EVERYWHERE, _READING = "edition.js", "reading.js"

# The colour of links and of what is chosen, unless the edition gives furo others.
_COLOURS = {
    f"{scheme}_css_variables": dict.fromkeys(
        ("color-brand-primary", "color-brand-content", "color-brand-visited"), colour
    )
    for scheme, colour in (("light", "#7b2d26"), ("dark", "#e6a79d"))
}

# In our own files a comment of this kind has lines of its own.
_COMMENT = re.compile(r"^\s*/\*.*?\*/", re.DOTALL | re.MULTILINE)
SAID = re.compile(r'\bsay\("((?:[^"\\]|\\.)*)"')
"""Our words in a script or a template."""


def add_files(app: Sphinx, config: Config) -> None:
    """Add our files to those of the site and its theme; the edition's own templates go first."""
    config.html_static_path.append(str(STATIC))
    config.templates_path.append(str(TEMPLATES))
    if config.html_title == config.values["html_title"].default(config):  # "… documentation"
        config.html_title = config.project
    if not config.copyright:
        config.html_show_copyright = False
    if config.html_theme == "furo":
        for variables, colours in _COLOURS.items():
            chosen = config.html_theme_options.get(variables, {})
            config.html_theme_options[variables] = colours | chosen
    app.add_css_file(_STYLE, priority=600)
    app.add_js_file(_EVERYWHERE, loading_method="defer")


def add_reading_script(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add the second script to the pages that have a table, what can be cited, or the search."""
    if app.builder.name not in WEB:
        return
    tables = doctree is not None and any(doctree.findall(nodes.table))
    if tables or page == "search" or "edition-citing" in context.get("metatags", ""):
        app.add_js_file(_READING, loading_method="defer")


def lighten_files(app: Sphinx, error: Exception | None) -> None:
    """Take comments and indents out of our files, as they are sent; put in what they lack."""
    if error is not None or app.builder.name not in WEB:
        return
    folder = Path(app.outdir, "_static")
    face = folder / _FACE
    style = (folder / _STYLE).read_text(encoding="utf-8")
    style = style.replace(f'@import url("{_FACE}");', face.read_text(encoding="utf-8"))
    face.unlink()
    replace_file(folder / _STYLE, _light_style(style).encode())
    scripts = {name: (folder / name).read_text("utf-8") for name in (_EVERYWHERE, _READING)}
    words = {said: _(said) for script in scripts.values() for said in SAID.findall(script)}
    told = {said: word for said, word in words.items() if word != said}
    written = json.dumps(told, ensure_ascii=False, sort_keys=True)
    for name, script in scripts.items():
        script = script.replace("const WORDS = {};", f"const WORDS = {written};")
        lines = (line.strip() for line in _COMMENT.sub("", script).splitlines())
        light = "\n".join(line for line in lines if line and not line.startswith("// "))
        replace_file(folder / name, f"{light}\n".encode())


def _light_style(text: str) -> str:
    text = re.sub(r"\s*([{};,>])\s*", r"\1", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL))
    text = text.replace(";}", "}").replace(": ", ":").replace(' format("woff2")', "")
    text = text.replace(" !important", "!important")
    text = re.sub(r"(?<=[\s:,(-])0(?=\.\d)", "", text)
    return " ".join(text.split()) + "\n"
