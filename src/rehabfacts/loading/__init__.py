"""Files in: positioned trees, then entities, facts and rules, with every problem of every file."""
