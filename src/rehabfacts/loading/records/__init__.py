"""Records of other forms (YAML, JSON, CSV, Parquet, GEDCOM) made into entities and facts by mapping files."""
