"""Bad input of BAD_INPUTS §2 through the command: CSV and Parquet (rows 72 to 91)."""

import gzip
import hashlib
import shutil
import struct
import time
from pathlib import Path

import pytest
from copies import run

NASTY = Path(__file__).resolve().parents[2] / "data" / "nasty"
FACTS = {
    "text": '{id: "f-{r#}", type: Mandate, body: b, task: "{r.name}"}',
    "number": '{id: "f-{r.id}", type: Count, population: p, extent: moment, value: "{r.v}"}',
    "date": '{id: "f-{r#}", type: Cessation, body: b, date: "{r.d}"}',
    "id": '{id: "{r.id}", type: Mandate, body: b, task: "{r.v}"}',
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(folder, name, data=None, fact="text", **declared):
    """The exit status, and the problems with the file of records, when it is mapped."""
    if data is None:
        shutil.copy(NASTY / name.rpartition(".")[2] / name, folder / name)
    else:
        (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    more = "".join(f", {key}: {value}" for key, value in declared.items())
    mapping = f"rehabfacts: 1\nrecords: {{file: {name}{more}}}\nmap:\n  - for: {{r: records}}\n    entities: [{{id: b, type: Body}}, {{id: p, type: Population}}]\n    facts: [{FACTS[fact]}]\n"
    (folder / "map.yaml").write_text(mapping, encoding="utf-8")
    started = time.monotonic()
    done = run("check", "map.yaml", "--pack", "quantities")
    assert time.monotonic() - started < 10
    assert (done.err, "Traceback" in done.out) == ("", False)
    lines = [line for line in done.lines if ": E-" in line or ": W-" in line]
    assert all(len(line) <= 320 for line in lines)
    return done.status, lines


def refused(*arguments, **declared):
    status, lines = told(*arguments, **declared)
    assert status == 2
    return lines


def test_72_a_ragged_row_is_told_with_its_physical_line_and_both_counts(folder):
    assert refused(folder, "a.csv", 'id,name\n1,"a\nb"\n2\n3,c,d\n4,e\n') == [
        "a.csv:4:1: E-CSV-COLS expected 2 columns, found 1 (a row that is cut short, or a value with a line break that is not quoted)",
        "a.csv:5:1: E-CSV-COLS expected 2 columns, found 3 (quote a value that holds the separator)",
    ]


def test_73_an_unclosed_quote_is_told_where_it_opens(folder):
    assert refused(folder, "a.csv", 'id,name\n1,a\n2,"b\n3,c\n4,d\n') == [
        "a.csv:3:3: E-CSV-QUOTE expected a quote that ends the value that begins here, found the end of the file"
    ]


def test_73_a_quote_inside_of_a_value_is_told(folder):
    assert refused(folder, "a.csv", 'id,name\n1,say "a"\n') == [
        "a.csv:2:7: E-CSV-QUOTE expected a quote only at the beginning of a value, found one inside of it (quote the whole value, and double the quotes in it)"
    ]
    assert refused(folder, "a.csv", 'id,name\n1,"a"b\n') == [
        "a.csv:2:6: E-CSV-QUOTE expected a comma or the line's end behind a quote, found b (double the quotes in a value)"
    ]


def test_74_a_column_twice_in_case_or_without_a_name_is_told(folder):
    assert refused(folder, "c04_dup_header.csv") == [
        "c04_dup_header.csv:1:9: E-CSV-HEADER expected columns of different names, found 'name' again (rename one)"
    ]
    assert refused(folder, "a.csv", "id,name,NAME\n1,a,b\n") == [
        "a.csv:1:9: E-CSV-HEADER expected columns of different names, found 'NAME' beside 'name' (rename one)"
    ]
    assert refused(folder, "a.csv", "id,,name\n1,a,b\n") == ["a.csv:1:4: E-CSV-HEADER expected a name for each column, found none for column 2"]


def test_75_a_header_may_hold_anything_that_is_text(folder):
    header = '"a""; DROP TABLE facts; --","x\ny",name\n'
    assert told(folder, "a.csv", f"{header}1,2,c\n") == (0, [])


def test_75_columns_of_parquet_that_differ_in_case_only_are_told(folder):
    assert refused(folder, "p08_colnames.parquet") == [
        "p08_colnames.parquet: E-CSV-HEADER expected columns of different names, found 'a' beside 'A' (rename one)"
    ]


def test_76_encodings(folder):
    assert told(folder, "a.csv", b"\xef\xbb\xbfid,name\n1,a\n") == (0, [])
    assert refused(folder, "a.csv", "id,name\n1,caf\xe9\n".encode("latin-1")) == [
        "a.csv:2:6: E-ENC expected UTF-8, found byte \\xE9 at offset 13 (save the file as UTF-8)"
    ]
    assert refused(folder, "a.csv", "id,name\n1,a\n".encode("utf-16")) == [
        "a.csv:1:1: E-ENC expected UTF-8, found what looks like UTF-16 (save as UTF-8)"
    ]
    assert told(folder, "a.csv", "id,name\n1,caf\xe9\n".encode("cp1252"), encoding="cp1252") == (0, [])
    assert refused(folder, "a.csv", "id,name\n", encoding="cp1253") == [
        "a.csv: E-ENC unknown encoding cp1253 (one of utf-8, utf-16, cp1251, cp1252, cp866, iso-8859-1, iso-8859-5, koi8-r, koi8-u)"
    ]


def test_77_a_nul_is_told_with_line_and_column(folder):
    assert refused(folder, "c08_nul.csv") == ["c08_nul.csv:2:4: E-CTRL expected text, found the control character U+0000 (delete it)"]


def test_78_line_endings(folder):
    assert refused(folder, "c11_mixed_newlines.csv") == [
        "c11_mixed_newlines.csv:3:4: E-EOL expected LF or CRLF at a line's end, found a lone CR (U+000D) (save with LF line ends)"
    ]
    status, lines = told(folder, "a.csv", 'id,name\r\n1,"a\r\nb"\n2,c\r\n3\n')
    assert (status, lines) == (2, ["a.csv:5:1: E-CSV-COLS expected 2 columns, found 1 (a row that is cut short, or a value with a line break that is not quoted)"])


def test_79_a_field_of_5_mb_is_told_and_not_printed(folder):
    assert refused(folder, "a.csv", f"id,name\n1,{'a' * 5_000_000}\n") == [
        "a.csv:2:3: E-LIMIT-FIELD expected a value of at most 1048576 characters, found 5000000"
    ]


def test_80_20_000_columns_are_told(folder):
    names = ",".join(f"n{number}" for number in range(20_000))
    assert refused(folder, "a.csv", f"{names}\n") == ["a.csv:1:1: E-LIMIT-COLS expected at most 1,000 columns, found 20,000"]


def test_81_numbers_are_read_by_the_declared_type_or_told(folder):
    lines = refused(folder, "c14_numbers.csv", fact="number")
    assert [line.partition("'")[0] for line in lines] == [
        "c14_numbers.csv:2:3: E-NUM-FORM value: expected a decimal number, found ",
        "c14_numbers.csv:3:3: E-NUM-FORM value: expected a decimal number, found ",
        "c14_numbers.csv:6:3: E-NUM-FORM value: expected a decimal number, found ",
        "c14_numbers.csv:7:3: E-NUM-RANGE value: expected a decimal number, found ",
        "c14_numbers.csv:8:3: E-NUM-RANGE value: expected a decimal number, found ",
        "c14_numbers.csv:10:3: E-NUM-FORM value: expected a decimal number, found ",
        "c14_numbers.csv:11:1: E-KEY-MISSING Count: expected value",
        "c14_numbers.csv:12:4: E-NUM-FORM value: expected a decimal number, found ",
        "c14_numbers.csv:13:4: E-NUM-FORM value: expected a decimal number, found ",
        "c14_numbers.csv:14:4: E-NUM-FORM value: expected a decimal number, found ",
        "c14_numbers.csv:15:4: E-NUM-FORM value: expected a whole number of units, found ",
        "c14_numbers.csv:16:4: E-NUM-FORM value: expected a decimal number, found ",
    ]
    lines = refused(folder, "c14_numbers.csv", fact="number", nothing="[NA, 'null']")
    assert [line for line in lines if "KEY-MISSING" in line] == [f"c14_numbers.csv:{line}:1: E-KEY-MISSING Count: expected value" for line in (11, 12, 13)]


def test_82_dates_are_of_the_declared_notation_or_told(folder):
    lines = refused(folder, "c15_dates.csv", fact="date")
    assert [line.partition(" (")[0] for line in lines] == [
        "c15_dates.csv:2:3: E-DATE date: February 2001 has 28 days, found '2001-02-30'",
        "c15_dates.csv:3:3: E-DATE-FORM date: expected an EDTF date, found '01/02/2001'",
        "c15_dates.csv:4:3: E-DATE-FORM date: expected an EDTF date, found '1.2.2001'",
        "c15_dates.csv:5:3: W-CALENDAR 1918-02-05 was no day in Soviet Russia: 31 January 1918 was followed by 14 February",
        "c15_dates.csv:6:3: W-CALENDAR 1582-10-10 was no day in Rome, Spain, Portugal and Poland: 4 October 1582 was followed by 15 October",
        "c15_dates.csv:8:3: E-DATE-FORM date: expected an EDTF date, found 'infinity'",
        "c15_dates.csv:9:3: E-DATE-FORM date: expected a year of four digits, found '99-01-01'",
        "c15_dates.csv:10:3: E-DATE date: there is no month 13, months are 01 to 12 and seasons 21 to 41, found '2001-13-01'",
        "c15_dates.csv:11:4: E-DATE-PRECISION date: times of day are not supported, found '2016-12-31T23:59:60Z'",
        "c15_dates.csv:12:4: E-DATE-PRECISION date: times of day are not supported, found '2024-03-31T03:30:00'",
    ]
    lines = refused(folder, "c15_dates.csv", fact="date", dates="day/month/year")
    assert lines[0] == "c15_dates.csv:2:3: E-DATE-FORM date: expected a date as day/month/year, found '2001-02-30' (as in 14/04/1993)"
    assert [line.split(":")[1] for line in lines] == ["2", "4", "5", "6", "7", "8", "9", "10", "11", "12"]


def test_83_a_value_of_another_type_is_found_in_the_last_row_too(folder):
    rows = "".join(f"{number},{number}\n" for number in range(1, 2_001))
    assert refused(folder, "a.csv", f"id,v\n{rows}2001,abc\n", fact="number") == [
        "a.csv:2002:6: E-NUM-FORM value: expected a decimal number, found 'abc' (as in 75 thousand persons, 1,234, 35 % or 11..12)"
    ]


def test_84_a_header_alone_nothing_at_all_and_no_last_line_end(folder):
    assert refused(folder, "c17_header_only.csv") == ["c17_header_only.csv:1:1: W-EMPTY expected rows, found only a header"]
    assert refused(folder, "c18_empty.csv") == ["c18_empty.csv:1:1: E-EMPTY expected a header, found an empty file"]
    assert told(folder, "a.csv", "id,name\n1,a") == (0, [])


def test_85_another_separator_is_never_guessed(folder):
    assert refused(folder, "c20_semicolon.csv") == [
        "c20_semicolon.csv:1:1: E-CSV-COLS expected columns apart by a comma, found a semicolon (declare it: separator: ';')"
    ]
    assert told(folder, "c20_semicolon.csv", separator="';'") == (0, [])


def test_86_packed_records_are_read_only_where_it_is_declared_and_never_beyond_the_limit(folder):
    packed = gzip.compress(b"id,name\n1,a\n")
    assert told(folder, "a.csv.gz", packed, compressed="gzip") == (0, [])
    (line,) = refused(folder, "a.csv.gz", packed)
    assert line.startswith("a.csv.gz:1:1: E-ENC not text")
    bomb = gzip.compress(b"id,name\n" + b"1,a\n" * 5_000_000)
    assert len(bomb) < 50_000
    assert refused(folder, "a.csv.gz", bomb, compressed="gzip") == [
        "a.csv.gz: E-LIMIT-EXPAND expected a file that comes to at most 1,048,576 bytes, found more (unpack it yourself, and look at it)"
    ]
    assert refused(folder, "a.csv.gz", packed[:-4], compressed="gzip") == [
        "a.csv.gz: E-ENC expected one whole gzip file, found it cut short or followed by something else"
    ]
    assert refused(folder, "a.csv.gz", b"id,name\n1,a\n", compressed="gzip") == ["a.csv.gz: E-ENC expected a gzip file, found what is none"]


def test_53_the_same_id_in_two_rows_is_told_with_both_places(folder):
    assert refused(folder, "c23_dup_ids.csv", fact="id") == [
        "c23_dup_ids.csv:3:1: E-ID-DUP expected ids that occur once, '1' stands also at c23_dup_ids.csv:2",
        "c23_dup_ids.csv:6:1: E-ID-DUP expected ids that occur once, '1' stands also at c23_dup_ids.csv:2",
    ]


DAMAGED = "E-PARQUET expected a Parquet file, found a damaged one or something else"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("p01_truncated_half.parquet", "it does not begin and end as Parquet does"),
        ("p02_no_footer_magic.parquet", "it does not begin and end as Parquet does"),
        ("p04_footer_len_zero.parquet", "its footer has a wrong length"),
        ("p104_bitflip.parquet", "its footer is damaged"),
    ],
)
def test_87_what_is_no_parquet_is_told_in_our_words(folder, name, reason):
    assert refused(folder, name) == [f"{name}: {DAMAGED}: {reason} (write it again from where it came)"]


def test_87_a_csv_named_parquet_is_none(folder):
    (line,) = refused(folder, "a.parquet", "id,name\n1,a\n")
    assert line.startswith(f"a.parquet: {DAMAGED}")


def test_87_a_footer_longer_than_the_file_is_none(folder):
    (line,) = refused(folder, "a.parquet", b"PAR1" + bytes(8) + struct.pack("<I", 1 << 30) + b"PAR1")
    assert line.startswith(f"a.parquet: {DAMAGED}: its footer has a wrong length")


def flipped(folder):
    """A file in which one bit of a value is turned, and which an engine reads all the same."""
    import duckdb

    path = folder / "whole.parquet"
    duckdb.sql("COPY (SELECT i AS id, 'name' || i AS name FROM range(1, 50) t(i)) TO 'whole.parquet' (FORMAT parquet, COMPRESSION uncompressed)")
    data = bytearray(path.read_bytes())
    at = data.index(b"name17")
    data[at] ^= 4
    return bytes(data)


def test_88_damage_that_an_engine_sees_is_told(folder):
    assert refused(folder, "p101_bitflip.parquet") == [f"p101_bitflip.parquet: {DAMAGED} (write it again from where it came)"]


def test_88_damage_that_no_engine_sees_is_told_by_the_digest_and_warned_of_without_one(folder):
    data = flipped(folder)
    warning = "a.parquet: W-UNPINNED expected the digest of these records, since damage to Parquet can pass unseen (pin it: sha256)"
    assert told(folder, "a.parquet", data) == (0, [warning])
    whole = hashlib.sha256((folder / "whole.parquet").read_bytes()).hexdigest()
    assert refused(folder, "a.parquet", data, sha256=whole) == [
        f"a.parquet: E-DIGEST expected records with the SHA-256 {whole}, found {hashlib.sha256(data).hexdigest()} (check what changed, and pin the new digest)"
    ]


def test_89_days_that_no_calendar_has_are_told_with_their_row(folder):
    lines = refused(folder, "p09_date_extremes.parquet", fact="date")
    assert [line.partition(" (")[0] for line in lines[1:]] == [
        "p09_date_extremes.parquet:1:1: E-DATE-FORM date: expected an EDTF date, found 'infinity'",
        "p09_date_extremes.parquet:2:1: E-DATE-RANGE date: expected a year from -9999 to 9999, found '-5877641-06-23'",
    ]


def test_90_rows_beyond_the_budget_are_told_from_the_footer(folder):
    import duckdb

    path = folder / "a.parquet"
    duckdb.sql("COPY (SELECT 1 AS id, 'a' AS name FROM range(3_000_000)) TO 'a.parquet' (FORMAT parquet)")
    assert len(data := path.read_bytes()) < 200_000
    assert refused(folder, "a.parquet", data) == ["a.parquet: E-LIMIT-EXPAND expected at most 1,000,000 rows, found 3,000,000 (split the file)"]


def test_91_lists_nested_too_deeply_are_told_from_the_footer(folder):
    assert refused(folder, "p0c_nested60.parquet") == [
        "p0c_nested60.parquet: E-PARQUET-NESTED expected at most 8 lists in each other, found 61 (flatten it)"
    ]
