"""The process that reads Parquet is locked down: it can read its one file, and nothing else."""

import subprocess
import sys

import pytest

from rehabfacts.loading.records import parquet_child


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
