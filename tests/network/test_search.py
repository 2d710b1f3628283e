"""The choice of branches: fast where no two choices are independent, and limited where nothing helps."""

import itertools
import random
import time

import pytest
from small_networks import all_hold, check_proof

from rehabfacts.network.contradictions import CaseLimitError, Cases, Chain
from rehabfacts.network.inequalities import at_least, at_most
from rehabfacts.network.networks import Network
from rehabfacts.network.search import Search
from rehabfacts.network.solutions import Dating, solve

THIRTY = 30


class Story:
    """Rows, and clauses of which some have several branches."""

    def __init__(self):
        self.rows, self.clauses = [], []

    def says(self, *branches):
        """One of the branches holds."""
        places = itertools.count(len(self.rows))
        self.clauses.append(tuple(tuple(next(places) for _ in branch) for branch in branches))
        self.rows += [row for branch in branches for row in branch]


def on(event, day):
    return (at_least(event, day), at_most(event, day))


def after(earlier, later, *days):
    """The later event is so many days after the earlier one, or between two numbers of days."""
    least, most = days[0], days[-1]
    return ((earlier, later, least, 0, False), (later, earlier, -most, 0, False))


def ordered(days):
    """Events one after another, each on one of its days."""
    story = Story()
    for event in range(1, len(days)):
        story.says(((event, event + 1, 1, 0, False),))
    for event, each in enumerate(days, 1):
        story.says(*(on(event, day) for day in each))
    return story


def first_fit(days):
    """Whether events can follow each other if each takes the first of its days that is late enough."""
    last = None
    for each in days:
        late = [day for day in each if last is None or day > last]
        if not late:
            return False
        last = min(late)
    return True


def check(story, holds, most_seconds=1.0):
    """The answer, if it is right, shown, and quick."""
    began = time.process_time()
    answer = solve(story.rows, story.clauses)
    assert time.process_time() - began < most_seconds
    assert isinstance(answer, Dating) is holds
    if holds:
        size = max(answer.values) + 1
        values = [answer.values.get(variable, 0) for variable in range(size)]
        assert all(any(all_hold([story.rows[n] for n in branch], values) for branch in clause) for clause in story.clauses)
    else:
        check_proof(story.rows, story.clauses, answer)
    return answer


def readings(seed, *, is_late):
    """Two days for each of thirty events; one is late for all that come after it, or none is."""
    rng = random.Random(seed)  # noqa: S311  # a seed, not a secret
    days = [[3 * event + rng.randint(0, 1), 3 * event - rng.randint(0, 12)] for event in range(THIRTY)]
    if is_late:
        days[rng.randrange(20, THIRTY)] = [40, 41]
    for each in days:
        rng.shuffle(each)
    return days


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("is_late", [False, True])
def test_thirty_events_in_order_on_one_of_two_days_each(seed, is_late):
    days = readings(seed, is_late=is_late)

    assert first_fit(days) is not is_late
    check(ordered(days), not is_late)


@pytest.mark.parametrize("seed", range(10))
def test_thirty_events_in_any_order_of_clauses(seed):
    story = ordered(readings(seed, is_late=True))
    random.Random(seed).shuffle(story.clauses)  # noqa: S311

    check(story, holds=False)


@pytest.mark.parametrize("days", [(3, 5), (5, 3)])
def test_thirty_steps_that_are_too_long_together_are_one_chain(days):
    for most, holds in ((90, True), (89, False)):
        story = Story()
        story.says(on(1, 0))
        story.says((at_most(THIRTY + 1, most),))
        for event in range(1, THIRTY + 1):
            story.says(*(((event, event + 1, each, 0, False),) for each in days))
        answer = check(story, holds)

        assert holds or isinstance(answer, Chain)


def test_thirty_events_between_limits_of_their_neighbours():
    for shift, holds in ((0, True), (9, False)):
        story = Story()
        for event in range(1, THIRTY):
            story.says(after(event, event + 1, 4, 6))
        for event in range(1, THIRTY + 1):
            moved = shift if event == THIRTY else 0
            story.says(on(event, 5 * event - 1 + moved), on(event, 5 * event + 2 + moved), on(event, 5 * event + moved))
        check(story, holds)


def test_events_that_exclude_each_other_in_too_short_a_time():
    for most, holds in ((12, True), (11, False)):
        story = Story()
        for event in range(1, 6):
            story.says((at_least(event, 0), at_most(event, most)))
        for one, two in itertools.combinations(range(1, 6), 2):
            story.says(((one, two, 3, 0, False),), ((two, one, 3, 0, False),))
        check(story, holds)


def steps(most):
    """Thirty steps of exactly three or five days, so many days in all: an odd number of days is never reached."""
    story = Story()
    story.says(on(1, 0))
    story.says(on(THIRTY + 1, most))
    for event in range(1, THIRTY + 1):
        story.says(after(event, event + 1, 3), after(event, event + 1, 5))
    return story


@pytest.mark.timed
def test_what_takes_too_many_cases_is_left_undetermined_within_seconds():
    check(steps(100), holds=True)
    story = steps(101)
    began = time.process_time()

    with pytest.raises(CaseLimitError, match=r"^4,096 cases tried$"):
        solve(story.rows, story.clauses)
    assert time.process_time() - began < 5


def test_clauses_that_have_nothing_to_do_with_each_other_are_chosen_one_after_another():
    story = Story()
    for event in range(1, 3_001):
        story.says(on(event, event), on(event, -event))

    check(story, holds=True, most_seconds=5)


def test_a_clause_that_holds_by_what_another_chose_is_not_tried_for_itself():
    story = Story()
    for event in range(3, 15):
        story.says(((1, 2, 1, 0, False),), ((2, 1, 1, 0, False),), (at_least(event, 1),))
        story.says(((2, 1, 0, 0, False), at_most(event, 0)), ((1, 2, 1, 0, False), at_most(event, 0)))
    story.says(((2, 1, 0, 0, False),))
    search = Search(Network.of(15, story.rows), story.clauses)

    assert search.run() is None
    assert search.cases <= 1  # each of the twelve would try in vain what the last clause excludes


def test_one_contradiction_among_many_clauses_is_told_by_those_that_make_it():
    story = Story()
    for event in range(1, 501):
        story.says(on(event, event), on(event, -event))
    story.says(on(250, 7), on(250, 8))
    proof = check(story, holds=False)

    assert isinstance(proof, Cases)
    assert story.clauses[proof.clause] in {story.clauses[249], story.clauses[500]}


def state(network):
    """The bounds of every variable and their reasons, and what each further row would contradict."""
    found = []
    for each in (network.least, network.greatest):
        known = [(each.bound(variable), each.reason(variable)) for variable in range(THIRTY + 2)]
        found.append((each.depth, known, [each.contradiction((number,)) for number in range(len(each.rows))]))
    return found


def test_the_network_is_left_as_it_was():
    for most in (100, 101):
        story = steps(most)
        network = Network.of(THIRTY + 2, story.rows)
        network.add([number for clause in story.clauses if len(clause) == 1 for number in clause[0]])
        before = state(network)
        search = Search(network, [clause for clause in story.clauses if len(clause) > 1])
        try:
            search.run()
        except CaseLimitError:
            assert most == 101
        search.close()

        assert state(network) == before


def test_the_branch_that_is_asked_for_is_tried_first():
    story = Story()
    story.says(on(1, 5), on(1, 6), on(1, 7))
    for first in range(3):
        search = Search(Network.of(2, story.rows), story.clauses, first=[first])

        assert search.run() is None
        assert search.chosen == {0: first}
