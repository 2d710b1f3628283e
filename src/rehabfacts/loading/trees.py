"""The trees of input files. A file of records that a mapping file names is none of ours, and is not looked into."""

import os
from collections.abc import Sequence

from rehabfacts.errors import Problem
from rehabfacts.loading.files import InputFile
from rehabfacts.loading.yaml_tree import Limits, Mapping, Node, read_yaml

RECORDS = "records"
"""The key that makes a mapping a file that maps records."""

Tree = tuple[InputFile, Node | None, list[Problem]]
"""A file, its tree if it has one, and the problems of reading it."""


def read_trees(inputs: Sequence[InputFile], limits: Limits) -> list[Tree]:
    """The trees of our own files, in the order of these; mapping files are read first, since they tell which are not ours."""
    read: dict[str, Tree] = {}
    records: set[str] = set()
    for file in sorted(inputs, key=lambda each: RECORDS.encode() not in each.data):
        if records and os.path.realpath(file.path) in records:
            continue
        tree, problems = read_yaml(file.data, file.path, limits)
        read[file.path] = file, tree, problems
        if isinstance(tree, Mapping) and RECORDS in tree.entries:
            from rehabfacts.loading.records.making import records_path  # noqa: PLC0415  # few projects have any

            records.add(os.path.realpath(records_path(tree, file.path)))
    return [read[file.path] for file in inputs if file.path in read and not (records and os.path.realpath(file.path) in records)]
