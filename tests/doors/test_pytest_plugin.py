"""The plugin in projects of its own: what passes, what fails, and what a failure says."""

import textwrap

import pytest

pytest_plugins = ["pytester"]

FACTS = """
    rehabfacts: 1
    entities:
      - {id: board, type: Body}
    facts:
      - {id: board-created, type: Creation, body: board, date: 1993, quote: the board was created}
      - {id: board-acted, type: Activity, body: board, period: PERIOD, quote: the board acted}
    """
RULES = """
    - {id: creation, for: {c: Creation}, define: c.body.lifetime.start = c.date}
    - {id: acts-late, says: A body acts once it is there., for: {a: Activity}, require: a.body.lifetime.start <= a.period.start}
    - {id: nameless, for: {a: Activity}, where: a.body is unknown, require: a.period within 1990}
    - {id: idle, for: {m: Meeting}, require: m.body.lifetime.start <= m.period.start}
    """


def project(pytester, period):
    for name, text in (("facts/a.yaml", FACTS.replace("PERIOD", period)), ("rules/r.yaml", RULES)):
        file = pytester.path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(textwrap.dedent(text).lstrip(), encoding="utf-8")


def test_every_rule_is_an_item_and_healthy_facts_pass(pytester):
    project(pytester, "1995/1996")
    done = pytester.runpytest_subprocess("--rehabfacts", "-v")
    done.assert_outcomes(passed=3, skipped=1)
    done.stdout.fnmatch_lines(["*acts-late PASSED*", "*nameless SKIPPED*"])


def test_a_broken_rule_fails_with_its_facts_their_quotes_and_the_clash(pytester):
    project(pytester, "1990/1991")
    done = pytester.runpytest_subprocess("--rehabfacts")
    done.assert_outcomes(passed=2, failed=1, skipped=1)
    done.stdout.fnmatch_lines([
        "E   facts/a.yaml:6*: error: A body acts once it is there. [[]*",
        "E     facts/a.yaml:5: board was created in 1993*the board was created*",
        "E     They clash by 732 days.",
    ])  # fmt: skip
    assert done.ret == pytest.ExitCode.TESTS_FAILED


def test_a_file_that_cannot_be_read_fails_the_input_item(pytester):
    project(pytester, "nonsense")
    done = pytester.runpytest_subprocess("--rehabfacts")
    done.stdout.fnmatch_lines(["E   facts/a.yaml:6:*E-DATE*"])
    assert done.ret == pytest.ExitCode.TESTS_FAILED


def test_without_the_option_nothing_is_checked(pytester):
    project(pytester, "1990/1991")
    assert pytester.runpytest_subprocess().ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_datasets_and_reports_are_fixtures(pytester):
    project(pytester, "1990/1991")
    pytester.makepyfile("""
        def test_facts(rehabfacts_dataset, rehabfacts_report):
            assert sorted(rehabfacts_dataset.facts) == ["board-acted", "board-created"]
            assert [each.rule_id for each in rehabfacts_report if rehabfacts_report.fails(each)] == ["acts-late"]
        """)
    pytester.runpytest_subprocess().assert_outcomes(passed=1)


def test_paths_may_be_named_in_the_configuration(pytester):
    project(pytester, "1990/1991")
    (pytester.path / "facts").rename(pytester.path / "claims")
    pytester.makeini("[pytest]\nrehabfacts_paths = claims rules\n")
    pytester.runpytest_subprocess("--rehabfacts").assert_outcomes(passed=2, failed=1, skipped=1)


def test_facts_that_contradict_each_other_fail_an_item_of_their_own(pytester):
    project(pytester, "1995/1996")
    (pytester.path / "facts/b.yaml").write_text("rehabfacts: 1\nfacts:\n  - {id: again, type: Creation, body: board, date: 1994, quote: q}\n", encoding="utf-8")
    done = pytester.runpytest_subprocess("--rehabfacts", "-k", "facts-agree")
    done.assert_outcomes(failed=1, deselected=3)
    done.stdout.fnmatch_lines(["*Facts about one thing agree*"])


def test_the_facts_are_checked_once_a_session(pytester):
    project(pytester, "1995/1996")
    pytester.makeconftest("""
        import rehabfacts.api
        checked, plain = [], rehabfacts.api.check
        rehabfacts.api.check = lambda *arguments, **options: (checked.append(1), plain(*arguments, **options))[1]
        def pytest_sessionfinish():
            print("checked", len(checked), "times")
        """)
    pytester.makepyfile("def test_facts(rehabfacts_dataset, rehabfacts_report): assert rehabfacts_report.dataset is rehabfacts_dataset")
    done = pytester.runpytest_subprocess("--rehabfacts", "-s")
    done.assert_outcomes(passed=4, skipped=1)
    done.stdout.fnmatch_lines(["*checked 1 times*"])


def test_data_is_no_command_of_a_log(pytester):
    project(pytester, "1990/1991")
    file = pytester.path / "facts/a.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("the board acted", "'##[error]owned ::error::owned \u001b'".replace("\u001b", "")), encoding="utf-8")
    done = pytester.runpytest_subprocess("--rehabfacts")
    assert [line for line in done.outlines if "##[" in line or line.lstrip().startswith("::")] == []
    done.stdout.fnmatch_lines(["*owned*"])
