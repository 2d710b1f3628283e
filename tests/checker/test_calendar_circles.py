"""Calendar months that lead round a circle: the bound is where the circle closes, and its certificate tells the whole way."""

from rehabfacts import INSTITUTIONS, Mode, Rule, check_dataset
from rehabfacts.calendars import iso
from rehabfacts.dataset import Ambiguity, Dataset, Reading
from rehabfacts.network.verify import verify
from rehabfacts.periods import Period
from rehabfacts.vocabulary.entities import Body
from rehabfacts.vocabulary.facts import Activity, Creation

CIRCLE = ("a.period.start >= 1993-02-01", "a.period.end = a.period.start + 1 month", "a.period.end >= a.period.start + 31 days")


def report_on(*formulas):
    dataset = Dataset.of(INSTITUTIONS, [Body(id="body")], [Activity(id="acted", body="body", period=Period.parse("1993/"))])
    rules = [Rule.of(f"rule-{n}", Mode.DEFINE, formula, scans={"a": "Activity"}, schema=INSTITUTIONS) for n, formula in enumerate(formulas)]
    return check_dataset(dataset, rules)


def test_a_month_of_31_days_is_looked_for_from_february_on():
    report = report_on(*CIRCLE)

    start = next(bound for bound in report.bounds("acted") if bound.name == "period.start")
    assert (iso(start.tightened[0]), report.complaints) == ("1993-03-01", ())


def test_the_way_round_the_circle_is_in_the_certificate_and_no_other_bound_passes():
    certificate = report_on(*CIRCLE).main.certificate

    ways = [each for each in certificate["given"]["least_by"] if isinstance(each, list)]
    assert ways
    variable = next(at for at, each in enumerate(certificate["given"]["least_by"]) if isinstance(each, list))
    certificate["given"]["least"][variable] += 1
    assert verify(certificate) != []


def test_a_reading_that_could_not_be_judged_makes_the_run_incomplete():
    created = {name: Creation(id="created", body=name) for name in ("one", "two")}
    readings = tuple(Reading(name, {"created": fact}, is_held=name == "one") for name, fact in created.items())
    bodies = {name: Body(id=name) for name in created}
    dataset = Dataset(INSTITUTIONS, bodies, {}, (Ambiguity("which", readings),)).under({"which": "one"})
    rule = Rule.of(
        "no-such-month", Mode.DEFINE, "c.date + 1 month - 29 days <= c.date and c.date <= c.date + 1 month - 30 days",
        scans={"c": "Creation"}, schema=INSTITUTIONS, where="c.body = 'two'",
    )  # fmt: skip

    report = check_dataset(dataset, [rule])

    assert (report.is_complete, report.exit_status, report.complaints) == (False, 3, ())
    assert report.unfinished == (
        "reading which=two: a cycle of calendar months was not decided, so these were left out: no-such-month",
    )
