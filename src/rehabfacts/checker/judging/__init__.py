"""The demands judged: the given made consistent, each demand alone, then accepted one by one, each answer certified."""
