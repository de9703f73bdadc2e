"""Set one book with Typst, in a process of its own.

Typst keeps what it has set until its process ends: five settings of 150 pages took 1.7 GB in one
process, 0.5 GB in five. So `compile_book` runs this file as a script, which loads nothing of the
edition: a request on standard input, the answer on standard output, both in JSON.
"""

import json
import sys
from pathlib import Path

import typst


def answer(
    main: str, fonts: list[str], timestamp: int | None, target: str, question: str
) -> dict[str, object]:
    """Set the book `main`, write it as `target`, and return what Typst says of it and answers."""
    try:
        compiler = typst.Compiler(
            main, root=str(Path(main).parent), font_paths=list(fonts), ignore_system_fonts=True
        )
        document, warnings = compiler.compile_with_warnings(
            format="pdf", pdf_standards="ua-1", timestamp=timestamp
        )
        told = json.loads(compiler.eval(question))
    except typst.TypstError as error:
        return {"error": error.diagnostic or error.message}
    if not isinstance(document, bytes):
        return {"error": "Typst made no PDF"}
    Path(target).write_bytes(document)
    return {"told": told, "warnings": [(w.message, w.diagnostic) for w in warnings]}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(answer(**json.load(sys.stdin))))
