import pytest

from rehabfacts import edtf
from rehabfacts.errors import InvalidDate


def hint(text):
    try:
        edtf.parse(text)
    except InvalidDate as problem:
        return problem.hint
    return "is EDTF"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("02/13/2001", "2001-02-13"),
        ("13/02/2001", "2001-02-13"),
        ("5/5/2001", "2001-05-05"),
        ("05.1993", "1993-05"),
        ("1993/4", "1993-04"),
        ("199304", "1993-04"),
        ("2023W101", "2023-03-06"),
        ("before 1993-04-14", "[..1993-04-13]"),
        ("after 1993-04-14", "[1993-04-15..]"),
        ("до 1932", "[..1931]"),
        ("not later than 1932-05", "[..1932-05]"),
        ("since 1932", "[1932..]"),
        ("between 1991 and 1993", "[1991..1993]"),
        ("між 1991 та 1993", "[1991..1993]"),
        ("1932 або 1933", "[1932,1933]"),
        ("1932..", "[1932..]"),
        ("spring 1993", "1993-21"),
        ("весна 1933 року", "1933-21"),
        ("осінь 1932", "1932-23"),
        ("Q2 1993", "1993-34"),
        ("1993-Q2", "1993-34"),
        ("квітень 1993", "1993-04"),
        ("14 сәуір 1993", "1993-04-14"),
        ("1993 April 14", "1993-04-14"),
        ("1993-Apr-14", "1993-04-14"),
        ("1993 року", "1993"),
        ("1919 р.", "1919"),
        ("ca 199X", "199X~"),
        ("~ 1918", "1918~"),
        ("1918 (?)", "1918?"),
        ("possibly 1918", "1918?"),
        ("0044-03-15 BC", "-0043-03-15"),
        ("1 BC", "0000"),
        ("1993 CE", "1993"),
        ("XVIII ст.", "17XX"),
        ("XIX век", "18XX"),
        ("18-го века", "17XX"),
        ("the 1920's", "192X"),
        ("1918-41-01", ""),
        ("1914-45", "1914/1945"),
        ("2004/open", "2004/.."),
        ("y170000002", "Y170000002"),
        ("y17e7", "Y17E7"),
        ("1950p2", "1950S2"),
        ("1984-06-uu", "1984-06-XX"),
        ("2004??", "2004?"),
        ("14.04.1993-1993.05.01", ""),
        ("14.04.1993/1.5.1994", "1993-04-14/1994-05-01"),
        ("18/31 січня 1918", "1918-01-31"),
        ("7 November (25 October) 1917", "1917-11-07"),
        ("1918-02-05 (1918-01-23)", "1918-02-05"),
        ("{ 1667,1668}", "{1667,1668}"),
    ],
)
def test_a_form_is_read_as_what_is_meant(text, meant):
    assert hint(text) == (f"write {meant}" if meant else "")


@pytest.mark.parametrize(
    "text",
    ["0 BC", "0 century", "before then", "after 12", "before 1993-13-01", "before 1993-02-30", "sometime 1993", "1/15 лютого 1918",
     "1/14 xyz 1918", "1918-01-23 (1918-02-06)", "1918-13-23 (1918-02-06)", "2023-W00", "2023-W54", "2024-000",
     "about then", "14 Nothing 1993", "Apr 93", "June 1993 (about)", "1901 or so in winter", "99 red balloons 1983", "iiii x cent",
     "/ or", "or / or", "x" * 80, "x" * 81],
)  # fmt: skip
def test_nothing_is_offered_where_nothing_is_sure(text):
    assert not hint(text).startswith("write ")


def test_dateutil_is_believed_only_if_it_fills_no_gap():
    assert hint("Wed, 14 Apr 1993") == "write 1993-04-14"
    assert hint("Wed 14 Apr") == ""
    assert hint("Monday in 1993") == ""
