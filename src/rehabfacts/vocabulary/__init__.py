"""The shipped vocabulary, *institutions*: bodies and acts, offices and terms, persons, programmes, archives, counts."""

from rehabfacts.schema import Schema
from rehabfacts.vocabulary import acts, counts, entities, facts, persons, terms

INSTITUTIONS: Schema = Schema.of((*entities.TYPES, *acts.TYPES, *facts.TYPES, *terms.TYPES, *persons.TYPES, *counts.TYPES))
