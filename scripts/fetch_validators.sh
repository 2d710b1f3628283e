#!/usr/bin/env bash
# fetch_validators.sh DIRECTORY: what judges our reports and is in no wheel. Tests find it where REHABFACTS_VALIDATORS points.
#   JUnit: the schema of Jenkins, which pytest keeps in its source (its digest is in tests/format_judges.py)
#   rdjson: a validator written for Node.js
set -euo pipefail

pip download -q --no-deps --no-binary pytest --dest "$1" pytest==9.2.0
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$1" @umbrelladocs/rdformat-validator@1.0.1
