"""One work that a reference names, taken apart."""

from dataclasses import dataclass

from edition.bibliography.references.patterns import POINTING


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One work that a reference names.

    `words` is the description without locator, remark and words before; `titles` the titles in
    quotation marks; `author` the name that the text gives before a bracket. `locator` is in the
    normal form, None where no page is given. `back` is `ibid`, `work` (op. cit.), `place` (loc.
    cit.) or `person` (idem) where the reference leads back to an earlier one. `typed` are its
    characters as they are typed; of several works of one author, those of all. `note` is the
    number of the note that it points to: `(wie Anm. 6)`. `volume_of` is the word right before a
    volume without a label: `Staatsrecht II`. `number` counts pieces of the work before the page:
    `Briefe, Nr. 84, S. 165`; of a journal it is the issue.
    """

    words: str
    titles: tuple[str, ...] = ()
    volume: str | None = None
    locator: str | None = None
    pages: tuple[int, ...] = ()
    years: tuple[str, ...] = ()
    prenote: str = ""
    remark: str = ""
    back: str = ""
    author: str = ""
    typed: str = ""
    note: str = ""
    volume_of: str = ""
    number: str = ""

    @property
    def points(self) -> bool:
        """Tell whether it only points to a work (`see …`) and quotes nothing."""
        return self.prenote.casefold().startswith(POINTING)
