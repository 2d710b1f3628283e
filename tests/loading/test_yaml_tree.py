"""Bytes to a tree: every row of the specification, both parsers, and laws over random bytes and trees."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from yaml_cases import CASES, NASTY

from rehabfacts.loading.yaml_tree import Limits, Listing, Mapping, Text, hash_warning, read_yaml

DATA = Path(__file__).parents[1] / "data" / "nasty" / "yaml"
PARSERS = pytest.mark.parametrize("is_pure", [False, True], ids=["libyaml", "pure"])
SLOW_IN_PURE_PYTHON = 300_000
PATIENCE = 10 if sys.gettrace() else 2


def in_short(node):
    """The tree as dicts, lists and strings, long ones by their size."""
    if isinstance(node, Mapping):
        return {key: in_short(value) for key, value in node.entries.items()}
    if isinstance(node, Listing):
        return (
            [in_short(item) for item in node.items] if len(node.items) < 9 else f"<{len(node.items)} items>"
        )
    if isinstance(node, Text):
        return node.value if len(node.value) < 50 else f"<{len(node.value)}>"
    return node


def told(data, path="f.yaml", **options):
    return [str(problem) for problem in read_yaml(data, path, **options)[1]]


def comments(node):
    if isinstance(node, Text):
        return [str(hash_warning(node, "f.yaml"))] if hash_warning(node, "f.yaml") else []
    children = node.entries.values() if isinstance(node, Mapping) else node.items
    return [warning for child in children for warning in comments(child)]


@pytest.mark.parametrize(
    ("case", "is_pure"),
    [
        pytest.param(case, is_pure, id=f"row {case.row}: {case.sentence}{', pure' if is_pure else ''}")
        for is_pure in (False, True)
        for case in CASES
        if not (is_pure and len(case.data) > SLOW_IN_PURE_PYTHON)  # megabytes take PyYAML's pure parser seconds
    ],
)
def test_each_row_of_bad_yaml_gets_its_answer(case, is_pure):
    tree, problems = read_yaml(case.data, "f.yaml", is_pure=is_pure)

    assert case.problems == [str(problem) for problem in problems]
    assert case.tree is ... or case.tree == in_short(tree)


@PARSERS
@pytest.mark.parametrize("name", NASTY)
def test_each_nasty_file_gets_its_answer(name, is_pure):
    assert NASTY[name] == told((DATA / name).read_bytes(), name[:3], is_pure=is_pure)


def test_every_nasty_file_is_in_the_table():
    assert sorted(NASTY) == sorted(path.name for path in DATA.iterdir())


@PARSERS
def test_scalars_stay_as_they_are_written_with_their_places(is_pure):
    data = 'no: 012\n\nлист:\n  - 1:30\n  - "1993-04-14" # day\n  - {a: 0x1F, b: 3.10}\n  -\n'.encode()

    tree, problems = read_yaml(data, "f.yaml", is_pure=is_pure)

    assert problems == []
    expected = (
        "Mapping(1, 1, {'no': Text('012', 1, 5, is_plain=True), 'лист': Listing(4, 3, ["
        "Text('1:30', 4, 5, is_plain=True), Text('1993-04-14', 5, 5, is_plain=False), "
        "Mapping(6, 5, {'a': Text('0x1F', 6, 9, is_plain=True), 'b': Text('3.10', 6, 18, is_plain=True)}), "
        "Text('', 7, 4, is_plain=True)])})"
    )
    assert expected == repr(tree)


@PARSERS
def test_a_key_can_tell_its_own_place(is_pure):
    tree, _ = read_yaml(
        b"a:\n  first: 1\n  second:\n    third: 2\nb: {c: 1, d: 2}\n", "f.yaml", is_pure=is_pure
    )

    places = [(key.value, key.line, key.column) for key in (tree.key("b"), tree.entries["a"].key("second"))]
    places += [(key.value, key.line, key.column) for key in (tree.entries["b"].key("d"), tree.key("absent"))]

    expected = [("b", 5, 1), ("second", 3, 3), ("d", 5, 11), ("absent", 1, 1)]
    assert expected == places


def test_a_key_without_a_usable_value_is_dropped_and_not_missing():
    tree, _ = read_yaml(b"a: 1\nb: *x\na: 2\nc: 3\n", "f.yaml")

    assert list(tree.entries) == ["c"]
    assert tree.dropped == {"a", "b"}


@pytest.mark.parametrize(
    ("written", "is_null"),
    [
        ("null", True),
        ("~", True),
        ("", True),
        ('""', False),
        ("'null'", False),
        ("Null", False),
        ("nil", False),
    ],
)
def test_only_three_spellings_state_nothing(written, is_null):
    tree, _ = read_yaml(f"a: {written}\n".encode(), "f.yaml")

    assert is_null == tree.entries["a"].is_null


@PARSERS
def test_a_comment_behind_a_plain_value_is_known_to_it(is_pure):
    data = b"name: Love # Song\nn: 'x # y' # z\nm: one\n  two # three\nk: #1 hit\nl: [a, b] # c\ni: a#b\n"

    tree, _ = read_yaml(data, "f.yaml", is_pure=is_pure)

    cause = "W-HASH expected the whole text, found that the rest of the line is a comment:"
    hint = "(quote this value if # belongs to it)"
    places = [("1:7", "Song"), ("3:4", "three"), ("5:3", "1 hit")]
    assert [f"f.yaml:{where}: {cause} {words} {hint}" for where, words in places] == comments(tree)


def test_limits_can_be_given_by_the_caller():
    limits = Limits(depth=2, key_length=3, scalar_length=4, keys=2)

    deep = told(b"a: {b: {c: 1}}\n", limits=limits)
    long_key, long_scalar = told(b"long: 1\na: tall, b\n", limits=limits)
    many = told(b"x:\n  a: 1\n  b: 2\n  c: 3\n", limits=limits)

    hint = "(split it, or raise the limit on the command line)"
    expected = (
        "f.yaml:1:1: E-LIMIT-KEY expected a key of at most 3 characters, found 4: long (write it as a value)"
    )
    assert deep == [
        "f.yaml:1:8: E-LIMIT-DEPTH expected at most 2 nested levels, found level 3 (write it flatter)"
    ]
    assert expected == long_key
    assert f"f.yaml:2:4: E-LIMIT-SCALAR expected at most 4 characters, found 7: tall, b {hint}" == long_scalar
    assert many == [
        "f.yaml:4:3: E-LIMIT-KEYS expected at most 2 keys in one mapping, found 3 (split the file)"
    ]


@pytest.mark.timed
def test_three_hundred_thousand_keys_are_refused_in_time():
    start = time.process_time()
    problems = told(b"".join(b"k%d: 1\n" % n for n in range(300_000)))

    cause = "E-LIMIT-KEYS expected at most 100000 keys in one mapping, found 300000 (split the file)"
    assert [f"f.yaml:100001:1: {cause}"] == problems
    assert time.process_time() - start < 3 * PATIENCE


HOSTILE = {
    "brackets": b"[" * 100_000,
    "braces": b"{" * 100_000,
    "aliases": b"a: &x 1\nb: [" + b"*x, " * 100_000 + b"1]\n",
    "number keys": b"1: x\n2: x\n" * 10_000,
    "twins": b"a: 1\n" * 20_000,
    "separators": ("a: " + "\u2028" * 100_000).encode(),
    "comments": b"# " * 200_000,
    "escapes": b'- "\\x00"\n' * 50_000,
    "tags": b"[" + b"!a," * 50_000 + b"]",
    "tags and separators": ("['\u2028'," + "!a," * 50_000 + "]").encode(),
    "wide spaces": ("[" + "\u00a0a, " * 50_000 + "]").encode(),
    "anchors": b"".join(b"- &a%d x\n" % n for n in range(50_000)),
    "controls": b"\x01" * 500_000,
}


@pytest.mark.timed
@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_are_answered_in_time(data):
    start = time.process_time()
    read_yaml(data, "f.yaml")

    assert time.process_time() - start < 2 * PATIENCE


def test_the_pure_parser_stands_in_where_libyaml_is_missing(monkeypatch):
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    monkeypatch.setitem(sys.modules, "yaml._yaml", None)

    tree, problems = read_yaml(b"a:\tb\n", "f.yaml")

    assert in_short(tree) == {"a": "b"}
    assert problems == []


def test_importing_the_module_does_not_import_yaml():
    code = "import sys, rehabfacts.loading.yaml_tree; print('yaml' in sys.modules)"
    environment = {"PYTHONPATH": str(Path(__file__).parents[2] / "src")}

    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )

    assert done.stdout == "False\n"


PIECES = st.sampled_from(
    [
        "a",
        "b: ",
        "- ",
        "\n",
        "\n  ",
        "\t",
        '"',
        "'",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        "|",
        ">",
        "#",
        " # c",
        "&x ",
        "*x",
        "!t ",
        "%",
        "@",
        "=",
        "---",
        "...",
        "\\",
        "\\ud800",
        "\\0",
        "\r\n",
        "\xa0",
        "\u2028",
        "\x85",
        "é",
        "1",
        "null",
        "<<: ",
        "k: v",
        "\ufeff",
        "a b c",
        "\n---\n",
        "|2",
        "http://x/?q=1",
    ]
)


@given(st.lists(PIECES, max_size=16).map("".join).map(str.encode))
@settings(max_examples=400, deadline=None)
def test_both_parsers_answer_alike(data):
    """Without `? `: in `[? ,` libyaml swallows the comma, so that what follows E-KEY-TYPE differs."""
    answers = [read_yaml(data, "f.yaml", is_pure=is_pure) for is_pure in (False, True)]

    assert repr(answers[0][0]) == repr(answers[1][0])
    assert answers[0][1] == answers[1][1]


@given(
    st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode(errors="surrogatepass")),
    st.booleans(),
)
@settings(max_examples=400, deadline=2_000)
def test_no_bytes_raise_or_take_long(data, is_pure):
    tree, problems = read_yaml(data, "f.yaml", is_pure=is_pure)

    assert tree is not None or problems


WORDS = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Cn", "Co")), max_size=20)
TREES = st.recursive(
    WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


def plain(node):
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.entries.items()}
    return [plain(item) for item in node.items] if isinstance(node, Listing) else node.value


def in_nfc(tree):
    from unicodedata import normalize

    if isinstance(tree, dict):
        return {normalize("NFC", key): in_nfc(value) for key, value in tree.items()}
    return [in_nfc(item) for item in tree] if isinstance(tree, list) else tree


@given(TREES, st.booleans(), st.booleans())
@settings(max_examples=200, deadline=None)
def test_a_dumped_tree_comes_back(tree, is_flow, is_pure):
    data = yaml.safe_dump(tree, allow_unicode=True, default_flow_style=is_flow, default_style="'").encode()

    node, problems = read_yaml(data, "f.yaml", is_pure=is_pure)

    assume(all(problem.code != "E-KEY-DUP" for problem in problems))
    assert problems == []
    assert in_nfc(tree) == plain(node)
