"""A door for pytest: with `--rehabfacts` every rule is an item, and datasets come as fixtures."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from rehabfacts.checker.reports import Report
    from rehabfacts.checker.violations import Violation
    from rehabfacts.dataset import Dataset

_MOST = 20
_REPORT = pytest.StashKey["Report"]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the option `--rehabfacts` and the setting `rehabfacts_paths`."""
    group = parser.getgroup("rehabfacts", "consistency of facts")
    group.addoption("--rehabfacts", action="store_true", help="check facts: every rule becomes a test")
    parser.addini("rehabfacts_paths", "files and directories of facts and rules; those of rehabfacts.toml, or facts and rules", type="args", default=[])


@pytest.fixture(scope="session")
def rehabfacts_report(pytestconfig: pytest.Config) -> "Report":
    """The report on the facts of the project, under its settings."""
    return _report(pytestconfig)


@pytest.fixture(scope="session")
def rehabfacts_dataset(rehabfacts_report: "Report") -> "Dataset":
    """The dataset of the project as it was judged."""
    return rehabfacts_report.dataset


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Adds an item for the input, and one for every rule that demands something, before others select among all items."""
    if config.getoption("--rehabfacts"):
        items.extend(RulesCollector.from_parent(session, name="rehabfacts", nodeid="rehabfacts").collect())


def _report(config: pytest.Config) -> "Report":
    """The report on the project's facts, made once a session."""
    if _REPORT not in config.stash:
        config.stash[_REPORT] = _checked(config)
    return config.stash[_REPORT]


def _checked(config: pytest.Config) -> "Report":
    from contextlib import chdir  # noqa: PLC0415  # a plain test run need not load any of this

    from rehabfacts.api import check  # noqa: PLC0415
    from rehabfacts.settings import find_settings  # noqa: PLC0415

    with chdir(config.rootpath):
        settings = find_settings()
        paths = config.getini("rehabfacts_paths") or settings.paths or [name for name in ("facts", "rules") if (config.rootpath / name).is_dir()]
        return check(*paths, settings=settings)


class RulesCollector(pytest.Collector):
    """The items of one check."""

    def collect(self) -> Iterable[pytest.Item]:
        """The input first, then the rules in the order of the report."""
        from rehabfacts.checker.violations import FACTS_AGREE  # noqa: PLC0415

        report = _report(self.config)
        yield InputItem.from_parent(self, name="the input was read and judged whole", report=report)
        found: dict[str, list[Violation]] = {name: [] for name in (*(each.rule.id for each in report.counts), FACTS_AGREE)}
        for violation in report.violations:
            found.setdefault(violation.rule_id, []).append(violation)
        matched = {FACTS_AGREE, *(each.rule.id for each in report.counts if each.has_matched)}
        for name, violations in found.items():
            failing = [each for each in violations if report.fails(each)]
            yield RuleItem.from_parent(self, name=name, violations=failing, has_matched=name in matched or bool(violations))


class BrokenRule(Exception):  # pytest shows it, nobody catches it
    """A rule that facts break; `lines` tell it."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__(lines)
        self.lines = lines


class _Item(pytest.Item):
    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The conflicts, told like failed assertions."""
        if isinstance(excinfo.value, BrokenRule):
            from rehabfacts.reports.text import escaped  # noqa: PLC0415

            return "\n".join(f"E   {line}" if line else "" for text in excinfo.value.lines for line in escaped(text))
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Any, int | None, str]:
        """Where the item is said to be, and its name."""
        return self.config.rootpath / "rehabfacts", None, self.name


class InputItem(_Item):
    """Passes if every file was read and everything was judged."""

    def __init__(self, *, report: "Report", **arguments: Any) -> None:
        super().__init__(**arguments)
        self._told = report

    def runtest(self) -> None:
        """Fails with the mistakes of the input."""
        report = self._told
        texts = [str(each) for each in report.problems if not each.is_warning]
        if not report.is_complete or report.complaints:
            raise BrokenRule([*texts, *report.unfinished, *report.complaints] or ["not every demand was evaluated"])


class RuleItem(_Item):
    """Passes if nothing violates the rule; is skipped if the rule speaks of nothing."""

    def __init__(self, *, violations: "list[Violation]", has_matched: bool, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._violations, self._has_matched = violations, has_matched

    def runtest(self) -> None:
        """Fails with the violations at or above the threshold."""
        if self._violations:
            raise BrokenRule([line for each in self._violations[:_MOST] for line in _told(each)] + _more(self._violations))
        if not self._has_matched:
            pytest.skip("the rule never matched")


def _told(violation: "Violation") -> Iterator[str]:
    from rehabfacts.checker.stories import tell  # noqa: PLC0415

    story = tell(violation)
    yield f"{story.origin}: {violation.severity}: {story.says} [{violation.id}]"
    yield from (f"  {member.origin}: {member.says}" + (f" “{member.quote}”" if member.quote else "") for member in story.members[:_MOST])
    yield f"  {f'{story.note} {story.clash}'.strip()}"
    yield ""


def _more(violations: "list[Violation]") -> list[str]:
    return [f"… and {len(violations) - _MOST} more"] if len(violations) > _MOST else []
