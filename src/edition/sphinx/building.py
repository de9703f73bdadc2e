"""`python -m sphinx`, as `edition build` runs it: what stops a build is told in two lines.

Sphinx answers a wrong setting in conf.py with the versions of everything and a traceback.
"""

import io
import re
import sys
from typing import Any

from sphinx._cli.util import errors
from sphinx.cmd.build import main
from sphinx.errors import SphinxError, SphinxParallelError

from edition.report.cells import harmless

_REPORT = re.compile(r"\S+sphinx-err-\S+\.log")
_in_full = errors.handle_exception


def in_short(exception: BaseException, /, *, stderr: Any = sys.stderr, **more: Any) -> None:
    """Tell an error that stopped a build; of one that nobody foresaw, where the report is."""
    foreseen = isinstance(exception, SphinxError) and not isinstance(exception, SphinxParallelError)
    kind = exception.category if isinstance(exception, SphinxError) else type(exception).__name__
    print(f"edition: {kind}: {harmless(str(exception))}", file=stderr)
    report = io.StringIO()
    _in_full(exception, stderr=report, **more)
    place = _REPORT.search(report.getvalue())
    if place and not foreseen:
        print(f"  The report is in {place[0]}", file=stderr)


if __name__ == "__main__":
    errors.handle_exception = in_short
    sys.exit(main(sys.argv[1:]))
