"""EDTF: agreement with the table merged from eleven projects' suites, and notations a minute, beside installed peers.

    python benchmarks/edtf.py [--table PATH] [--peers SITE_PACKAGES]

`--peers` names a directory in which edtf, undate or edtf-validate are installed; a peer that is missing is skipped, and said so.
Rows with a time of day are counted apart: here they are a clear error.
"""

import argparse
import contextlib
import io
import sys
import time
import warnings
from pathlib import Path

from rehabfacts.date_words import describe
from rehabfacts.dates import Date, Period
from rehabfacts.edtf import parse
from rehabfacts.errors import InvalidDate

ROOT = Path(__file__).resolve().parent.parent
DIFFERENCES = {  # where we deliberately give another verdict; docs/edtf.md has the reasons
    "0000-02/0000": "level 0, Time Interval, example 5: an end of lower precision is some day of it",
    "2004-06-11%/2004-%06": "the same",
    "2004-06-11%/2004-06~": "the same",
    "Y-61000/-2000": "level 1: with Y the string is a date; level 0: an interval has dates as its ends",
}


def ours(text):
    said = describe(text)
    if not said.is_valid:
        raise ValueError(said.error)
    return said.earliest, said.latest


def edtf_peer():
    import edtf

    def shown(moment):
        if not hasattr(moment, "tm_year"):
            return None
        sign = "-" if moment.tm_year < 0 else ""
        return f"{sign}{abs(moment.tm_year):04}-{moment.tm_mon:02}-{moment.tm_mday:02}"

    def bounds(text):
        value = edtf.parse_edtf(text)
        try:
            return shown(value.lower_strict()), shown(value.upper_strict())
        except Exception:  # noqa: BLE001 - a peer that reads but cannot bound has no bounds
            return "none", "none"

    return edtf.parse_edtf, bounds


def undate_peer():
    from undate import Undate, UndateInterval

    def read(text):
        return Undate.parse(text, "EDTF")

    def bounds(text):
        value = read(text)
        if isinstance(value, UndateInterval):
            first, last = value.earliest and value.earliest.earliest, value.latest and value.latest.latest
        else:
            first, last = value.earliest, value.latest
        return first and str(first), last and str(last)

    return read, bounds


def edtf_validate_peer():
    from edtf_validate.valid_edtf import is_valid

    def read(text):
        if not is_valid(text):
            raise ValueError(text)

    return read, None


PEERS = {"edtf": edtf_peer, "undate": undate_peer, "edtf-validate": edtf_validate_peer}


def quietly(function, text):
    """What it gives, or None if it refuses; peers print and warn."""
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        try:
            return (function(text),)
        except Exception:  # noqa: BLE001 - any refusal is a verdict
            return None


def is_same_bound(expected, given):
    return expected == given or (given is None and expected in {"inf", "-inf", "unknown"})


def judge(name, rows, read, bounds):
    right, wrong, right_bounds, all_bounds = 0, [], 0, 0
    for text, verdict, earliest, latest, _ in rows:
        if (quietly(read, text) is not None) == (verdict == "valid"):
            right += 1
        else:
            wrong.append(text)
        if earliest and bounds:
            all_bounds += 1
            given = quietly(bounds, text)
            is_right = given and all(map(is_same_bound, (earliest, latest), given[0]))
            right_bounds += bool(is_right)
            if not is_right and name == "rehabfacts":
                print(f"  bounds of {text}: {given}, the table has {earliest} to {latest}")
    share = (
        f"bounds {right_bounds}/{all_bounds} ({right_bounds / all_bounds:.1%})"
        if all_bounds
        else "gives no bounds"
    )
    print(f"{name:14} verdicts {right}/{len(rows)} ({right / len(rows):.1%})  {share}")
    return wrong


def per_minute(function, texts, at_least=0.5):
    """Notations a minute; refusals count as work too."""
    done, start = 0, time.perf_counter()
    while (spent := time.perf_counter() - start) < at_least:
        for text in texts:
            with contextlib.suppress(InvalidDate):
                function(text)
        done += len(texts)
    return done / spent * 60


def peer_per_minute(function, texts):
    start = time.perf_counter()
    for text in texts:
        quietly(function, text)
    return len(texts) / (time.perf_counter() - start) * 60


def value_of(text):
    return Period.parse(text) if "/" in text or text[:1] == "{" else Date.parse(text)


def rates(rows, peers):
    texts = [row[0] for row in rows]
    valid = [row[0] for row in rows if row[1] == "valid"]
    plain = [f"{year}-{month:02}-14" for year in range(1900, 2000) for month in range(1, 13)]
    print(
        f"\nrehabfacts: {per_minute(parse, texts):,.0f} notations a minute (the whole table, refusals included)"
    )
    print(f"rehabfacts: {per_minute(value_of, valid):,.0f} values a minute (Date or Period, valid rows)")
    print(f"rehabfacts: {per_minute(Date.parse, plain):,.0f} values a minute (plain days)")
    for name, (read, _) in peers.items():
        both = [
            text for text in valid if quietly(read, text) is not None and quietly(parse, text) is not None
        ]
        theirs, us = peer_per_minute(read, both), per_minute(parse, both)
        print(
            f"{name}: {theirs:,.0f} a minute on the {len(both)} strings both read, rehabfacts {us:,.0f}: {us / theirs:.0f} times"
        )


def main():
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--table", type=Path, default=ROOT / "tests" / "data" / "edtf_cases.tsv")
    options.add_argument("--peers", default="")
    arguments = options.parse_args()
    if arguments.peers:
        sys.path.append(arguments.peers)
    sys.path[:] = [
        path for path in sys.path if Path(path).resolve() != ROOT / "benchmarks"
    ]  # or `edtf` is this file
    rows = [line.split("\t") for line in arguments.table.read_text(encoding="utf-8").splitlines()[1:]]
    timed = [row for row in rows if ":" in row[0] or "T12" in row[0]]
    rows = [row for row in rows if row not in timed]
    refused = sum(quietly(parse, row[0]) is None for row in timed)
    print(f"{len(rows)} rows; {len(timed)} more with a time of day, {refused} of them refused here\n")

    peers = {}
    for name, load in PEERS.items():
        try:
            peers[name] = load()
        except ImportError as missing:
            print(f"{name:14} skipped: {missing}")
    wrong = judge("rehabfacts", rows, parse, ours)
    for name, (read, bounds) in peers.items():
        judge(name, rows, read, bounds)
    print("\nour differences:")
    for text in wrong:
        print(f"  {text}: {DIFFERENCES.get(text, 'NOT DOCUMENTED')}")
    rates(rows, peers)
    return 1 if set(wrong) - set(DIFFERENCES) else 0


if __name__ == "__main__":
    raise SystemExit(main())
