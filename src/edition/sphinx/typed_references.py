"""References that an imported text keeps as typed, as links to the works that they name."""

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxRole


class TypedCitation(SphinxRole):
    """The citation of a reference that keeps its words: unseen, it leads its reader there.

    The words follow it as `[…]{.typed-reference}`.
    """

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the citation as sphinxcontrib-bibtex makes it, to be taken away when resolved."""
        cite = self.env.get_domain("cite").role("p")
        if cite is None:
            return [], []
        found, messages = cite(
            "cite:p", self.rawtext, self.text, self.lineno, self.inliner, self.options, self.content
        )
        return [nodes.inline("", "", *found, classes=["typed-citation"])], messages


class LinkTypedReferences(SphinxPostTransform):
    """Link the words of typed references to the works that they name."""

    default_priority = 20  # after citations are resolved

    def run(self, **kwargs: object) -> None:
        """Move the link of each unseen citation to the words after it."""
        for unseen in list(self.document.findall(nodes.inline)):
            if "typed-citation" not in unseen["classes"]:
                continue
            link = next(unseen.findall(nodes.reference), None)
            words = unseen.next_node(descend=False, siblings=True)
            unseen.parent.remove(unseen)
            if link is None or not isinstance(words, nodes.inline):
                continue
            inner = any(words.findall(nodes.footnote_reference)) or any(
                words.findall(nodes.reference)
            )
            if "typed-reference" in words["classes"] and not inner:
                kept = {k: link[k] for k in ("refuri", "refid", "internal") if k in link}
                words.children = [nodes.reference("", "", *words.children, **kept)]
                words.setup_child(words.children[0])
