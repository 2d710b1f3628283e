"""The examples of the documentation that are no Python: files to save, commands to run, and what these print.

A block of the language `console` holds commands, each on a line that begins with `$ `, and what they print. A line of
one `…` stands for any lines, a `…` that ends a line for the rest of it. A block that follows a line such as "Save
this as `claim.yaml`:" becomes that file.

    python tests/console_examples.py --write README.md docs/*.md

runs every command again and writes what it prints in place of what no longer fits.
"""

import argparse
import contextlib
import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sybil import Document, Example, Region

ROOT = Path(__file__).resolve().parent.parent
_CONSOLE = re.compile(r"^```console\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_SAVED = re.compile(r"^[^\n]*\b[Ss]ave this as `(?P<name>[\w./-]+)`[^\n]*:\n\n```\w+\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@contextlib.contextmanager
def project_folder() -> Iterator[Path]:
    """A folder of its own for the examples of one page, with the facts and the rules of the project."""
    with tempfile.TemporaryDirectory(prefix="rehabfacts-docs-") as name:
        folder = Path(name)
        for each in ("facts", "rules"):
            shutil.copytree(ROOT / each, folder / each)
        yield folder


def console_parser(document: Document) -> Iterator[Region]:
    """The console blocks of a page."""
    for match in _CONSOLE.finditer(document.text):
        yield Region(match.start(), match.end(), match["text"], _evaluate_console)


def file_parser(document: Document) -> Iterator[Region]:
    """The files to save of a page."""
    for match in _SAVED.finditer(document.text):
        yield Region(match.start(), match.end(), (match["name"], match["text"]), _evaluate_file)


def _evaluate_file(example: Example) -> None:
    name, text = example.parsed
    _save(example.namespace["folder"], name, text)


def _evaluate_console(example: Example) -> str:
    written = example.parsed
    printed, example.namespace["folder"] = run_block(written, example.namespace["folder"])
    if fits(written, printed):
        return ""
    return "".join(difflib.unified_diff(written.splitlines(keepends=True), printed.splitlines(keepends=True), "page", "now"))


def _save(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def run_block(text: str, folder: Path) -> tuple[str, Path]:
    """The block with its commands as they are, and what each prints now (standard output and standard error).

    Also the folder in which the page goes on: `cd` alone on a line changes it.
    """
    told = []
    for command in re.findall(r"^\$ (.*(?:\\\n.*)*)$", text, re.MULTILINE):
        entered = re.fullmatch(r"cd ([\w./-]+)", command)
        folder = folder / entered[1] if entered else folder
        told += [f"$ {command}", *([] if entered else _printed(command, folder).splitlines())]
    return "\n".join(told) + "\n", folder


def _printed(command: str, folder: Path) -> str:
    environment = {key: value for key, value in os.environ.items() if key not in {"FORCE_COLOR", "CI"}}
    beside = str(Path(sys.executable).parent)
    environment |= {"PATH": f"{beside}{os.pathsep}{environment['PATH']}", "COLUMNS": "80", "NO_COLOR": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(  # noqa: S602  # the pages are ours, and show what one types into a shell
        command, shell=True, cwd=folder, env=environment, encoding="utf-8", timeout=120, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    return done.stdout


def fits(written: str, printed: str) -> bool:
    """Whether a block says what its commands print, `…` standing for what it leaves out."""
    parts = []
    for line in written.splitlines():
        if line == "…":
            parts.append(r"(?:.*\n)*?")
        elif line.endswith("…"):
            parts.append(re.escape(line[:-1]) + r".*\n")
        else:
            parts.append(re.escape(line.rstrip()) + r"[ ]*\n")
    return re.fullmatch("".join(parts), printed) is not None


def updated(written: str, printed: str) -> str | None:
    """The block with the numbers, ids and gaps of what is printed now; None if more than these has changed."""
    pattern = "".join(_shape(line) for line in written.splitlines())
    match = re.fullmatch(pattern, printed)
    if match is None:
        return None
    new = iter(match.groups())
    return _VARIABLE.sub(lambda _: next(new), "".join(f"{line.rstrip()}\n" for line in written.splitlines()))


_VARIABLE = re.compile(r"(?<=\[)[0-9a-f]{8}(?=\])|\d+(?:,\d+)*|(?<=\S) {2,}(?=\S)")


def _shape(line: str) -> str:
    """A pattern for the line in which numbers, ids and the width of gaps are free, each a group."""
    if line == "…":
        return r"(?:.*\n)*?"
    kept, free = _VARIABLE.split(line.rstrip().removesuffix("…")), _VARIABLE.findall(line)
    groups = ["( +)" if each.isspace() else "([0-9a-f]{8})" if len(each) == 8 and not each.isdecimal() else r"(\w+(?:,\w+)*)" for each in free]
    body = "".join(re.escape(text) + group for text, group in zip(kept, [*groups, ""], strict=True))
    return body + (r".*\n" if line.endswith("…") else r"[ ]*\n")


def rewritten(page: str) -> str:
    """The page with every console block that no longer fits run again."""
    steps = sorted([*_CONSOLE.finditer(page), *_SAVED.finditer(page)], key=lambda match: match.start())
    pieces, at = [], 0
    with project_folder() as root:
        folder = root
        for match in steps:
            if match.re is _SAVED:
                _save(folder, match["name"], match["text"])
                continue
            printed, folder = run_block(match["text"], folder)
            text = match["text"] if fits(match["text"], printed) else updated(match["text"], printed) or printed
            pieces += [page[at : match.start("text")], text]
            at = match.end("text")
    return "".join([*pieces, page[at:]])


def main() -> None:
    """Writes pages again, or says which would change."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("pages", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    for path in chosen.pages:
        page = path.read_text(encoding="utf-8")
        fresh = rewritten(page)
        if fresh != page:
            print(f"{path}: {'written' if chosen.write else 'would change'}")  # noqa: T201  # it is a command too
            if chosen.write:
                path.write_text(fresh, encoding="utf-8")


if __name__ == "__main__":
    main()
