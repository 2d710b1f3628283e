"""The shipped vocabulary, *institutions*: bodies and acts, offices, programmes, archives, counts."""

from rehabfacts.schema import Schema
from rehabfacts.vocabulary import acts, counts, entities, facts

INSTITUTIONS: Schema = Schema.of((*entities.TYPES, *acts.TYPES, *facts.TYPES, *counts.TYPES))
