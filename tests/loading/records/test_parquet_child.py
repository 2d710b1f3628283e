"""The process that reads Parquet is locked down: it can read its one file, and nothing else."""

import subprocess
import sys

import attrs
import pytest

from rehabfacts.loading.records import parquet_child, parquet_tree
from rehabfacts.loading.records.parquet_footer import read_footer
from rehabfacts.loading.yaml_tree import Limits


@pytest.fixture
def folder(tmp_path):
    import duckdb

    duckdb.sql(f"COPY (SELECT 1 AS id) TO '{tmp_path}/a.parquet' (FORMAT parquet)")
    (tmp_path / "b.parquet").write_bytes((tmp_path / "a.parquet").read_bytes())
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    return tmp_path


ATTACKS = [
    "SELECT * FROM read_text('{folder}/secret.txt')", "SELECT * FROM read_csv('/proc/self/environ')", "SELECT * FROM read_parquet('{folder}/b.parquet')",
    "SELECT * FROM '{folder}/b.parquet'", "SELECT * FROM glob('{folder}/*')", "SELECT * FROM read_parquet('https://example.org/a.parquet')",
    "COPY (SELECT 1) TO '{folder}/out.csv'", "ATTACH '{folder}/x.db'", "EXPORT DATABASE '{folder}/x'", "INSTALL httpfs", "LOAD httpfs",
    "SET enable_external_access = true", "SET lock_configuration = false", "SET allowed_paths = ['{folder}/b.parquet']", "CREATE PERSISTENT SECRET s (TYPE s3)",
    "SELECT * FROM folder",
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_refused(folder, attack):
    import duckdb

    connection = parquet_child.locked(str(folder / "a.parquet"))
    assert connection.execute("SELECT id FROM read_parquet(?)", [str(folder / "a.parquet")]).fetchall() == [(1,)]
    with pytest.raises(duckdb.Error):
        connection.execute(attack.format(folder=folder))
    assert sorted(path.name for path in folder.iterdir()) == ["a.parquet", "b.parquet", "secret.txt"]


def test_a_setting_that_did_not_take_hold_stops_it(folder, monkeypatch):
    monkeypatch.setattr(parquet_child, "_THEN", (*parquet_child._THEN, ("python_enable_replacements", "true")))
    with pytest.raises(RuntimeError, match="python_enable_replacements"):
        parquet_child.locked(str(folder / "a.parquet"))


def test_it_imports_nothing_of_ours(folder):
    script = f"import sys; sys.argv = ['', {str(folder / 'a.parquet')!r}, '1']; exec(open({parquet_child.__file__!r}).read()); print(sorted(name for name in sys.modules if 'rehabfacts' in name))"
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert done.stdout.splitlines()[:2] == ['["INTEGER"]', '["1"]']


DAMAGED = "a.parquet: E-PARQUET expected a Parquet file, found a damaged one or something else (write it again from where it came)"


def problems(path):
    opened = parquet_tree.read_parquet(path.read_bytes(), "a.parquet", Limits(), is_pinned=True)
    assert (opened.tree is None) is bool(opened.problems)
    return [str(problem) for problem in opened.problems]


def test_fewer_rows_than_the_footer_says_are_not_taken_for_the_file(folder, monkeypatch):
    assert problems(folder / "a.parquet") == []
    monkeypatch.setattr(parquet_tree, "read_footer", lambda data: attrs.evolve(read_footer(data), rows=2))
    assert problems(folder / "a.parquet") == [DAMAGED]


def test_a_child_that_takes_too_long_is_ended(folder, monkeypatch):
    monkeypatch.setattr(parquet_tree, "_SECONDS", 0)
    assert problems(folder / "a.parquet") == [DAMAGED]


def test_what_it_tells_is_read_up_to_a_limit(folder, monkeypatch):
    import duckdb

    monkeypatch.chdir(folder)
    duckdb.sql("COPY (SELECT repeat('a', 1000) AS text FROM range(500)) TO 'many.parquet' (FORMAT parquet)")
    assert problems(folder / "many.parquet") == []
    monkeypatch.setattr(parquet_tree, "MOST_EXPANDED", 100_000)
    assert problems(folder / "many.parquet") == [
        "a.parquet: E-LIMIT-EXPAND expected records that come to at most 100,000 bytes, found more (split the file)"
    ]


def test_a_value_that_is_too_long_is_told_with_its_row(folder, monkeypatch):
    import duckdb

    monkeypatch.chdir(folder)
    duckdb.sql("COPY (SELECT repeat('a', (i * 1_000_000)::BIGINT) AS text FROM range(3) t(i)) TO 'many.parquet' (FORMAT parquet)")
    assert problems(folder / "many.parquet") == ["a.parquet:3: E-LIMIT-FIELD expected values of at most 1048576 characters, found a longer one"]


def test_values_are_exact(folder, monkeypatch):
    import duckdb

    monkeypatch.chdir(folder)
    duckdb.sql(
        "COPY (SELECT 9007199254740993 AS big, 1.10::DECIMAL(9, 2) AS exact, 'NaN'::DOUBLE AS none, -0.0::DOUBLE AS zero, true AS flag, DATE '0044-03-15 (BC)' AS day, "
        "TIMESTAMP '1993-04-14 09:30:00' AS stamp, NULL::INTEGER AS nothing, {'a': [9007199254740993.10::DECIMAL(20, 2), NULL]} AS inner) TO 'many.parquet' (FORMAT parquet)"
    )
    tree = parquet_tree.read_parquet((folder / "many.parquet").read_bytes(), "a.parquet", Limits(), is_pinned=True).tree
    (row,) = tree.items
    told = {name: (node.value, node.is_plain) for name, node in row.entries.items() if name != "inner"}
    assert told == {
        "big": ("9007199254740993", False), "exact": ("1.10", False), "none": ("nan", False), "zero": ("-0.0", False), "flag": ("true", True),
        "day": ("-0043-03-15", False), "stamp": ("1993-04-14 09:30:00", False), "nothing": ("null", True),
    }  # fmt: skip
    assert [each.value for each in row.entries["inner"].entries["a"].items] == ["9007199254740993.10", "null"]
