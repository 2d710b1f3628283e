#!/usr/bin/env bash
# Installs rehabfacts: the version, or the wheel, that REHABFACTS_VERSION names; the newest if it names none.
set -euo pipefail

version=${REHABFACTS_VERSION:-}
case $version in
    "") wanted=rehabfacts ;;
    *.whl) wanted=$version ;;
    *) wanted="rehabfacts==$version" ;;
esac
python -m pip install --quiet --disable-pip-version-check "$wanted"
