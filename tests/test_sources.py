import hashlib
from pathlib import Path

import pytest

from rehabfacts.errors import Problem
from rehabfacts.sources import ENCODINGS, Source

ARTICLE = Path(__file__).parents[1] / "facts" / "sources" / "kz-rehabilitation-article.txt"
NASTY = Path(__file__).parent / "data" / "nasty" / "text"
ARTICLE_DIGEST = "93a523165767ded174a4ca5641a26712b3a6dbbe23e6fdff870753119fbb44ed"


def test_the_article_is_read_whole_under_its_pinned_digest():
    source, problems = Source.from_bytes("kz", ARTICLE.read_bytes(), path="kz.txt", language="uk", pinned=ARTICLE_DIGEST)
    assert problems == []
    assert (len(source.text), source.sha256, source.language, source.path) == (2914, ARTICLE_DIGEST, "uk", "kz.txt")


def test_newlines_and_a_byte_order_mark_stay_as_they_are():
    source, problems = Source.from_bytes("s", "\ufeffone\r\ntwo\rthree\n".encode())
    assert problems == []
    assert source.text == "\ufeffone\r\ntwo\rthree\n"


def test_the_digest_is_of_the_bytes():
    data = "п’ять\r\n".encode("cp1251")
    source, _ = Source.from_bytes("s", data, encoding="cp1251")
    assert hashlib.sha256(data).hexdigest() == source.sha256
    assert source.text == "п’ять\r\n"


@pytest.mark.parametrize(
    ("data", "encoding", "expected"),
    [
        ((NASTY / "t20_cp1251.txt").read_bytes(), "utf-8",
         "s.txt:1: E-ENC byte 0xF0 at offset 0 is not UTF-8 (save it as UTF-8, or declare its encoding)"),
        ((NASTY / "t19_utf16.txt").read_bytes(), "utf-8",
         "s.txt:1: E-ENC the file looks like UTF-16 (save it as UTF-8, or declare its encoding)"),
        (b"one\ntwo \xe2\x28\xa1", "utf-8",
         "s.txt:2: E-ENC byte 0xE2 at offset 8 is not UTF-8 (save it as UTF-8, or declare its encoding)"),
        (b"over\xc0\xaflong", "utf-8", "s.txt:1: E-ENC byte 0xC0 at offset 4 is not UTF-8 (save it as UTF-8, or declare its encoding)"),
        (b"\xed\xa0\x80", "utf-8", "s.txt:1: E-ENC byte 0xED at offset 0 is not UTF-8 (save it as UTF-8, or declare its encoding)"),
        (b"one\ntw\0o", "utf-8", "s.txt:2:3: E-ENC the file holds U+0000, so it is not text (save it as UTF-8)"),
        ("рік 1993".encode("utf-16-le"), "utf-8", "s.txt:1:8: E-ENC the file holds U+0000, so it is not text (save it as UTF-8)"),
        (b"odd", "utf-16", "s.txt:1: E-ENC byte 0x64 at offset 2 is not UTF-16 (save it as UTF-8, or declare its encoding)"),
        (b"text", "rot13", f"s.txt: E-ENC unknown encoding rot13 (one of {', '.join(ENCODINGS)})"),
        (b"text", "unicode_escape", f"s.txt: E-ENC unknown encoding unicode_escape (one of {', '.join(ENCODINGS)})"),
        (b"\x1f\x8b\x08\x00gzip", "utf-8", "s.txt:1: E-ENC byte 0x8B at offset 1 is not UTF-8 (save it as UTF-8, or declare its encoding)"),
    ],
)
def test_what_is_not_text_in_its_declared_encoding_is_refused(data, encoding, expected):
    source, problems = Source.from_bytes("s", data, path="s.txt", encoding=encoding)
    assert source is None
    assert str(problems[0]).startswith(expected)
    assert len(problems) == 1


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_declared_encoding_is_read(encoding):
    text = "rok 1993\n" if "125" in encoding or "8859-1" in encoding else "рок 1993\n"
    source, problems = Source.from_bytes("s", text.encode(encoding), encoding=encoding.upper())
    assert problems == []
    assert text == source.text


def test_a_changed_source_is_told_with_both_digests_and_is_not_as_pinned():
    source, problems = Source.from_bytes("kz", b"new text", path="kz.txt", pinned="00ff")
    digest = hashlib.sha256(b"new text").hexdigest()
    assert [
        Problem(
            "E-DIGEST", f"source kz has changed: its SHA-256 is {digest}, pinned is 00ff",
            "its quotes are not verified until they are anchored again", "kz.txt",
        )
    ] == problems
    assert not source.is_as_pinned


@pytest.mark.parametrize("pinned", [None, ARTICLE_DIGEST, ARTICLE_DIGEST.upper()])
def test_a_source_without_a_pinned_digest_or_with_its_own_is_as_pinned(pinned):
    source, _ = Source.from_bytes("kz", ARTICLE.read_bytes(), pinned=pinned)
    assert source.is_as_pinned


@pytest.mark.parametrize(
    ("offset", "expected"),
    [(0, (1, 1)), (2, (1, 3)), (3, (1, 4)), (4, (2, 1)), (6, (3, 1)), (12, (3, 7)), (13, (4, 1))],
)
def test_lines_end_at_lf_alone_and_columns_count_code_points(offset, expected):
    source, _ = Source.from_bytes("s", "о́\r\n\u2028\nа\rб\x0bв\x85\n".encode())
    assert expected == source.line_and_column(offset)


def test_a_line_and_column_in_a_long_text_costs_no_scan():
    source, _ = Source.from_bytes("s", b"line\n" * 1_000_000)
    assert {(n + 1, 3) for n in range(0, 1_000_000, 100)} == {source.line_and_column(5 * n + 2) for n in range(0, 1_000_000, 100)}


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("short", 120, "short"),
        ("0123456789", 10, "0123456789"),
        ("0123456789a", 10, "012345678…"),
        ("abcde\u0301fgh", 6, "abcd…"),
        ("ab" + "\u0301" * 5000, 100, "a…"),
        ("👩\u200d👩\u200d👧 family", 4, "…"),
    ],
)
def test_an_excerpt_is_cut_between_characters(text, limit, expected):
    source, _ = Source.from_bytes("s", text.encode())
    assert expected == source.excerpt(0, len(text), limit=limit)


def test_a_source_is_a_value():
    source, _ = Source.from_bytes("s", b"text")
    with pytest.raises(AttributeError):
        source.text = "other"
    assert "text" not in repr(source)
