"""Projects under git, for tests that change them step by step."""

import subprocess

import pytest
from copies import Project

ENTITIES = """
entities:
  - {id: law, type: Act}
  - {id: board, type: Body}
facts:
"""
LAW = """
- {id: law-adopted, type: Adoption, act: law, date: 1993-04-14, quote: the law was adopted}
- {id: board-created, type: Creation, body: board, act: law, date: 1993, quote: the board was created}
"""
ACTED_EARLY = "- {id: board-acted, type: Activity, body: board, period: 1992/1992, quote: the board acted}"


class History(Project):
    """A project under git."""

    def git(self, *arguments):
        done = subprocess.run(["git", *arguments], cwd=self.folder, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def commit(self, message="a change"):
        self.git("add", "-A")
        self.git("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false", "commit", "-q", "-m", message)
        return self.git("rev-parse", "HEAD")

    def merge(self, *branches, commit=True):
        self.git("-c", "user.name=t", "-c", "user.email=t@example.org", "merge", "-q", *(["-m", "merged"] if commit else ["--no-commit"]), *branches)
        return self.git("rev-parse", "HEAD")

    def facts_are(self, *blocks, path="facts/a.yaml"):
        lines = [line for block in (LAW, *blocks) for line in block.strip().splitlines()]
        self.write(path, "rehabfacts: 1" + ENTITIES + "\n".join(f"  {line}" for line in lines) + "\n")

    def states(self, fact, path):
        self.write(path, f"rehabfacts: 1\nfacts:\n  {fact}\n")


@pytest.fixture
def history(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    project = History(tmp_path)
    project.git("init", "-q", "-b", "main")
    project.facts_are()
    project.commit("the first facts")
    return project


def classes(done):
    """The class and the rule of each violation that is told."""
    names = ("new by the merge", "new", "worsened", "fixed")
    found = []
    for line in done.lines:
        name = next((each for each in names if line.startswith(f"{each}  ")), None)
        if name:
            found.append((name, line.split("  ")[3]))
    return found
