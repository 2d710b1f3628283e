"""`python -m rehabfacts`."""

from rehabfacts.cli import main

main()
