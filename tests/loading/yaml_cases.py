"""What each bad YAML input gets: the rows of the specification, whole messages."""

from typing import Any, NamedTuple


class Case(NamedTuple):
    """A row of the table of bad inputs: its tree in short (`...`: not compared) and its problems."""

    row: int
    sentence: str
    data: bytes
    tree: Any
    problems: list[str]


CASES = [
    Case(
        4,
        "an alias may not stand inside its own map",
        b"&a {x: *a}\n",
        {},
        [
            "f.yaml:1:8: E-YAML-ALIAS expected a value, found the alias *a (write the value out; aliases are not read)"
        ],
    ),
    Case(
        5,
        "an alias that nothing defines is an alias",
        b"a: *nowhere\n",
        {},
        [
            "f.yaml:1:4: E-YAML-ALIAS expected a value, found the alias *nowhere (write the value out; aliases are not read)"
        ],
    ),
    Case(5, "an anchor that nothing uses is harmless", b"a: &x 1\n", {"a": "1"}, []),
    Case(
        6,
        "a hundred thousand aliases are told once",
        b"a: &x 1\nb: [" + b"*x, " * 100_000 + b"1]\n",
        {"a": "1", "b": ["1"]},
        [
            "f.yaml:2:5: E-YAML-ALIAS expected a value, found the alias *x (write the value out; aliases are not read)"
        ],
    ),
    Case(
        7,
        "a hundred thousand brackets stop at level 65",
        b"[" * 100_000,
        None,
        ["f.yaml:1:65: E-LIMIT-DEPTH expected at most 64 nested levels, found level 65 (write it flatter)"],
    ),
    Case(
        7,
        "a hundred thousand braces stop at level 65",
        b"{" * 100_000,
        None,
        ["f.yaml:1:65: E-LIMIT-DEPTH expected at most 64 nested levels, found level 65 (write it flatter)"],
    ),
    Case(
        7,
        "mappings nested in one line stop at level 65",
        b"{a: " * 100_000,
        None,
        ["f.yaml:1:257: E-LIMIT-DEPTH expected at most 64 nested levels, found level 65 (write it flatter)"],
    ),
    Case(
        7,
        "brackets nested line by line stop at level 65",
        b"[\n" * 100_000,
        None,
        ["f.yaml:65:1: E-LIMIT-DEPTH expected at most 64 nested levels, found level 65 (write it flatter)"],
    ),
    Case(
        7,
        "nested question marks stop at level 65",
        b"? " * 100_000,
        None,
        ["f.yaml:1:129: E-LIMIT-DEPTH expected at most 64 nested levels, found level 65 (write it flatter)"],
    ),
    Case(
        8,
        "sixty-five dashes are one too many",
        b"- " * 65 + b"x\n",
        None,
        ["f.yaml:1:129: E-LIMIT-DEPTH expected at most 64 nested levels, found level 65 (write it flatter)"],
    ),
    Case(
        8,
        "mappings nested by indentation stop at level 65",
        b"".join(b" " * n + b"k:\n" for n in range(80)),
        None,
        ["f.yaml:65:65: E-LIMIT-DEPTH expected at most 64 nested levels, found level 65 (write it flatter)"],
    ),
    Case(
        9,
        "a key written three times is told twice and used never",
        b"a: 1\nb: 2\na: 3\na: 4\n",
        {"b": "2"},
        [
            "f.yaml:3:1: E-KEY-DUP expected each key once, found a again (first at line 1) (keep one of them; neither is used)",
            "f.yaml:4:1: E-KEY-DUP expected each key once, found a again (first at line 1) (keep one of them; neither is used)",
        ],
    ),
    Case(
        10,
        "numbers are no keys",
        b"8: a\n010: b\n0x8: c\n",
        {},
        [
            "f.yaml:1:1: E-KEY-TYPE expected a text as a key, found 8, which YAML takes for a number (quote it: '8')",
            "f.yaml:2:1: E-KEY-TYPE expected a text as a key, found 010, which YAML takes for a number (quote it: '010')",
            "f.yaml:3:1: E-KEY-TYPE expected a text as a key, found 0x8, which YAML takes for a number (quote it: '0x8')",
        ],
    ),
    Case(
        10,
        "neither numbers nor true in any case are keys",
        b"1: a\ntrue: b\nTRUE: c\n",
        {},
        [
            "f.yaml:1:1: E-KEY-TYPE expected a text as a key, found 1, which YAML takes for a number (quote it: '1')",
            "f.yaml:2:1: E-KEY-TYPE expected a text as a key, found true, which YAML takes for true or false (quote it: 'true')",
            "f.yaml:3:1: E-KEY-TYPE expected a text as a key, found TRUE, which YAML takes for true or false (quote it: 'TRUE')",
        ],
    ),
    Case(
        10,
        "null is no key",
        b"null: a\n~: b\n: c\n",
        None,
        [
            "f.yaml:1:1: E-KEY-TYPE expected a text as a key, found null, which YAML takes for nothing (quote it: 'null')",
            "f.yaml:2:1: E-KEY-TYPE expected a text as a key, found ~, which YAML takes for nothing (quote it: '~')",
            "f.yaml:3:1: E-YAML-SYNTAX expected a key aligned with line 1, column 1, found : c (check the indentation and the quotation marks here and in the line above)",
        ],
    ),
    Case(
        10,
        "dates and times are no keys",
        b"1993-04-14: a\n1993-04: b\n1993: c\n12:30: d\n-1.5: e\n.inf: f\n",
        {},
        [
            "f.yaml:1:1: E-KEY-TYPE expected a text as a key, found 1993-04-14, which YAML takes for a date (quote it: '1993-04-14')",
            "f.yaml:2:1: E-KEY-TYPE expected a text as a key, found 1993-04, which YAML takes for a date (quote it: '1993-04')",
            "f.yaml:3:1: E-KEY-TYPE expected a text as a key, found 1993, which YAML takes for a number (quote it: '1993')",
            "f.yaml:4:1: E-KEY-TYPE expected a text as a key, found 12:30, which YAML takes for a number (quote it: '12:30')",
            "f.yaml:5:1: E-KEY-TYPE expected a text as a key, found -1.5, which YAML takes for a number (quote it: '-1.5')",
            "f.yaml:6:1: E-KEY-TYPE expected a text as a key, found .inf, which YAML takes for a number (quote it: '.inf')",
        ],
    ),
    Case(
        10,
        "quoted keys are texts, and so are no, on and ids",
        b'"8": a\n"true": b\n\'null\': c\nno: d\non: e\n1993-body: f\n-x: g\n.well: h\n+: i\n',
        {
            "8": "a",
            "true": "b",
            "null": "c",
            "no": "d",
            "on": "e",
            "1993-body": "f",
            "-x": "g",
            ".well": "h",
            "+": "i",
        },
        [],
    ),
    Case(
        11,
        "a list is no key",
        b"[1, 2]: x\nb: 1\n",
        {"b": "1"},
        ["f.yaml:1:1: E-KEY-TYPE expected a text as a key, found a list (write a text key)"],
    ),
    Case(
        11,
        "a map is no key",
        b"? {a: 1}\n: x\n",
        {},
        ["f.yaml:1:3: E-KEY-TYPE expected a text as a key, found a mapping (write a text key)"],
    ),
    Case(
        12,
        "a key of 201 characters is too long",
        b"k" * 201 + b": 1\n",
        {},
        [
            "f.yaml:1:1: E-LIMIT-KEY expected a key of at most 200 characters, found 201: kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk… (write it as a value)"
        ],
    ),
    Case(12, "a key of 200 characters is accepted", b"k" * 200 + b": 1\n", ..., []),
    Case(
        12,
        "a key too long for the parser is told as one",
        b"a: 1\n" + b"k" * 1500 + b": 1\n",
        None,
        [
            "f.yaml:2:1: E-LIMIT-KEY expected a key of at most 200 characters, found 1500: kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk… (write it as a value)"
        ],
    ),
    Case(
        12,
        "a quoted key too long for the parser is told as one",
        b'a: 1\n"' + b"k" * 1500 + b'": 1\n',
        None,
        [
            'f.yaml:2:1: E-LIMIT-KEY expected a key of at most 200 characters, found 1502: "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk… (write it as a value)'
        ],
    ),
    Case(
        13,
        "keys that differ only in composition are the same",
        "é: 1\ne\u0301: 2\n".encode(),
        {},
        [
            "f.yaml:2:1: E-KEY-DUP expected each key once, found é again (first at line 1); same after NFC: U+00E9 and U+0301 (keep one of them; neither is used)"
        ],
    ),
    Case(
        16,
        "huge integer keys are told one by one",
        b"".join(b"%d: x\n" % (n * 2**61) for n in range(3)),
        {},
        [
            "f.yaml:1:1: E-KEY-TYPE expected a text as a key, found 0, which YAML takes for a number (quote it: '0')",
            "f.yaml:2:1: E-KEY-TYPE expected a text as a key, found 2305843009213693952, which YAML takes for a number (quote it: '2305843009213693952')",
            "f.yaml:3:1: E-KEY-TYPE expected a text as a key, found 4611686018427387904, which YAML takes for a number (quote it: '4611686018427387904')",
        ],
    ),
    Case(
        17,
        "a plain scalar over the limit is cut",
        b"a: " + b"x" * 1_048_577 + b"\n",
        {"a": "<200>"},
        [
            "f.yaml:1:4: E-LIMIT-SCALAR expected at most 1048576 characters, found 1048577: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… (split it, or raise the limit on the command line)"
        ],
    ),
    Case(
        17,
        "a quoted scalar at the limit is accepted",
        b'a: "' + b"x" * 1_048_576 + b'"\n',
        {"a": "<1048576>"},
        [],
    ),
    Case(
        17,
        "a block scalar over the limit is cut",
        b"a: 1\nb: |\n  " + b"x" * 1_048_577 + b"\n",
        {"a": "1", "b": "<200>"},
        [
            "f.yaml:2:4: E-LIMIT-SCALAR expected at most 1048576 characters, found 1048578: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… (split it, or raise the limit on the command line)"
        ],
    ),
    Case(
        18,
        "a huge comment and long blanks are accepted",
        b"a: 1 #" + b"x" * 3_000_000 + b"\n" + b" " * 500_000 + b"\n" + b"\n" * 500_000 + b"b: 2\n",
        {"a": "1", "b": "2"},
        [],
    ),
    Case(
        20,
        "a second document is refused",
        b"a: 1\n---\nb: 2\n",
        {"a": "1"},
        [
            "f.yaml:2:1: E-YAML-MULTIDOC expected one document in a file, found the beginning of another (move it to a file of its own)"
        ],
    ),
    Case(
        20,
        "an empty first document does not hide the second",
        b"---\n---\na: 1\n",
        None,
        [
            "f.yaml:2:1: E-YAML-MULTIDOC expected one document in a file, found the beginning of another (move it to a file of its own)"
        ],
    ),
    Case(
        20,
        "a document behind an end mark is refused",
        b"a: 1\n... # end\n# c\n\n---\nb: 2\n",
        {"a": "1"},
        [
            "f.yaml:5:1: E-YAML-MULTIDOC expected one document in a file, found the beginning of another (move it to a file of its own)"
        ],
    ),
    Case(20, "one document may have its marks", b"---\na: 1\n...\n# end\n...\n", {"a": "1"}, []),
    Case(
        31,
        "custom tags are refused and nothing is included",
        b"a: !mine x\nb: !<tag:x,2000:y> {c: d}\nc: !include /etc/passwd\n",
        {"a": "x", "b": {"c": "d"}, "c": "/etc/passwd"},
        [
            "f.yaml:1:4: E-YAML-TAG expected no tag, found !mine (delete the tag)",
            "f.yaml:2:4: E-YAML-TAG expected no tag, found !<tag:x,2000:y> (delete the tag)",
            "f.yaml:3:4: E-YAML-TAG expected no tag, found !include (delete the tag)",
        ],
    ),
    Case(
        31,
        "standard collection tags are refused, on keys too",
        b"a: !!omap [b: 1]\nb: !!set {c}\n? !!str d\n: e\n",
        {"a": [{"b": "1"}], "b": {"c": ""}, "d": "e"},
        [
            "f.yaml:1:4: E-YAML-TAG expected no tag, found !!omap (delete the tag)",
            "f.yaml:2:4: E-YAML-TAG expected no tag, found !!set (delete the tag)",
            "f.yaml:3:3: E-YAML-TAG expected no tag, found !!str (delete the tag)",
        ],
    ),
    Case(
        31,
        "a tag directive is refused",
        b"%TAG ! tag:evil,2000:\n---\na: !x y\n",
        None,
        [
            "f.yaml:1:1: E-YAML-DIRECTIVE expected no directive but one %YAML 1.2, found %TAG ! tag:evil,2000: (delete the line)"
        ],
    ),
    Case(
        31,
        "an undefined tag handle is a tag",
        b"a: !e!x y\n",
        None,
        ["f.yaml:1:4: E-YAML-TAG expected no tag, found !e!x (delete the tag)"],
    ),
    Case(
        31,
        "a broken tag is a tag",
        b"a: !<x y\n",
        None,
        ["f.yaml:1:4: E-YAML-TAG expected no tag, found !<x (delete the tag)"],
    ),
    Case(
        32,
        "the non-specific tag is refused",
        b"a: ! 12\n",
        {"a": "12"},
        ["f.yaml:1:4: E-YAML-TAG expected no tag, found ! (delete the tag)"],
    ),
    Case(33, "YAML 1.2 is accepted and has no effect", b"# c\n%YAML 1.2 # c\n---\na: no\n", {"a": "no"}, []),
    Case(
        33,
        "another version of YAML is refused",
        b"%YAML 1.1\n---\na: no\n",
        None,
        [
            "f.yaml:1:1: E-YAML-DIRECTIVE expected no directive but one %YAML 1.2, found %YAML 1.1 (delete the line)"
        ],
    ),
    Case(
        33,
        "a repeated version is refused",
        b"%YAML 1.2\n%YAML 1.2\n---\na: no\n",
        None,
        [
            "f.yaml:2:1: E-YAML-DIRECTIVE expected no directive but one %YAML 1.2, found %YAML 1.2 (delete the line)"
        ],
    ),
    Case(
        33,
        "an unknown directive is refused",
        b"%FOO bar\n---\na: no\n",
        None,
        [
            "f.yaml:1:1: E-YAML-DIRECTIVE expected no directive but one %YAML 1.2, found %FOO bar (delete the line)"
        ],
    ),
    Case(
        33,
        "a percent sign in the first column is a directive",
        b"a: |\n  x\n%\nb: 1\n",
        None,
        ["f.yaml:3:1: E-YAML-DIRECTIVE expected no directive, found % (delete the line)"],
    ),
    Case(
        34,
        "a byte that is no UTF-8 is placed by characters",
        "а: б\nключ: є\u0457".encode()[:-1] + b"\n",
        None,
        ["f.yaml:2:8: E-ENC expected UTF-8, found byte \\xD1 at offset 19 (save the file as UTF-8)"],
    ),
    Case(
        35,
        "raw control characters are each told",
        b"a: \x00\nb: \x07\nc: \x1b[0m\nd: \x7f\ne: \xc2\x9b\n",
        None,
        [
            "f.yaml:1:4: E-CTRL expected text, found the control character U+0000 (delete it)",
            "f.yaml:2:4: E-CTRL expected text, found the control character U+0007 (delete it)",
            "f.yaml:3:4: E-CTRL expected text, found the control character U+001B (delete it)",
            "f.yaml:4:4: E-CTRL expected text, found the control character U+007F (delete it)",
            "f.yaml:5:4: E-CTRL expected text, found the control character U+009B (delete it)",
        ],
    ),
    Case(
        35,
        "a noncharacter is told",
        "a: \uffff\n".encode(),
        None,
        ["f.yaml:1:4: E-CTRL expected text, found the control character U+FFFF (delete it)"],
    ),
    Case(
        35,
        "control characters are not let in by escapes, others are",
        b'a: "\\e[0m \\x07"\nb: "ok \\n \\t \\u00e9"\nc: "\\uFEFF"\n',
        {"a": "\x1b[0m \x07", "b": "ok \n \t é", "c": "\ufeff"},
        [
            "f.yaml:1:5: E-CTRL expected text, found the control character U+001B (delete it)",
            "f.yaml:3:5: E-CTRL expected text, found the control character U+FEFF (delete it)",
        ],
    ),
    Case(
        35,
        "control characters are not let in by escapes in keys",
        b'"a\\0": 1\n',
        {},
        ["f.yaml:1:3: E-CTRL expected text, found the control character U+0000 (delete it)"],
    ),
    Case(
        36,
        "a byte order mark in the middle is told",
        "a: 1\nb: x\ufeffy\n".encode(),
        None,
        ["f.yaml:2:5: E-CTRL expected text, found the control character U+FEFF (delete it)"],
    ),
    Case(
        37,
        "UTF-16 with its mark is recognised",
        "a: 1\n".encode("utf-16"),
        None,
        ["f.yaml:1:1: E-ENC expected UTF-8, found what looks like UTF-16 (save as UTF-8)"],
    ),
    Case(
        37,
        "UTF-16 without its mark is recognised",
        "a: 1\n".encode("utf-16-be"),
        None,
        ["f.yaml:1:1: E-ENC expected UTF-8, found what looks like UTF-16 (save as UTF-8)"],
    ),
    Case(
        38,
        "an escaped surrogate is no character",
        b'a: 1\nb: "x\\ud800"\n',
        None,
        [
            "f.yaml:2:6: E-ENC expected a character, found an escape of U+D800, which is none (write the character itself)"
        ],
    ),
    Case(
        38,
        "an escaped surrogate in a key is no character",
        b'"\\ud800": 1\n',
        None,
        [
            "f.yaml:1:2: E-ENC expected a character, found an escape of U+D800, which is none (write the character itself)"
        ],
    ),
    Case(
        38,
        "an escape beyond Unicode is no character",
        b'b: "x\\U00110000"\n',
        None,
        [
            "f.yaml:1:6: E-ENC expected a character, found an escape of U+110000, which is none (write the character itself)"
        ],
    ),
    Case(
        39,
        "NEL outside quotes is told, not the syntax error it makes",
        "a: x\x85b: y\n".encode(),
        None,
        ["f.yaml:1:5: E-CTRL expected text, found the control character U+0085 (delete it)"],
    ),
    Case(
        39,
        "a line separator in a comment hides nothing",
        "a: x # c\u2028b: y\nc: 1\n".encode(),
        {"a": "x", "c": "1"},
        ["f.yaml:1:9: E-CTRL expected text, found the control character U+2028 (delete it)"],
    ),
    Case(
        39,
        "a paragraph separator in a block scalar is told and breaks no line",
        "a: |\n  x\u2029y\nb: !t z\n".encode(),
        {"a": "x\u2029y\n", "b": "z"},
        [
            "f.yaml:2:4: E-CTRL expected text, found the control character U+2029 (delete it)",
            "f.yaml:3:4: E-YAML-TAG expected no tag, found !t (delete the tag)",
        ],
    ),
    Case(
        39,
        "quoted separators are kept and break no line",
        "a: 'one\x85two\u2029'\nb: \"\u2028x\"\nc: !t z\n".encode(),
        {"a": "one\x85two\u2029", "b": "\u2028x", "c": "z"},
        ["f.yaml:3:4: E-YAML-TAG expected no tag, found !t (delete the tag)"],
    ),
    Case(
        39,
        "a separator in a key is told",
        "'a\u2028': 1\n".encode(),
        {},
        ["f.yaml:1:1: E-CTRL expected text, found the control character U+2028 (delete it)"],
    ),
    Case(
        40,
        "a lone CR is refused",
        b"a: 1\rb: 2\n",
        None,
        [
            "f.yaml:1:5: E-EOL expected LF or CRLF at a line's end, found a lone CR (U+000D) (save with LF line ends)"
        ],
    ),
    Case(
        40,
        "CRLF gives the values of LF",
        b'a: 1\r\nb: |\r\n  x\r\n  y\r\nc: "d\r\n  e" # f\r\n',
        {"a": "1", "b": "x\ny\n", "c": "d e"},
        [],
    ),
    Case(
        41,
        "no-break spaces do not indent",
        "a:\n\u00a0\u00a0b: 1\n".encode(),
        {"a": ""},
        [
            "f.yaml:2:1: E-INDENT expected spaces (U+0020) as indentation, found U+00A0 NO-BREAK SPACE (replace it by spaces)"
        ],
    ),
    Case(
        41,
        "a no-break space among spaces does not indent",
        "a:\n  b: 1\n \u00a0c: 1\n".encode(),
        None,
        [
            "f.yaml:3:2: E-INDENT expected spaces (U+0020) as indentation, found U+00A0 NO-BREAK SPACE (replace it by spaces)"
        ],
    ),
    Case(
        41,
        "an ideographic space does not indent",
        "- a\n\u3000- b\n".encode(),
        None,
        [
            "f.yaml:2:1: E-INDENT expected spaces (U+0020) as indentation, found U+3000 IDEOGRAPHIC SPACE (replace it by spaces)"
        ],
    ),
    Case(
        41,
        "a tab does not indent",
        b"a:\n\tb: 1\n",
        None,
        [
            "f.yaml:2:1: E-INDENT expected spaces (U+0020) as indentation, found U+0009 TAB (replace it by spaces)"
        ],
    ),
    Case(
        41,
        "a tab does not indent a later line",
        b"a:\n  b: 1\n\tc: 2\n",
        None,
        [
            "f.yaml:3:1: E-INDENT expected spaces (U+0020) as indentation, found U+0009 TAB (replace it by spaces)"
        ],
    ),
    Case(
        41,
        "a list item behind a mapping is misplaced",
        b"a:\tb\tc\nd:\t# c\n- x\n",
        {"a": "b\tc", "d": ["x"]},
        [],
    ),
    Case(
        41,
        "tabs between tokens are accepted",
        b"a:\tb\tc\td\t# e\nf: [\t1,\t2\t]\n",
        {"a": "b\tc\td", "f": ["1", "2"]},
        [],
    ),
    Case(
        42,
        "invisible characters in keys are told",
        "na\u200bme: x\n\u202eb: y\n".encode(),
        {},
        [
            "f.yaml:1:1: E-CTRL expected text, found the control character U+200B (delete it)",
            "f.yaml:2:1: E-CTRL expected text, found the control character U+202E (delete it)",
        ],
    ),
    Case(
        42,
        "bidirectional and invisible characters in values are kept",
        "a: x\u202ey\u200bz\n".encode(),
        {"a": "x\u202ey\u200bz"},
        [],
    ),
    Case(43, "an empty file is told", b"", None, ["f.yaml:1:1: W-EMPTY expected facts, found an empty file"]),
    Case(
        43,
        "a file of comments is told",
        b"# nothing\n\n",
        None,
        ["f.yaml:1:1: W-EMPTY expected facts, found an empty file"],
    ),
    Case(
        43,
        "a lone document end is told",
        b"...\n",
        None,
        ["f.yaml:1:1: W-EMPTY expected facts, found an empty file"],
    ),
    Case(
        43,
        "a lone document start is told",
        b"---\n",
        None,
        ["f.yaml:1:1: W-EMPTY expected facts, found an empty file"],
    ),
    Case(
        43,
        "a lone byte order mark is told",
        b"\xef\xbb\xbf",
        None,
        ["f.yaml:1:1: W-EMPTY expected facts, found an empty file"],
    ),
    Case(
        45,
        "a value may not begin with an at sign",
        b"a: @x\n",
        None,
        ["f.yaml:1:4: E-YAML-SYNTAX expected a value, found @x (quote this value)"],
    ),
    Case(
        45,
        "a value may not begin with a percent sign",
        b"b: %y\n",
        None,
        ["f.yaml:1:4: E-YAML-SYNTAX expected a value, found %y (quote this value)"],
    ),
    Case(
        45,
        "a value may not begin with a backtick",
        b"c: `z`\n",
        None,
        ["f.yaml:1:4: E-YAML-SYNTAX expected a value, found `z` (quote this value)"],
    ),
    Case(
        45,
        "a lone equals sign is no value",
        b"c: [=, x=, =x]\n",
        {"c": ["=", "x=", "=x"]},
        ["f.yaml:1:5: E-YAML-SYNTAX expected a value, found = (quote this value)"],
    ),
    Case(
        45,
        "a second colon asks for quotes",
        b"- a: b: c\n",
        None,
        [
            "f.yaml:1:7: E-YAML-SYNTAX expected one value, found a second ': ' in it, behind a: b (quote this value)"
        ],
    ),
    Case(
        45,
        "a key in the middle of a value asks for alignment",
        b"a: 1\n  b: 2\n",
        None,
        [
            "f.yaml:2:4: E-YAML-SYNTAX expected the value of the line above to go on, found a key: b (align the key with the keys above, or quote the whole value)"
        ],
    ),
    Case(
        45,
        "a star that names no alias asks for quotes",
        b"a: *bold* text\n",
        None,
        ["f.yaml:1:4: E-YAML-SYNTAX expected a value, found *bold* text (quote this value)"],
    ),
    Case(
        45,
        "an ampersand that names no anchor asks for quotes",
        b"a: & co\n",
        None,
        ["f.yaml:1:4: E-YAML-SYNTAX expected a value, found & co (quote this value)"],
    ),
    Case(
        45,
        "a list may not begin behind a key",
        b"a: - b\n",
        None,
        [
            "f.yaml:1:4: E-YAML-SYNTAX expected a value, found a list item: - b (begin the list on the next line, or quote this value)"
        ],
    ),
    Case(
        45,
        "a bang before a letter of another script is a tag",
        b"a: !\xc3\xa9 b\n",
        None,
        ["f.yaml:1:4: E-YAML-TAG expected no tag, found !é (delete the tag)"],
    ),
    Case(
        45,
        "an open bracket is named",
        b"a: [x\nb: 1\n",
        None,
        [
            "f.yaml:2:2: E-YAML-SYNTAX expected , or ] for the [ at line 1, column 4, found : 1 (close it, or quote the value)"
        ],
    ),
    Case(
        45,
        "an open brace is named",
        b"a: {x: 1\nb: 1\n",
        None,
        [
            "f.yaml:2:2: E-YAML-SYNTAX expected , or } for the { at line 1, column 4, found : 1 (close it, or quote the value)"
        ],
    ),
    Case(
        45,
        "a line without a colon is told at its start",
        b"a: 1\nb\nc: 2\n",
        None,
        [
            "f.yaml:2:1: E-YAML-SYNTAX expected a key and ': ', found b (put ': ' behind the key, or indent the text more)"
        ],
    ),
    Case(
        45,
        "a value may not begin with a comma",
        b"a: , b\n",
        None,
        ["f.yaml:1:4: E-YAML-SYNTAX expected a value, found , b (quote this value)"],
    ),
    Case(
        45,
        "an unknown escape is told at its backslash",
        b'a: "C:\\dir"\n',
        None,
        [
            'f.yaml:1:7: E-YAML-SYNTAX expected an escape that YAML knows, found \\dir" (double the backslash, or use single quotation marks)'
        ],
    ),
    Case(
        45,
        "a broken hexadecimal escape is told at its backslash",
        b'a: "\\xZZ"\n',
        None,
        [
            'f.yaml:1:5: E-YAML-SYNTAX expected an escape that YAML knows, found \\xZZ" (double the backslash, or use single quotation marks)'
        ],
    ),
    Case(
        45,
        "a key behind a list is misplaced",
        b"- a\nb: 1\n",
        None,
        [
            "f.yaml:2:1: E-YAML-SYNTAX expected a list item aligned with line 1, column 1, found b: 1 (check the indentation and the quotation marks here and in the line above)"
        ],
    ),
    Case(
        45,
        "text behind a bracket is misplaced",
        b"a: [b] c\n",
        None,
        [
            "f.yaml:1:8: E-YAML-SYNTAX expected a key aligned with line 1, column 1, found c (check the indentation and the quotation marks here and in the line above)"
        ],
    ),
    Case(
        45,
        "text behind a quotation mark is misplaced",
        b'a: "b" c\n',
        None,
        [
            "f.yaml:1:8: E-YAML-SYNTAX expected a key aligned with line 1, column 1, found c (check the indentation and the quotation marks here and in the line above)"
        ],
    ),
    Case(
        45,
        "a key indented less than its sisters is misplaced",
        b"a:\n    b: 1\n  c: 2\n",
        None,
        [
            "f.yaml:3:3: E-YAML-SYNTAX expected a key aligned with line 1, column 1, found c: 2 (check the indentation and the quotation marks here and in the line above)"
        ],
    ),
    Case(
        45,
        "a question mark asks for quotes",
        b"a: ? b\n",
        None,
        ["f.yaml:1:4: E-YAML-SYNTAX expected a value, found ? b (quote this value)"],
    ),
    Case(
        46,
        "an open apostrophe is told where it opens",
        b"a: 'abc\nb: 2\n",
        None,
        [
            "f.yaml:1:4: E-YAML-SYNTAX expected a closing quotation mark, found none for the ' that opens here (close it on the same line)"
        ],
    ),
    Case(
        46,
        "a quotation mark open at a document's end is told where it opens",
        b'a: "abc\n---\nb: "x"\n',
        None,
        [
            'f.yaml:1:4: E-YAML-SYNTAX expected a closing quotation mark, found none for the " that opens here (close it on the same line)'
        ],
    ),
    Case(
        46,
        "a quotation mark closed by the next one is told there",
        b'a: "abc\nb: "x"\n',
        None,
        [
            'f.yaml:2:5: E-YAML-SYNTAX expected a key aligned with line 1, column 1, found x" (check the indentation and the quotation marks here and in the line above)'
        ],
    ),
    Case(
        47,
        "comments behind values are no problem here",
        b"name: Love # Song\nquote: say #1 # two\nn: 'x # y' # z\nm: one\n  two # three\nk: #1 hit\n",
        {"name": "Love", "quote": "say", "n": "x # y", "m": "one two", "k": ""},
        [],
    ),
    Case(
        48,
        "an indentation of nothing is refused",
        b"a: |0\n  x\n",
        None,
        ["f.yaml:1:5: E-YAML-SYNTAX expected the line to end behind | or >, found 0 (quote this value)"],
    ),
    Case(
        48,
        "a broken block header is refused",
        b"a: |x\n  x\n",
        None,
        ["f.yaml:1:5: E-YAML-SYNTAX expected the line to end behind | or >, found x (quote this value)"],
    ),
    Case(
        48,
        "text behind the document end is refused",
        b"a: 1\n... x\n",
        {"a": "1"},
        ["f.yaml:2:5: E-YAML-SYNTAX expected the end of the file, found x (delete it or the ... before it)"],
    ),
    Case(
        48,
        "text behind a whole document is refused",
        b"'a' b\n",
        "a",
        ["f.yaml:1:5: E-YAML-SYNTAX expected the end of the file, found b (delete it or the ... before it)"],
    ),
    Case(
        49,
        "gzip is not text",
        b"\x1f\x8b\x08\x00abc",
        None,
        [
            "f.yaml:1:1: E-ENC not text: expected UTF-8, found a file that begins with \\x1F\\x8B\\x08\\x00 (give the YAML file itself, not packed or converted)"
        ],
    ),
    Case(
        49,
        "PDF is not text",
        b"%PDF-1.4\n",
        None,
        [
            "f.yaml:1:1: E-ENC not text: expected UTF-8, found a file that begins with \\x25\\x50\\x44\\x46 (give the YAML file itself, not packed or converted)"
        ],
    ),
    Case(
        49,
        "random bytes are not text",
        b"\x00\x01\xff\xfe\x80",
        None,
        [
            "f.yaml:1:1: E-ENC not text: expected UTF-8, found a file that begins with \\x00\\x01\\xFF\\xFE (give the YAML file itself, not packed or converted)"
        ],
    ),
    Case(
        50,
        "astral characters are accepted in values and keys",
        "a: 😀 𝔘\n😀: b\n".encode(),
        {"a": "😀 𝔘", "😀": "b"},
        [],
    ),
    Case(
        5,
        "an anchor set twice on collections is told",
        b"a: &x\n  b: 1\nc: &x [1]\n",
        {"a": {"b": "1"}, "c": ["1"]},
        [
            "f.yaml:3:4: E-YAML-ALIAS expected each anchor once, found &x again (first at line 1) (delete the anchor; aliases are not read)"
        ],
    ),
    Case(
        9,
        "a repeated key is told though the file breaks off later",
        b"a: 1\na: 2\nb: [\n",
        None,
        [
            "f.yaml:2:1: E-KEY-DUP expected each key once, found a again (first at line 1) (keep one of them; neither is used)",
            "f.yaml:4:1: E-YAML-SYNTAX expected a value, found the end of the file (close the brackets that are open)",
        ],
    ),
    Case(
        45,
        "a colon before an indicator is no value in a flow collection",
        b"a: {b:, c: 1}\n",
        None,
        ["f.yaml:1:6: E-YAML-SYNTAX expected a value, found :, c: 1} (quote this value)"],
    ),
    Case(
        41,
        "a tab does not indent a block scalar",
        b"a: |\n  \tx\n",
        None,
        [
            "f.yaml:2:3: E-INDENT expected spaces (U+0020) as indentation, found U+0009 TAB (replace it by spaces)"
        ],
    ),
    Case(
        41,
        "a tab does not indent a later line of a block scalar",
        b"a: |\n  x\n\ty\n",
        None,
        [
            "f.yaml:3:1: E-INDENT expected spaces (U+0020) as indentation, found U+0009 TAB (replace it by spaces)"
        ],
    ),
    Case(
        41,
        "a tab does not indent the next line of a value",
        b"a: x\n\ty\n",
        None,
        [
            "f.yaml:2:1: E-INDENT expected spaces (U+0020) as indentation, found U+0009 TAB (replace it by spaces)"
        ],
    ),
    Case(
        45,
        "a query in a flow collection is a part of its address",
        b"a: {url: http://x/?q=1, b: }\n",
        {"a": {"url": "http://x/?q=1", "b": ""}},
        [],
    ),
    Case(
        5,
        "an anchor before a question mark is told",
        b"&a ? b\n: 1\n",
        None,
        [
            "f.yaml:1:1: E-YAML-ALIAS expected a value behind the anchor &a, found ? b (delete the anchor; aliases are not read)"
        ],
    ),
    Case(
        33,
        "a directive behind the facts is refused",
        b"a: 1\n%TAG\n",
        None,
        ["f.yaml:2:1: E-YAML-DIRECTIVE expected no directive, found %TAG (delete the line)"],
    ),
    Case(
        12,
        "a long line without a colon is no key",
        b"a: 1\n" + b"x" * 1500 + b"\nb: 2\n",
        None,
        [
            "f.yaml:2:1: E-YAML-SYNTAX expected a key and ': ', found xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… (put ': ' behind the key, or indent the text more)"
        ],
    ),
    Case(
        10,
        "a lone question mark is an empty key",
        b"? : 1\n",
        None,
        [
            "f.yaml:1:3: E-KEY-TYPE expected a text as a key, found a mapping (write a text key)",
            "f.yaml:1:3: E-YAML-SYNTAX expected a key aligned with line 1, column 3, found : 1 (check the indentation and the quotation marks here and in the line above)",
        ],
    ),
    Case(18, "many folded lines are one value", b"a: " + b"x\n  " * 1_000 + b"\n", {"a": "<1999>"}, []),
    Case(
        50,
        "an unclosed list at the very end is told",
        b"- a\n- [b",
        None,
        [
            "f.yaml:2:5: E-YAML-SYNTAX expected , or ] for the [ at line 2, column 3, found the end of the file (close it, or quote the value)"
        ],
    ),
]

NASTY = {
    "y01_alias_bomb_9x9.yaml": [
        "y01:2:8: E-YAML-ALIAS expected a value, found the alias *a (write the value out; aliases are not read)"
    ],
    "y02_merge_bomb_9x7.yaml": [
        "y02:2:10: E-YAML-MERGE expected keys and values, found the merge key << (write the keys out)",
        "y02:2:15: E-YAML-ALIAS expected a value, found the alias *m0 (write the value out; aliases are not read)",
    ],
    "y02b_merge_bomb_9x9.yaml": [
        "y02:2:10: E-YAML-MERGE expected keys and values, found the merge key << (write the keys out)",
        "y02:2:15: E-YAML-ALIAS expected a value, found the alias *m0 (write the value out; aliases are not read)",
    ],
    "y03_recursive_list.yaml": [
        "y03:1:5: E-YAML-ALIAS expected a value, found the alias *a (write the value out; aliases are not read)"
    ],
    "y05_recursive_key.yaml": [
        "y05:1:1: E-YAML-ALIAS expected a value behind the anchor &a, found ? *a (delete the anchor; aliases are not read)"
    ],
    "y06_recursive_merge.yaml": [
        "y06:2:3: E-YAML-MERGE expected keys and values, found the merge key << (write the keys out)",
        "y06:2:7: E-YAML-ALIAS expected a value, found the alias *a (write the value out; aliases are not read)",
    ],
    "y08_redefined_anchor.yaml": [
        "y08:2:4: E-YAML-ALIAS expected each anchor once, found &x again (first at line 1) (delete the anchor; aliases are not read)",
        "y08:3:4: E-YAML-ALIAS expected a value, found the alias *x (write the value out; aliases are not read)",
    ],
    "y12_block_seq_depth_10k.yaml": [
        "y12:1:129: E-LIMIT-DEPTH expected at most 64 nested levels, found level 65 (write it flatter)"
    ],
    "y15_flow_depth_500.yaml": [
        "y15:1:65: E-LIMIT-DEPTH expected at most 64 nested levels, found level 65 (write it flatter)"
    ],
    "y21_duplicate_keys_nested.yaml": [
        "y21:6:3: E-KEY-DUP expected each key once, found value again (first at line 5) (keep one of them; neither is used)"
    ],
    "y25_key_over_1024.yaml": [
        "y25:1:1: E-LIMIT-KEY expected a key of at most 200 characters, found 2000: kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk… (write it as a value)"
    ],
    "y40_int_5000_digits.yaml": [],
    "y41_int_4000_digits.yaml": [],
    "y51_octal.yaml": [],
    "y52_underscore.yaml": [],
    "y53_sexagesimal.yaml": [],
    "y56_dates.yaml": [],
    "y57_date_year0.yaml": [],
    "y59_time_24.yaml": [],
    "y5a_leap_second.yaml": [],
    "y5b_tz_99.yaml": [],
    "y5d_value_tag.yaml": ["y5d:1:4: E-YAML-SYNTAX expected a value, found = (quote this value)"],
    "y5f_null_variants.yaml": [
        "y5f:3:4: W-NULLISH expected a value or null, found Null, which is read as text (write null if nothing is stated, or quote it)",
        "y5f:4:4: W-NULLISH expected a value or null, found NULL, which is read as text (write null if nothing is stated, or quote it)",
        "y5f:5:4: W-NULLISH expected a value or null, found nULL, which is read as text (write null if nothing is stated, or quote it)",
        "y5f:8:4: W-NULLISH expected a value or null, found None, which is read as text (write null if nothing is stated, or quote it)",
        "y5f:9:4: W-NULLISH expected a value or null, found nil, which is read as text (write null if nothing is stated, or quote it)",
    ],
    "y60_python_object_apply.yaml": [
        "y60:1:1: E-YAML-TAG expected no tag, found !!python/object/apply:os.system (delete the tag)"
    ],
    "y61_python_name.yaml": [
        "y61:1:4: E-YAML-TAG expected no tag, found !!python/name:os.system (delete the tag)"
    ],
    "y65_tag_int_empty.yaml": ["y65:1:4: E-YAML-TAG expected no tag, found !!int (delete the tag)"],
    "y66_tag_bool_bad.yaml": ["y66:1:4: E-YAML-TAG expected no tag, found !!bool (delete the tag)"],
    "y67_tag_timestamp_bad.yaml": ["y67:1:4: E-YAML-TAG expected no tag, found !!timestamp (delete the tag)"],
    "y69_tag_binary_bad.yaml": ["y69:1:4: E-YAML-TAG expected no tag, found !!binary (delete the tag)"],
    "y6d_tag_map_on_scalar.yaml": [
        "y6d:1:4: E-YAML-TAG expected no tag, found !!map (delete the tag)",
        "y6d:2:4: E-YAML-TAG expected no tag, found !!seq (delete the tag)",
    ],
    "y6f_directive_yaml30.yaml": [
        "y6f:1:1: E-YAML-DIRECTIVE expected no directive but one %YAML 1.2, found %YAML 3.0 (delete the line)"
    ],
    "y70_invalid_utf8.yaml": [
        "y70:2:10: E-ENC expected UTF-8, found byte \\xE9 at offset 16 (save the file as UTF-8)"
    ],
    "y72_bom_utf8.yaml": [],
    "y79_nul_escaped.yaml": ["y79:1:6: E-CTRL expected text, found the control character U+0000 (delete it)"],
    "y7b_ls_ps_raw.yaml": ["y7b:1:5: E-CTRL expected text, found the control character U+2028 (delete it)"],
    "y7c_ls_in_quotes_lines.yaml": ["y7c:2:4: E-YAML-TAG expected no tag, found !bad (delete the tag)"],
    "y7e_crlf.yaml": [],
    "y81_tab_after_colon.yaml": [],
    "y82_nonchar_fffe.yaml": [
        "y82:1:6: E-CTRL expected text, found the control character U+FFFE (delete it)"
    ],
    "y85_zero_width.yaml": ["y85:3:1: E-CTRL expected text, found the control character U+FEFF (delete it)"],
    "y86_cesu8_surrogates.yaml": [
        "y86:1:5: E-ENC expected UTF-8, found byte \\xED at offset 4 (save the file as UTF-8)"
    ],
    "y87_overlong_utf8.yaml": [
        "y87:1:4: E-ENC expected UTF-8, found byte \\xC0 at offset 3 (save the file as UTF-8)"
    ],
    "y93_top_scalar.yaml": [],
    "y94_top_list.yaml": [],
    "y95_merge_ok.yaml": [
        "y95:3:3: E-YAML-MERGE expected keys and values, found the merge key << (write the keys out)",
        "y95:3:7: E-YAML-ALIAS expected a value, found the alias *b (write the value out; aliases are not read)",
    ],
    "y96_merge_nonmap.yaml": [
        "y96:2:3: E-YAML-MERGE expected keys and values, found the merge key << (write the keys out)"
    ],
    "y98_colon_in_plain.yaml": [
        "y98:1:15: E-YAML-SYNTAX expected one value, found a second ': ' in it, behind quote: He said (quote this value)"
    ],
    "y99_percent_at.yaml": ["y99:1:4: E-YAML-SYNTAX expected a value, found @x (quote this value)"],
    "y9a_unclosed_quote.yaml": [
        'y9a:1:4: E-YAML-SYNTAX expected a closing quotation mark, found none for the " that opens here (close it on the same line)'
    ],
    "y9c_trailing_garbage.yaml": [
        "y9c:3:1: E-YAML-SYNTAX expected the end of the file, found garbage: [ (delete it or the ... before it)"
    ],
    "y9e_anchor_on_nothing.yaml": [
        "y9e:1:4: E-YAML-ALIAS expected a value behind the anchor &x, found nothing (delete the anchor; aliases are not read)",
        "y9e:2:4: E-YAML-ALIAS expected a value, found the alias *x (write the value out; aliases are not read)",
    ],
}
