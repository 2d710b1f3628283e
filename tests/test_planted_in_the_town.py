"""A small town without a contradiction, and one planted for each demand on persons, terms, records and what else the real dataset lacks."""

import functools
import re

import attrs
import pytest
from copies import ROOT, members, without

import rehabfacts

TOWN = (ROOT / "tests" / "data" / "town" / "town.yaml").read_text(encoding="utf-8")
RULES = tuple(rule for rule in rehabfacts.builtin.rules() if rule.id not in {"fact-has-quote", "body-has-creation"})
NOTE = rehabfacts.Severity.NOTE


@attrs.frozen
class Plant:
    """The facts of the conflict, the lines that are put in (for one of that id, or at the end), and what else is then violated."""

    members: tuple[str, ...]
    lines: tuple[str, ...]
    beside: tuple[tuple[str, tuple[str, ...]], ...] = ()


def plant(members, *lines, **beside):
    found = ((rule.replace("_", "-"), tuple(sorted(facts.split()))) for rule, facts in beside.items())
    return Plant(tuple(sorted(members.split())), lines, tuple(found))


PLANTS = {
    # bodies and acts
    "continued-body-acts-within-life-or-continuation": plant(
        "board-ceased board-went-on dredging",
        "{id: dredging, type: Activity, body: harbour-board, period: 1821-05-01/1851-04-30}",
    ),
    "continued-body-meets-within-life-or-continuation": plant(
        "board-ceased board-went-on met", "{id: met, type: Meeting, body: harbour-board, period: 1851-05-02}",
    ),
    "continued-body-speaks-within-life-or-continuation": plant(
        "board-ceased board-went-on spoke", "{id: spoke, type: Statement, body: harbour-board, date: 1852}",
    ),
    "continued-body-has-mandate-within-life-or-continuation": plant(
        "board-created board-went-on more", "{id: more, type: Mandate, body: harbour-board, task: build a quay, period: 1819-05-01/1822}",
    ),
    "continuation-reaches-beyond-formal-life": plant(
        "again council-ceased council-created", "{id: again, type: Continuation, body: council, period: 1830-01-01/1840}",
    ),
    "continuation-joins-formal-life": plant(
        "again council-ceased", "{id: again, type: Continuation, body: council, period: 1875-01-01/1876}",
    ),
    "succession-without-gap": plant("board-ceased office-created office-succeeds", "{id: office-created, type: Creation, body: port-office, date: 1852}"),
    "succession-without-double-life": plant(
        "board-ceased office-created office-succeeds", "{id: office-created, type: Creation, body: port-office, date: 1850-06}",
    ),
    "amended-while-in-force": plant(
        "harbour-law-repealed late later late-adopted", "{id: harbour-law-repealed, type: Repeal, act: harbour-law, by: late-law}",
        "{id: late-adopted, type: Adoption, act: late-law, date: 1855}", "{id: late, type: Amendment, act: later-law, amended: harbour-law}",
        "{id: later, type: Adoption, act: later-law, date: 1856}",
    ),
    "excluding-act-amends-the-whole": plant(
        "harbour-law-5-part port-law-excludes", "{id: port-law-amends, type: Amendment, act: port-law, amended: charter}",
    ),
    "repealing-act-after-repealed": plant(
        "charter-adopted statutes-adopted statutes-repealed", "{id: statutes-adopted, type: Adoption, act: old-statutes, date: 1806-09-01}",
    ),
    "in-force-after-adoption": plant(
        "harbour-law-adopted harbour-law-in-force", "{id: harbour-law-in-force, type: EntryIntoForce, act: harbour-law, date: 1820-02-15}",
        in_force_after_publication="harbour-law-in-force harbour-law-published",
    ),
    "in-force-after-publication": plant(
        "harbour-law-in-force harbour-law-published", "{id: harbour-law-published, type: Publication, act: harbour-law, date: 1820-06-15}",
    ),
    "transition-ends-after-clause-works": plant(
        "port-law-adopted port-law-transition", "{id: port-law-transition, type: TransitionClause, act: port-law, provision: harbour-law-5, until: 1850-10-01}",
        body_within_its_legal_basis="board-ceased board-enabled port-law-transition",
    ),
    "body-within-its-legal-basis": plant(
        "board-ceased board-enabled port-law-transition", "{id: board-ceased, type: Cessation, body: harbour-board, date: 1851-01-31}",
        succession_without_double_life="board-ceased office-created office-succeeds",
    ),
    "act-adopted-within-lifetime-of-its-state": plant(
        "charter-adopted charter-of-city city", "{id: charter-adopted, type: Adoption, act: charter, date: 1806-08-01}",
    ),
    "adopted-within-competence": plant(
        "harbour-law-adopted powers", "{id: powers, type: Competence, body: council, matter: the harbour, provision: charter-2, period: 1821-01-01/1860-12-31}",
    ),
    "adopted-by-competent-body": plant(
        "harbour-law-adopted powers", "{id: harbour-law-adopted, type: Adoption, act: harbour-law, by: senate, under: powers, date: 1820-03-01}",
    ),
    "competence-within-body-lifetime": plant(
        "council-ceased powers", "{id: powers, type: Competence, body: council, matter: the harbour, provision: charter-2, period: 1807-01-01/1872-12-31}",
    ),
    "competence-within-its-basis": plant(
        "charter-2-excluded powers reform", "{id: charter-2-excluded, type: Exclusion, provision: charter-2, act: reform-law}",
        "{id: reform, type: Adoption, act: reform-law, date: 1848-05-18}", "{id: amends, type: Amendment, act: reform-law, amended: charter}",
    ),
    "acts-within-time-of-mandate": plant(
        "charge dredging", "{id: charge, type: Mandate, body: harbour-board, task: dredge the harbour, period: 1821-06-01/1851-03-31}",
    ),
    "acts-under-its-own-mandate": plant("charge dredging", "{id: charge, type: Mandate, body: council, task: dredge the harbour}"),
    "assessment-until-body-ceases": plant(
        "council-ceased verdict", "{id: verdict, type: Assessment, body: council, content: the harbour is too small, date: 1871-02}",
    ),
    "access-alternates": plant(
        "closed opened opened-again", "{id: opened, type: AccessChange, archive: papers, change: opened, date: 1830}",
        "{id: opened-again, type: AccessChange, archive: papers, change: opened, date: 1840}",
        "{id: closed, type: AccessChange, archive: papers, change: closed, date: 1850}",
    ),
    "ceased-body-worked-on-the-provision": plant(
        "office-ceased", "{id: office-ceased, type: Cessation, body: port-office, provision: charter-2, date: 1860}",
    ),
    "who-speaks-in-an-office-holds-it": plant(
        "dan-member spoke", "{id: spoke, type: Statement, speaker: emil, made_in: dan-member, about: harbour-board, date: 1841}",
    ),
    "identity-of-two-mentions": plant("same", "{id: same, type: Identity, mention: council, entity: council}"),
    # persons
    "life-of-possible-length": plant(
        "emil-died emil-member", "{id: emil-died, type: Death, person: emil, date: 1966-05-02}",
    ),
    "serves-at-possible-age": plant("clara-born late", "{id: late, type: Membership, person: clara, body: senate, period: 1935-05-01/1936}"),
    "parent-born-before-child": plant(
        "ada-born fay-born fay-of-ada", "{id: fay-of-ada, type: Parenthood, parent: fay, child: ada, role: father}", "{id: fay-born, type: Birth, person: fay, date: 1781}",
        parent_old_enough_at_birth_of_child="ada-born fay-born fay-of-ada",
    ),
    "parent-old-enough-at-birth-of-child": plant(
        "ada-born fay-born fay-of-ada", "{id: fay-of-ada, type: Parenthood, parent: fay, child: ada, role: father}", "{id: fay-born, type: Birth, person: fay, date: 1771}",
    ),
    "mother-young-enough-at-birth-of-child": plant(
        "ada-born fay-born fay-of-ada", "{id: fay-of-ada, type: Parenthood, parent: ada, child: fay, role: mother}", "{id: fay-born, type: Birth, person: fay, date: 1844}",
    ),
    "mother-alive-at-birth-of-child": plant(
        "ada-died clara-born clara-of-ada", "{id: ada-died, type: Death, person: ada, date: 1808-12-24}",
    ),
    "father-alive-before-birth-of-child": plant(
        "bruno-died clara-born clara-of-bruno", "{id: bruno-died, type: Death, person: bruno, date: 1809-05-20}",
    ),
    "child-has-one-mother-and-one-father": plant("clara-of-ada other", "{id: other, type: Parenthood, parent: fay, child: clara, role: mother}"),
    "children-of-one-mother-twins-or-months-apart": plant(
        "clara-born clara-of-ada fay-born fay-of-ada", "{id: fay-of-ada, type: Parenthood, parent: ada, child: fay, role: mother}",
        "{id: fay-born, type: Birth, person: fay, date: 1810-07}",
    ),
    "baptised-while-alive": plant("clara-baptised clara-born", "{id: clara-baptised, type: Baptism, person: clara, date: 1810-05-01}"),
    "buried-after-death": plant("bruno-buried bruno-died", "{id: bruno-buried, type: Burial, person: bruno, date: 1809-11-19}"),
    "spouses-alive-at-marriage": plant("bruno-died wedding", "{id: wedding, type: Marriage, one: ada, other: bruno, date: 1810}"),
    "spouses-old-enough-at-marriage": plant("ada-born wedding", "{id: wedding, type: Marriage, one: ada, other: bruno, date: 1791}"),
    "spouses-are-two-persons": plant("again", "{id: again, type: Marriage, one: ada, other: ada, date: 1820}"),
    "resident-while-alive": plant("clara-born clara-lived", "{id: clara-lived, type: Residence, person: clara, period: 1809-01-01/1840-12-31}"),
    "works-while-alive": plant("dan-died dan-the-pilot", "{id: dan-the-pilot, type: Occupation, person: dan, trade: pilot, period: 1825-01-01/1861-12-31}"),
    "speaks-while-alive": plant("ada-died spoke", "{id: spoke, type: Statement, speaker: ada, about: harbour-board, date: 1846}"),
    "signs-while-alive": plant("dan-died signed", "{id: signed, type: Adoption, act: late-law, signed_by: dan, date: 1862}"),
    "serves-while-alive": plant(
        "dan-died again", "{id: again, type: Membership, person: dan, body: council, period: 1855-05-01/1863-05-01}",
    ),
    "serves-when-old-enough": plant("dan-born first", "{id: first, type: Membership, person: dan, body: council, period: 1815-05-01/1819}"),
    # terms
    "member-within-body-lifetime": plant("council-ceased last", "{id: last, type: Membership, person: emil, body: council, period: 1865-05-01/1873-05-01}"),
    "member-sits-in-body-of-seat": plant("last seat-of-council", "{id: last, type: Membership, person: emil, body: senate, seat: seat-1, period: 1851-05-01/1852}"),
    "member-within-time-of-seat": plant(
        "emil-member seat-of-council", "{id: seat-of-council, type: SeatOf, seat: seat-1, body: council, period: 1806-10-01/1850-12-31}",
    ),
    "seat-within-body-lifetime": plant(
        "council-created seat-of-council", "{id: seat-of-council, type: SeatOf, seat: seat-1, body: council, period: 1806-05-01/1871-01-17}",
    ),
    "seat-filled-by-one-at-a-time": plant(
        "dan-member emil-member", "{id: emil-member, type: Membership, person: emil, body: council, seat: seat-1, period: 1843-04-30/1851-05-01}",
    ),
    "memberships-of-one-person-apart": plant(
        "again emil-member", "{id: again, type: Membership, person: emil, body: council, seat: seat-1, period: 1843-05-01/1852-05-01}",
    ),
    "holdings-of-one-person-apart": plant("again dan-mayor", "{id: again, type: OfficeHolding, person: dan, office: mayor, period: 1841-05-01/1844-05-01}"),
    "sole-office-held-by-one-at-a-time": plant("dan-mayor emil-mayor one-mayor", "{id: emil-mayor, type: OfficeHolding, person: emil, office: mayor, period: 1843/1845}",
                                               "{id: dan-mayor, type: OfficeHolding, person: dan, office: mayor, period: 1840-05-01/1844-05-01}"),
    "office-held-within-its-lifetime": plant(
        "dan-mayor mayor-established", "{id: mayor-established, type: OfficeEstablishment, office: mayor, date: 1841}",
    ),
    "office-within-lifetime-of-its-state": plant(
        "city senators senators-of-city", "{id: senators, type: OfficeAbolition, office: senator, date: 1872}",
    ),
    "office-within-lifetime-of-its-body": plant(
        "council-ceased late mayor-of-council", "{id: late, type: OfficeHolding, person: emil, office: mayor, period: 1870-05-01/1872}",
    ),
    "serves-after-election": plant("dan-member vote", "{id: vote, type: Election, person: dan, body: council, date: 1835-05-20}"),
    "serves-who-was-elected": plant("dan-member vote", "{id: vote, type: Election, person: emil, body: council, date: 1835-04-20}"),
    "elected-after-birth": plant("clara-born early", "{id: early, type: Election, person: clara, body: council, date: 1809}"),
    # records, provenance and quantities
    "entry-into-force-names-one-thing": plant("neither", "{id: neither, type: EntryIntoForce, date: 1820}"),
    "transition-clause-names-one-thing": plant("neither", "{id: neither, type: TransitionClause, act: port-law, until: 1855}"),
    "statement-names-who-speaks": plant("anonymous", "{id: anonymous, type: Statement, about: harbour-board, date: 1841}"),
    "election-names-office-or-body": plant("vain", "{id: vain, type: Election, person: dan, date: 1834}"),
    "birth-says-when-or-where": plant("emil-born", "{id: emil-born, type: Birth, person: emil}"),
    "citation-has-its-own-place": plant("first-citation second", '{id: second, type: Citation, source: chronicle, work: atlas, mark: "[2]", order: 1}'),
    "one-mark-for-one-work": plant("first-citation second", '{id: second, type: Citation, source: chronicle, work: atlas, mark: "[1]", order: 2}'),
    "hearsay-names-who-said-it": plant("rumour", "{id: rumour, type: Residence, person: emil, period: 1840-01-01/1845, status: reported}"),
    "cited-reference-is-recorded": plant("cited", '{id: cited, type: Residence, person: emil, period: 1840-01-01/1845, cites: "[7]"}'),
    "part-and-whole-are-two-counts": plant("circle sailors-counted", "{id: circle, type: Share, part: sailors-counted, whole: sailors-counted}"),
    "breakdown-has-two-parts": plant(
        "by-trade some", "{id: by-trade, type: Breakdown, whole: sailors-counted}",
        "{id: some, type: Share, part: sailors-counted-again, whole: sailors-counted, breakdown: by-trade}",
        "{id: sailors-counted-again, type: Count, population: pilots, value: 1200 persons, extent: moment, as_of: 1841-01-01}",
    ),
    "count-at-a-moment-names-no-period": plant(
        "recounted", "{id: recounted, type: Count, population: sailors, value: 1200 persons, extent: moment, as_of: 1850-01-01, period: 1849/1850}",
    ),
}  # fmt: skip
"""By the rule that is broken. Where a chain is the point, the conflict holds facts of which no two clash."""


def town(lines=()):
    """The town's file with lines put in; entities that only they name are declared."""
    text = TOWN
    for line in lines:
        name = re.match(r"\{id: ([\w-]+),", line)[1]
        text, replaced = re.subn(rf"^  - \{{id: {name}, type: .*$", f"  - {line}", text, flags=re.MULTILINE)
        text += "" if replaced else f"  - {line}\n"
    return text.replace("facts:\n", NEWCOMERS + "facts:\n", 1)


NEWCOMERS = """\
  - {id: fay, type: Person}
  - {id: papers, type: Archive}
  - {id: pilots, type: Population}
  - {id: senate, type: Body}
  - {id: late-law, type: Act}
  - {id: later-law, type: Act}
  - {id: reform-law, type: Act}
"""


@pytest.fixture(scope="module")
def report_of(tmp_path_factory):
    """The report on the town with the contradiction planted for a rule, each judged once; without a rule, on the town as it is."""
    folder = tmp_path_factory.mktemp("town")

    @functools.cache
    def report(rule=None):
        file = folder / f"{rule or 'town'}.yaml"
        file.write_text(town(PLANTS[rule].lines if rule else ()), encoding="utf-8")
        return rehabfacts.check(file, rules=RULES)

    return report


def test_the_town_itself_holds_no_contradiction(report_of):
    report = report_of()
    assert ([str(each) for each in report.problems], members(report, mildest=NOTE), report.exit_status) == ([], [], 0)


@pytest.mark.parametrize("rule", PLANTS)
def test_a_planted_contradiction_is_found_with_exactly_its_members_and_brings_up_nothing_else(report_of, rule):
    plant, report = PLANTS[rule], report_of(rule)
    severity = next(each.severity for each in RULES if each.id == rule)

    assert ([str(each) for each in report.problems], report.complaints) == ([], ())
    assert sorted(members(report, mildest=NOTE)) == sorted([(rule, plant.members), *plant.beside])
    assert report.exit_status == int(severity is rehabfacts.Severity.ERROR or any(report.fails(each) for each in report))


@pytest.mark.parametrize("rule", PLANTS)
def test_without_any_member_a_planted_contradiction_is_gone(report_of, rule):
    for fact in PLANTS[rule].members:
        rest = without(report_of(rule), [fact])
        assert (rule, PLANTS[rule].members) not in members(rest, mildest=NOTE), f"without {fact}"
