"""The mutation engine itself: what it changes, and that what is listed must be as it is listed."""

import ast
import sys

import pytest
from copies import ROOT

sys.path.insert(0, str(ROOT / "scripts"))
import mutate_verifier
from mutants import Mutant, iter_mutants

SOURCE = '''
def earlier(one, two, *, by: int = 1) -> bool:
    """Documentation is not changed."""
    _need(one is not None, "what is said is not changed")
    if one and not two:
        one += by
    return one <= two - 1
'''

CHANGES = [
    "1  ->  2", "1  ->  0",
    "_need(one is not None, 'what is said is not changed')  ->  pass",
    "_need(one is not None, 'what is said is not changed')  ->  _need('what is said is not changed', one is not None)",
    "one is not None  ->  one is None",
    "if one and (not two): one += by  ->  if not (one and (not two)): one += by",
    "if one and (not two): one += by  ->  if True: one += by",
    "if one and (not two): one += by  ->  if False: one += by",
    "one and (not two)  ->  one or not two", "one and (not two)  ->  not two", "one and (not two)  ->  one", "not two  ->  two",
    "one += by  ->  pass", "one += by  ->  one = by", "one += by  ->  one -= by",
    "return one <= two - 1  ->  pass",
    "one <= two - 1  ->  one < two - 1", "one <= two - 1  ->  one >= two - 1", "two - 1  ->  two + 1", "two - 1  ->  two - 2", "two - 1  ->  two - 0",
]  # fmt: skip


def test_each_statement_and_expression_is_changed_in_each_way():
    assert sorted(CHANGES) == sorted(mutant.change for mutant, _ in iter_mutants(SOURCE))


def test_each_mutant_is_another_program_and_after_it_the_tree_is_as_it_was():
    programs = {ast.unparse(tree) for _, tree in iter_mutants(SOURCE)}
    assert len(CHANGES) == len(programs)
    assert ast.unparse(ast.parse(SOURCE)) not in programs


def test_what_is_told_alike_in_one_line_is_numbered():
    told = [mutant.change for mutant, _ in iter_mutants("a = f(0) + f(0)\n")]
    assert ["f(0)  ->  f(1)", "f(0)  ->  f(1)  (2)"] == sorted(each for each in told if "f(1)" in each)


NOTICED, MISSED = Mutant(1, "a = 1", "1  ->  2"), Mutant(2, "b = 1", "1  ->  0")


@pytest.mark.parametrize(("listed", "status", "said"), [
    ({("b = 1", "1  ->  0"): "why"}, 0, "2 mutants, 1 killed, 1 equivalent\n"),
    ({}, 1, "2 mutants, 1 killed, 0 equivalent\nnot noticed, line 2: b = 1\n    1  ->  0\n"),
    ({("b = 1", "1  ->  0"): "why", ("a = 1", "1  ->  2"): "why"}, 1,
     "2 mutants, 1 killed, 1 equivalent\nlisted, but no mutant that tests leave alone: a = 1\n    1  ->  2\n"),
])  # fmt: skip
def test_a_mutant_is_noticed_or_listed_and_never_both(capsys, listed, status, said):
    assert status == mutate_verifier.tell({NOTICED: True, MISSED: False}, listed, is_whole=True)
    assert said == capsys.readouterr().out


def test_the_list_gives_a_reason_for_each_change_of_a_line():
    text = "# words\n\na = 1\n    1  ->  2  because  nobody reads it\n    1  ->  0  because  so it is\n"
    assert {("a = 1", "1  ->  2"): "nobody reads it", ("a = 1", "1  ->  0"): "so it is"} == mutate_verifier.read_listed(text)
    for wrong in ("    1  ->  2  because  why\n", "a = 1\n    1  ->  2\n", "a = 1\n    1  ->  2  because  \n"):
        with pytest.raises(SystemExit, match=r"equivalent_mutants\.txt:[12]: expected a line, and under it"):
            mutate_verifier.read_listed(wrong)
