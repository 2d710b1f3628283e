"""A process of its own in which DuckDB, locked down, reads one Parquet file: `python -I parquet_child.py FILE COLUMNS`.

Prints a line of JSON with the type of each column, then one for each row: texts as DuckDB writes them, nested values as
JSON in a text, null. It imports nothing of ours. Column names never reach SQL.
"""

import json
import sys
from typing import Any

_MEMORY = 2 << 30
_SECONDS = 60
_OFF = (
    "autoinstall_known_extensions", "autoload_known_extensions", "allow_community_extensions", "allow_unsigned_extensions",
    "allow_persistent_secrets", "python_enable_replacements",
)  # fmt: skip
_THEN = (("threads", "1"), ("memory_limit", "512MB"), ("temp_directory", ""), ("TimeZone", "UTC"), ("max_expression_depth", "250"))


def _limit() -> None:
    """What the system lets this process have; where there is no such thing (Windows), the limits of DuckDB remain."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, _SECONDS), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(kind, (most, most))


def locked(path: str) -> Any:
    """A connection that can read this one file, and nothing else. Raises RuntimeError if a setting did not take hold."""
    import duckdb  # noqa: PLC0415  # under the limits

    connection = duckdb.connect(":memory:", config=dict.fromkeys(_OFF, "false"))
    for name, value in _THEN:
        connection.execute(f"SET {name} = '{value}'")
    connection.execute("SET allowed_paths = [?]", [path])
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    for name in (*_OFF, "enable_external_access", "lock_configuration"):
        (found,) = connection.execute("SELECT current_setting(?)", [name]).fetchone() or (None,)
        if found is not (name == "lock_configuration"):
            raise RuntimeError(name)
    return connection


def main(path: str, count: int) -> None:
    """Prints the rows of a file of so many columns."""
    _limit()
    connection = locked(path)
    names = [f"c{number}" for number in range(1, count + 1)]
    source = f"read_parquet(?) AS t({', '.join(names)})"
    described = connection.execute(f"DESCRIBE SELECT {', '.join(names)} FROM {source}", [path]).fetchall()  # noqa: S608  # names of our own
    kinds = [row[1] for row in described]
    told = ", ".join(f"CAST(to_json({name}) AS VARCHAR)" if _is_nested(kind) else f"CAST({name} AS VARCHAR)" for name, kind in zip(names, kinds, strict=True))
    cursor = connection.execute(f"SELECT {told} FROM {source}", [path])  # noqa: S608
    print(json.dumps(kinds))  # noqa: T201  # what it is for
    while rows := cursor.fetchmany(1_000):
        print("\n".join(map(json.dumps, rows)))  # noqa: T201


def _is_nested(kind: str) -> bool:
    return kind.endswith("]") or kind.startswith(("STRUCT", "MAP", "UNION"))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
