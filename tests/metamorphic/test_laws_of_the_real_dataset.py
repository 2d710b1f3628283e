"""The real dataset, as it is and with a contradiction planted, written otherwise: the whole report, readings and quotes included."""

import json
import random
import re

import pytest
from copies import Project
from told_reports import OF_ORDER, difference, told, without

import rehabfacts

BLOCK = re.compile(r"^  - id: .*\n(?:    .*\n)+", re.MULTILINE)
AS_IT_IS, LATE = {}, {"commission-ceased": {"date": "2009-06-01"}}


@pytest.fixture(params=[AS_IT_IS, LATE], ids=["as it is", "with a late cessation"])
def project(request, tmp_path):
    made = Project.copied(tmp_path)
    for fact, fields in request.param.items():
        made.state(fact, **fields)
    return made


def told_of(project):
    report = rehabfacts.check(project.folder / "facts", project.folder / "rules")
    assert (report.complaints, report.problems) == ((), ())
    return told(report, leaving=OF_ORDER)


def write(project, name, text):
    (project.folder / "facts" / f"{name}.yaml").write_text(text, encoding="utf-8")


def taken_apart(project):
    """The head of the file up to its facts, and a block for each fact."""
    head, _, facts = project.facts.partition("\nfacts:\n")
    blocks = BLOCK.findall(facts)
    assert len(blocks) > 50
    return head, blocks


@pytest.mark.parametrize("seed", [1, 2])
def test_its_facts_in_any_order_and_in_several_files_make_the_same_report(project, seed):
    before = told_of(project)
    head, blocks = taken_apart(project)
    rng = random.Random(seed)  # noqa: S311  # a seed, not a secret
    rng.shuffle(blocks)
    cuts = sorted(rng.sample(range(1, len(blocks)), 3))
    pieces = ["".join(blocks[first:last]) for first, last in zip([0, *cuts], [*cuts, len(blocks)], strict=True)]
    write(project, "kz", f"{head}\nfacts:\n{pieces[0]}")
    for name, piece in zip(("a", "l", "z"), pieces[1:], strict=True):
        write(project, name, f"rehabfacts: 1\nsource: kz-article\nfacts:\n{piece}")
    assert "" == difference(before, told_of(project))


def ids_of(text):
    """The ids in a file of facts, the longest first."""
    return sorted(re.findall(r"^  - (?:id: |\{id: )([\w-]+)", text, re.MULTILINE), key=len, reverse=True)


def with_unmistakable_ids(text):
    """The file with a hyphen in every id, so that no id is a word."""
    words = "|".join(name for name in ids_of(text) if "-" not in name)
    return re.sub(rf"(?<=: )(?:{words})(?=[,}}\n])", r"\g<0>-id", text) if words else text


def test_ids_with_a_word_before_each_of_them_change_only_ids(project):
    """Which keeps their order."""
    write(project, "kz", with_unmistakable_ids(project.facts))
    before, ids = told_of(project), re.compile(rf"(?<![\w/-])(?:{'|'.join(ids_of(project.facts))})(?![\w-])")
    write(project, "kz", ids.sub(r"the-\g<0>", project.facts))
    respelt = json.loads(ids.sub(r"the-\g<0>", json.dumps(before)))
    assert "" == difference(without(respelt, {"id"}), without(told_of(project), {"id"}))
