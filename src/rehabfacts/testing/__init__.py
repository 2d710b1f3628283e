"""Hypothesis strategies for projects that use rehabfacts. Importing this needs `hypothesis`; nothing else does.

`dates`, `periods` and `quantities` draw values in every notation that is read, `facts` whole facts, `rule_sets` rules;
`consistent_datasets` draws datasets in which rules are known to hold, `inconsistent_datasets` such with a known conflict.
"""

from rehabfacts.testing.contradictions import InconsistentDataset, inconsistent_datasets
from rehabfacts.testing.datasets import consistent_datasets
from rehabfacts.testing.facts import facts
from rehabfacts.testing.rule_sets import rule_sets
from rehabfacts.testing.values import dates, periods, quantities

__all__ = ["InconsistentDataset", "consistent_datasets", "dates", "facts", "inconsistent_datasets", "periods", "quantities", "rule_sets"]
