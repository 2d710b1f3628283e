"""`python -m rehabfacts`."""

from rehabfacts.cli import run

run()
