"""Links that would run code where they are followed become their words alone."""

import re

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

# Browsers pass over blanks and control characters in a scheme (WHATWG URL, "basic URL parser").
_RUNS = re.compile(r"(?:javascript|vbscript|data):", re.IGNORECASE)


class SafeLinks(SphinxPostTransform):
    """Unlink such addresses, whatever wrote them: a text, a bibliography, another extension."""

    default_priority = 900

    def run(self, **_named: object) -> None:
        """Put the words of each unsafe link in its place."""
        for link in list(self.document.findall(nodes.reference)):
            address = re.sub(r"[\x00-\x20]", "", link.get("refuri", ""))
            if _RUNS.match(address):
                link.replace_self(link.children or [nodes.Text(link.astext())])
