"""The action, the GitLab template and the hooks: of the form that their readers ask for, and run as a project would."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from copies import ROOT, Project

INJECTION = "$(touch owned); `touch owned`"
BIN = Path(os.environ.get("REHABFACTS_BIN", Path(sys.executable).parent))
"""Where the programs of the consumer are: ours, or those of an environment that has the built package alone."""


def schema_finds_nothing(name, *files):
    pytest.importorskip("check_jsonschema", reason="check-jsonschema is not installed (extra test)")
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", name, *map(str, files)], capture_output=True, text=True, check=False,
    )
    assert (0, "ok -- validation done\n") == (done.returncode, done.stdout), done.stdout + done.stderr


def test_the_action_is_one_to_github():
    schema_finds_nothing("vendor.github-actions", ROOT / "action.yml")


def test_the_template_is_one_to_gitlab():
    schema_finds_nothing("vendor.gitlab-ci", ROOT / "ci/gitlab.yml")


def test_no_input_of_the_action_becomes_a_part_of_a_script():
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    assert [] == [step["run"] for step in action["runs"]["steps"] if "${{" in step.get("run", "")]


def test_the_workflow_on_the_page_is_one_to_github_and_its_token_only_reads(tmp_path):
    page = (ROOT / "docs/ci.md").read_text(encoding="utf-8")
    workflow = page.split("```yaml\n")[1].split("```")[0]
    (tmp_path / "facts.yml").write_text(workflow, encoding="utf-8")
    schema_finds_nothing("vendor.github-workflows", tmp_path / "facts.yml")
    document = yaml.safe_load(workflow)
    assert ("pull_request", {"contents": "read"}) == (document[True], document["permissions"])  # YAML 1.1 reads `on` as true
    assert "secret" not in workflow + (ROOT / "action.yml").read_text(encoding="utf-8")


def test_every_hook_has_what_pre_commit_asks_for():
    for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")):
        assert {"id", "name", "entry", "language"} <= set(hook)
        assert ("python", False) == (hook["language"], hook["pass_filenames"])


class Consumer(Project):
    """A project of somebody else, under git, with two commits."""

    def git(self, *arguments):
        subprocess.run(["git", *arguments], cwd=self.folder, check=True, capture_output=True)

    def commit(self):
        self.git("add", "-A")
        self.git("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false", "commit", "-q", "-m", "a change")

    def sh(self, command, **environment):
        path = os.pathsep.join((str(BIN), os.environ["PATH"]))
        variables = {"PATH": path, "HOME": str(self.folder), "LC_ALL": "C.UTF-8", **environment}
        return subprocess.run(command, cwd=self.folder, env=variables, capture_output=True, text=True, check=False, encoding="utf-8")


@pytest.fixture
def consumer(tmp_path):
    project = Consumer.copied(tmp_path)
    project.git("init", "-q", "-b", "main")
    project.commit()
    return project


def check(consumer, **environment):
    return consumer.sh([str(ROOT / "ci/check.sh")], **environment)


def test_the_action_passes_a_healthy_change_and_writes_a_summary(consumer):
    done = check(consumer, REHABFACTS_BASE_SHA="HEAD", GITHUB_STEP_SUMMARY="summary.md", GITHUB_OUTPUT="output")
    assert 0 == done.returncode, done.stdout + done.stderr
    assert (consumer.folder / "summary.md").read_text(encoding="utf-8").startswith("# What changed since ")
    assert "status=0\n" == (consumer.folder / "output").read_text()


def test_the_action_annotates_what_a_change_breaks_and_ends_with_its_status(consumer):
    consumer.state("commission-ceased", date="2009-06-01")
    done = check(consumer, REHABFACTS_BASE_SHA="HEAD", REHABFACTS_SARIF="report.sarif", GITHUB_OUTPUT="output")
    assert 1 == done.returncode
    assert done.stdout.startswith("::error file=facts/kz.yaml,line=")
    log = json.loads((consumer.folder / "report.sarif").read_text(encoding="utf-8"))
    assert ["body-within-its-legal-basis"] == [each["ruleId"] for each in log["runs"][0]["results"] if each["level"] == "error"]
    assert "status=1\n" == (consumer.folder / "output").read_text()


def test_the_action_takes_the_policy_of_the_base(consumer):
    consumer.state("commission-ceased", date="2009-06-01")
    consumer.write("rehabfacts.toml", 'without = ["body-within-its-legal-basis"]\n')
    assert "title=body-within-its-legal-basis" in check(consumer, REHABFACTS_BASE_SHA="HEAD").stdout
    done = check(consumer, REHABFACTS_BASE_SHA="HEAD", REHABFACTS_POLICY_FROM_BASE="false")
    assert (1, True) == (done.returncode, "title=policy-as-in-base" in done.stdout)


@pytest.mark.parametrize("name", ["REHABFACTS_PATHS", "REHABFACTS_SINCE"])
def test_an_input_of_the_action_is_never_run(consumer, name):
    assert 2 == check(consumer, **{name: INJECTION}).returncode
    assert not (consumer.folder / "owned").exists()


def test_the_script_of_the_gitlab_template_writes_both_reports(consumer):
    consumer.state("commission-ceased", date="2009-06-01")
    (script,) = yaml.safe_load((ROOT / "ci/gitlab.yml").read_text(encoding="utf-8"))["rehabfacts"]["script"]
    done = consumer.sh(["bash", "-euo", "pipefail", "-c", script], CI_MERGE_REQUEST_DIFF_BASE_SHA="HEAD", REHABFACTS_PATHS="")
    assert 1 == done.returncode, done.stderr
    issues = json.loads((consumer.folder / "gl-code-quality-report.json").read_text(encoding="utf-8"))
    assert ["body-within-its-legal-basis"] == [each["check_name"] for each in issues if each["severity"] == "critical"]
    assert 'failures="1"' in (consumer.folder / "rehabfacts.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize("identifier", ["rehabfacts", "rehabfacts-since"])
def test_a_hook_passes_healthy_facts_and_stops_a_contradiction(consumer, identifier):
    hooks = {each["id"]: each for each in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    command = shlex.split(hooks[identifier]["entry"])
    assert 0 == consumer.sh(command).returncode
    consumer.state("commission-ceased", date="2009-06-01")
    assert 1 == consumer.sh(command).returncode


def test_the_plugin_is_there_once_the_package_is_installed(consumer):
    command = ["python", "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rehabfacts", "-k", "body-within-its-legal-basis"]
    assert 0 == consumer.sh(command).returncode
    consumer.state("commission-ceased", date="2009-06-01")
    done = consumer.sh(command)
    assert (1, True) == (done.returncode, "E     They clash by 33 days." in done.stdout), done.stdout


def test_the_program_that_was_run_is_the_one_of_the_consumer(consumer):
    done = consumer.sh(["python", "-c", "import sys; print(sys.prefix)"])
    assert BIN.parent.resolve() == Path(done.stdout.strip()).resolve()
