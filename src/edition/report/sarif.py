"""Findings in SARIF 2.1.0, the OASIS format that code hosts and editors take in.

The standard: "Static Analysis Results Interchange Format (SARIF) Version 2.1.0", OASIS,
2020, with Errata 01 of 2023. Section numbers below are the standard's.
"""

import json
from collections.abc import Sequence
from urllib.parse import quote

from edition.model.diagnostic import Diagnostic, RuleInfo

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_ROOT = "%SRCROOT%"


def render(diagnostics: Sequence[Diagnostic], *, rules: Sequence[RuleInfo], version: str) -> str:
    """Give one run with the whole catalogue of rules and the findings in the order given.

    The catalogue is sorted by code. A finding by a rule that is not in it keeps its
    `ruleId` and has no `ruleIndex`. The hint follows the message on a line of its own.
    """
    catalogue = sorted(rules, key=lambda rule: rule.code)
    indices = {rule.code: index for index, rule in enumerate(catalogue)}
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "edition",
                        "version": version,
                        "rules": [_descriptor(rule) for rule in catalogue],
                    }
                },
                "originalUriBaseIds": {
                    _ROOT: {"description": {"text": "The root of the edition's project."}}
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(diagnostic, indices) for diagnostic in diagnostics],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _descriptor(rule: RuleInfo) -> dict[str, object]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "defaultConfiguration": {"level": str(rule.severity)},
    }


def _result(diagnostic: Diagnostic, indices: dict[str, int]) -> dict[str, object]:
    words = diagnostic.message
    if diagnostic.hint:
        words += f"\nHint: {diagnostic.hint}"
    result: dict[str, object] = {"ruleId": diagnostic.code}
    if diagnostic.code in indices:
        result["ruleIndex"] = indices[diagnostic.code]
    return result | {
        "level": str(diagnostic.severity),
        # A brace would begin a placeholder (section 3.11.5).
        "message": {"text": words.replace("{", "{{").replace("}", "}}")},
        "locations": [{"physicalLocation": _place(diagnostic)}],
    }


def _place(diagnostic: Diagnostic) -> dict[str, object]:
    location = diagnostic.location
    # A file name that is not UTF-8 keeps its own bytes.
    uri = quote(location.path, safe="/", errors="surrogateescape")
    place: dict[str, object] = {"artifactLocation": {"uri": uri, "uriBaseId": _ROOT}}
    if location.line:
        region = {"startLine": location.line}
        if location.column:
            region["startColumn"] = location.column
        place["region"] = region
    return place
