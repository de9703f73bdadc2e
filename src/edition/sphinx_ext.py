"""The extension's former name, which goes on working: `extensions = ["edition.sphinx"]`."""

from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

from edition.sphinx import setup as _setup

_logger = logging.getLogger(__name__)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension and name its new name."""
    _logger.info('conf.py: the extension is now called "edition.sphinx"; the old name still works')
    return _setup(app)
