"""How many random networks the oracles judge, with what seed, and the lines that say what they judged.

    pytest tests/oracles                                what a run of all tests judges
    pytest tests/oracles --networks 10000               so many; then every solver that judges must be installed
    HYPOTHESIS_PROFILE=night pytest tests/oracles       many, others every night
"""

import datetime as dt
import importlib
import os

import pytest
from tallies import Tally

IS_NIGHT = os.environ.get("HYPOTHESIS_PROFILE") == "night"
FEW, MANY = 500, 100_000
"""Without a number: what a plain run of all tests judges, and what a night does."""
PEERS = {"z3": "z3-solver", "clingo": "clingo", "clingodl": "clingo-dl", "networkx": "networkx"}
"""Solvers of others, as they are imported and as they are installed; a fixture each."""


def pytest_addoption(parser):
    group = parser.getgroup("oracles")
    group.addoption("--networks", type=int, help="how many random networks each oracle judges; their solvers must then be installed")
    group.addoption("--networks-seed", type=int, help="the seed of the random networks")


def pytest_configure(config):
    config.addinivalue_line("markers", "peer: judged by a solver of others, which the extra `oracles` installs")


def pytest_collection_modifyitems(items):
    for item in items:
        if not PEERS.keys().isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker("peer")


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem):
    """A test of an oracle ends by closing its tallies: those of the fixture `tally`."""
    result = yield
    for each in getattr(pyfuncitem, "tallies", ()):
        each.close()
    return result


def pytest_terminal_summary(terminalreporter):
    reports = (report for reports in terminalreporter.stats.values() for report in reports if getattr(report, "when", "") == "teardown")
    lines = sorted(line for report in reports for name, line in report.user_properties if name == "judged")
    terminalreporter.section("oracles")
    for line in lines:
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def seed(request):
    """The same every day; another every night."""
    given = request.config.getoption("--networks-seed", default=None)
    return given if given is not None else dt.datetime.now(tz=dt.UTC).date().toordinal() if IS_NIGHT else 1993


@pytest.fixture(scope="session")
def size(request):
    """How many networks an oracle judges."""
    return request.config.getoption("--networks", default=None) or (MANY if IS_NIGHT else FEW)


@pytest.fixture
def tally(request, seed):
    """Makes tallies; when the test ends each must have judged what it promised, and says so in the summary."""
    made = request.node.tallies = []

    def make(judge, what, promised, outcomes, *, left_open=""):
        made.append(Tally(judge, what, promised, outcomes, seed, left_open))
        return made[-1]

    yield make
    request.node.user_properties += [("judged", each.line) for each in made]


def _peer(request, module):
    try:
        return importlib.import_module(module)
    except ImportError:
        reason = f"{PEERS[module]} is not installed: pip install -e '.[oracles]'"
    if request.config.getoption("--networks", default=None) is not None:
        pytest.fail(f"asked to judge with it, but {reason}")
    return pytest.skip(reason)


@pytest.fixture
def z3(request):
    return _peer(request, "z3")


@pytest.fixture
def networkx(request):
    return _peer(request, "networkx")


@pytest.fixture
def clingo(request):
    return _peer(request, "clingo")


@pytest.fixture
def clingodl(request, clingo):
    return _peer(request, "clingodl")
