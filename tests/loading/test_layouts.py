"""The canonical layout, shown whole, and what is refused."""

import pytest
from copies import ROOT

from rehabfacts.loading.layouts import Unclear, lay_out

UNTIDY = """\


#!shebang

---
rehabfacts:   1
source : {id:s ,text:  "a.txt"
   , language: en,}
entities:
- { id: a,type: Body }     # beside
-
    id: b
    type:   Body

    # at the end of b


   # of c
- {
  id: c,  # first
      # own line
 type: Body
  }
facts:
        -    id: f
             note:
               en: |-   # kept
                       two
                         lines

                       three
               uk: >
                   folded
                   text
             quote: one
                     and
               two
             mentions: [ a,
                b , [c,d] ]
             inferred: "in \\
                    two"
  # the end
"""
TIDY = """\
#!shebang

---
rehabfacts: 1
source: {id:s, text: "a.txt", language: en,}
entities:
  - {id: a, type: Body}  # beside
  - id: b
    type: Body

    # at the end of b

  # of c
  - {
    id: c,  # first
    # own line
    type: Body
    }
facts:
  - id: f
    note:
      en: |-   # kept
        two
          lines

        three
      uk: >
        folded
        text
    quote: one
      and
      two
    mentions: [a,
               b, [c, d]]
    inferred: "in \\
      two"
# the end
"""


def test_an_untidy_file_laid_out():
    laid_out, comments = lay_out(UNTIDY)
    assert TIDY == laid_out
    assert ("#!shebang", "# beside", "# at the end of b", "# of c", "# first", "# own line", "# the end") == comments


@pytest.mark.parametrize("path", sorted([*(ROOT / "facts").glob("*.yaml"), *(ROOT / "rules").glob("*.yaml"), *(ROOT / "src/rehabfacts/starter").rglob("*.yaml")]), ids=lambda path: path.name)
def test_every_file_that_ships_has_the_canonical_layout(path):
    text = path.read_text(encoding="utf-8")
    assert text == lay_out(text)[0]


@pytest.mark.parametrize(("text", "cause", "line"), [
    ("a: 1\n? b\n: 2\n", "expected keys without a question mark", 2),
    ("%YAML 1.2\n---\na: 1\n", "expected no directive, anchor, alias or tag", 1),
    ("a: 1\nb: &x 2\n", "expected no directive, anchor, alias or tag", 2),
    ("a: |+\n  text\n\n\nb: 1\n", "expected a block of text without + and without a number", 1),
    ("a: |2\n    text\n", "expected a block of text without + and without a number", 1),
])  # fmt: skip
def test_what_cannot_be_laid_out_without_guessing_is_refused(text, cause, line):
    with pytest.raises(Unclear) as caught:
        lay_out(text)
    assert (cause, line) == (caught.value.cause, caught.value.line)


@pytest.mark.parametrize(("text", "laid_out"), [
    ("", ""), ("# only this", "# only this\n"), ("\n\n", ""), ("a", "a\n"), ("[ ]", "[]\n"), ("a:\n", "a:\n"), ("a: [\n]\n", "a: []\n"), ("- - a\n  -  b\n", "- - a\n  - b\n"),
    ("a: b # c\n\n\n\n# d\n", "a: b  # c\n\n# d\n"), ("a:\n- b\n# c\n- d\n# e\nf: g\n", "a:\n  - b\n  # c\n  - d\n# e\nf: g\n"),
])  # fmt: skip
def test_small_files(text, laid_out):
    assert (laid_out, laid_out) == (lay_out(text)[0], lay_out(laid_out)[0])


def test_a_block_of_text_keeps_the_blanks_that_are_its_own():
    text = "a: |\n      b  \n        c\n           \n      d\n"
    assert lay_out(text)[0] == "a: |\n  b  \n    c\n       \n  d\n"
