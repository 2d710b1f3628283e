"""Stated means stated: dates, numbers and names that a fact carries and its quote does not."""

import pytest
from copies import Project, run

import rehabfacts
from rehabfacts.checker.provenance.stated import statements
from rehabfacts.dataset import Dataset

_TYPES = {name: each.cls for name, each in rehabfacts.INSTITUTIONS.types.items()}
Body, Population, Work, Activity, Citation, Count, Creation = (_TYPES[name] for name in "Body Population Work Activity Citation Count Creation".split())

BODY, PEOPLE, WORK = Body(id="commission"), Population(id="people"), Work(id="work")


def stated(kind, value, quote, language, **fields):
    """What becomes of a value: "found", with what the fact leaves out, or what the quote says instead."""
    if kind == "date":
        fact = Creation(id="f", body="commission", date=rehabfacts.Date.parse(value), quote=quote, **fields)
    elif kind == "period":
        fact = Activity(id="f", body="commission", period=rehabfacts.Period.parse(value), quote=quote, **fields)
    else:
        fact = Count(id="f", population="people", value=rehabfacts.Quantity.parse(value), extent="moment", quote=quote, **fields)
    dataset = Dataset.of(rehabfacts.INSTITUTIONS, (BODY, PEOPLE), (fact,))
    (found,) = statements(dataset, fact, language)
    return "; ".join(("found", *found.lost)) if found.is_found else found.instead


TABLE = [
    # a day
    ("date", "1993-04-14", "від 14 квітня 1993 року", "uk", "found"),
    ("date", "1993-04-14", "з 19 липня 1993 року", "uk", "the quote says “19 липня 1993 року”"),
    ("date", "1993-04-14", "від 14 квітня 1994 року", "uk", "the quote says “14 квітня 1994 року”"),
    ("date", "1993-04-14", "у квітні 1993 року", "uk", "the quote says “квітні 1993 року”"),
    ("date", "1993-04-14", "у 1993 році", "uk", "the quote says “1993 році”"),
    ("date", "1993-04-14", "була створена Комісія", "uk", "the quote holds no date"),
    ("date", "1993-04-14", "14 квітня була створена", "uk", "the quote says no more than “14 квітня”"),
    ("date", "1993-04-14", "14 травня була створена", "uk", "the quote says “14 травня”"),
    ("date", "1993-04-14", "14.04.1993", "ru", "found"),
    ("date", "1993-04-14", "14.05.1993", "ru", "the quote says “14.05.1993”"),
    ("date", "1993-04-05", "04/05/1993", "en", "found"),
    ("date", "1993-05-04", "04/05/1993", "en", "found"),
    ("date", "1993-04-14", "1993 жылғы 14 сәуірдегі заң", "kk", "found"),
    ("date", "1993-04-14~", "14 квітня 1993 року", "uk", "found"),
    ("date", "1993-04-14?", "14 квітня 1993 року", "uk", "found"),
    ("date", "1993-04-14", "з 14 квітня … 1994 року", "uk", "the quote says no more than “14 квітня” and “1994 року”"),
    # a year, a month, a season, a decade, a century
    ("date", "1993", "у 1993 році", "uk", "found"),
    ("date", "1993", "14 квітня 1993 року", "uk", "found"),
    ("date", "1993-04", "14 квітня 1993 року", "uk", "found"),
    ("date", "1993-05", "14 квітня 1993 року", "uk", "the quote says “14 квітня 1993 року”"),
    ("date", "1992", "у 1993 році", "uk", "the quote says “1993 році”"),
    ("date", "1993", "1993 особи", "uk", "found"),
    ("date", "1993", "№ 1993", "uk", "the quote holds no date"),
    ("date", "1993-21", "навесні 1993 року", "uk", "found"),
    ("date", "193X", "у 1930-х роках", "uk", "found"),
    ("date", "193X", "у 30-х роках", "uk", "the quote says no more than “30-х роках”"),
    ("date", "192X", "у 1930-х роках", "uk", "the quote says “1930-х роках”"),
    ("date", "19XX", "XX століття", "uk", "found"),
    ("date", "[1901..2000]", "XX століття", "uk", "found"),
    ("date", "[1800..1849]", "у першій половині XIX ст.", "uk", "found"),
    # one of several, open on a side
    ("date", "[1991,1993]", "у 1991 або 1993 році", "uk", "found"),
    ("date", "[1991,1994]", "у 1991 або 1993 році", "uk", "the quote says “1991” and “1993 році”"),
    ("date", "[1991..1993]", "між 1991 та 1993 роками", "uk", "found"),
    ("date", "[..1992-12-31]", "До 1993 року", "uk", "found"),
    ("date", "[..1993-12-31]", "До 1993 року", "uk", "found"),
    ("date", "[..1993]", "не пізніше 1993 року", "uk", "found"),
    ("date", "[..1991-12-31]", "До 1993 року", "uk", "the quote says “1993 року”"),
    ("date", "[1994-01-01..]", "після 1993 року", "uk", "found"),
    ("date", "[1993..]", "не раніше 1993 року", "uk", "found"),
    ("date", "[1995..]", "після 1993 року", "uk", "the quote says “1993 року”"),
    # what the quote says of it
    ("date", "1920", "близько 1920 року", "uk", "found; the quote has the hedge “about”"),
    ("date", "1920~", "близько 1920 року", "uk", "found"),
    ("date", "1993", "до 1993 року", "uk", "found; the quote has the “up to” or “before”"),
    ("date", "1993", "after 1993", "en", "found; the quote has the “more than” or “after”"),
    ("date", "1993", "наприкінці 1993 року", "uk", "found; the quote has the words that only a part of it is meant"),
    ("date", "1991", "між 1991 та 1993 роками", "uk", "found; the quote has the other end of the range"),
    ("date", "1993", "близько 1993 року, тобто у 1993 році", "uk", "found"),
    ("date", "1993-07-19", "з 19 липня 1993 року", "uk", "found"),
    # periods
    ("period", "1993-07-19/2006-01-09", "з 19 липня 1993 року до 9 січня 2006 року", "uk", "found"),
    ("period", "1993-07-19/2006-01-09", "з 19 липня 1993 року", "uk", "the quote says “19 липня 1993 року”"),
    ("period", "1993-07-19/..", "з 19 липня 1993 року", "uk", "found"),
    ("period", "../2006-01-09", "до 9 січня 2006 року", "uk", "found"),
    ("period", "1993/", "з 1993 року", "uk", "found"),
    ("period", "192X/195X", "у 20–50-ті роки ХХ століття", "uk", "found"),
    ("period", "193X/195X", "у 20–50-ті роки ХХ століття", "uk", "the quote says “20” and “50-ті роки ХХ століття”"),
    ("period", "2022", "за 2022 рік", "uk", "found"),
    ("period", "2021", "за 2022 рік", "uk", "the quote says “2022 рік”"),
    ("period", "2023-01-18", "18 січня 2023 року", "uk", "found"),
    ("period", "{1937,1938}", "у 1937 і 1938 роках", "uk", "found"),
    ("period", "1937/1938", "in 1937–38", "en", "found"),
    ("period", "1930/1939", "у 1930-х роках", "uk", "found"),
    # numbers
    ("number", "75 thousand persons", "75 тисяч осіб", "uk", "found"),
    ("number", "57 thousand persons", "75 тисяч осіб", "uk", "the quote says “75 тисяч”"),
    ("number", "75 persons", "75 тисяч осіб", "uk", "the quote says “75 тисяч”"),
    ("number", "75,000 persons", "75 000 осіб", "uk", "found"),
    ("number", "75,000 persons", "75 тисяч осіб", "uk", "found; the quote has it rounded to 1,000"),
    ("number", "exactly 75 thousand persons", "75 тисяч осіб", "uk", "found; the quote has it rounded to 1,000"),
    ("number", "75 thousand persons", "75 000 осіб", "uk", "found"),
    ("number", "3 acts", "трьох постанов", "uk", "found"),
    ("number", "4 acts", "трьох постанов", "uk", "the quote says “трьох”"),
    ("number", "3 acts", "кілька постанов", "uk", "the quote holds no number"),
    ("number", "1993 persons", "у 1993 році", "uk", "the quote holds no number"),
    ("number", "more than 300 persons", "понад 300 осіб", "uk", "found"),
    ("number", "300 persons", "понад 300 осіб", "uk", "found; the quote has the “more than” or “after”"),
    ("number", "300 persons", "близько 300 осіб", "uk", "found; the quote has the hedge “about”"),
    ("number", "about 300 persons", "близько 300 осіб", "uk", "found"),
    ("number", "up to 300 persons", "до 300 осіб", "uk", "found"),
    ("number", "300 persons", "до 300 осіб", "uk", "found; the quote has the “up to” or “before”"),
    ("number", "at least 300 persons", "щонайменше 300 осіб", "uk", "found"),
    ("number", "nearly 300 persons", "майже 300 осіб", "uk", "found"),
    ("number", "10..15 persons", "10–15 осіб", "uk", "found"),
    ("number", "10 persons", "10–15 осіб", "uk", "found; the quote has the other end of the range"),
    ("number", "10..15 thousand persons", "10–15 тисяч осіб", "uk", "found"),
    ("number", "1.5 million persons", "1,5 млн осіб", "uk", "found"),
    ("number", "5 %", "5 % осіб", "uk", "found"),
    ("number", "5 persons", "5 % осіб", "uk", "the quote says “5 %”"),
    ("number", "5 %", "5 осіб", "uk", "the quote says “5”"),
    ("number", "35.5 %", "35,5 відсотка", "uk", "found"),
    ("number", "311 thousand persons", "төрт жүз он бір мың адам", "kk", "the quote says “төрт жүз он бір мың”"),
    ("number", "311 thousand persons", "үш жүз он бір мың адам", "kk", "found"),
    # languages that are not read: the digits must be there
    ("date", "1993-04-14", "am 14. März 1993", "de", "found"),
    ("date", "1993-04-14", "am 19. Juli 1993", "de", "the quote says “1993”"),
    ("date", "1993-04-14", "im Frühjahr", "de", "the quote holds no date"),
    ("number", "75 thousand persons", "75 Tausend Personen", "de", "found"),
    ("number", "75 thousand persons", "fünfundsiebzigtausend Personen", "de", "found"),
    ("number", "75 thousand persons", "57 Tausend Personen", "de", "the quote says “57”"),
    ("number", "35.5 %", "35,5 Prozent", "de", "found"),
    # another language in a text of one that is read
    ("date", "1993-04-14", "«Постановление от 14 апреля 1993 г.»", "uk", "found"),
    ("date", "1993-04-14", "«Law of April 14, 1993»", "kk", "found"),
    ("date", "1993-04-14", "«Постановление от 19 июля 1993 г.»", "uk", "the quote says “1993”"),
    ("number", "75 thousand persons", "75 мың адам (75 thousand persons)", "en", "found"),
    ("date", "1993-04-14", "14 квітня 1993 року", None, "found"),
    # a date that the fact leaves as open as the quote does
    ("date", "XXXX-04-29", "29 квітня була створена", "uk", "found"),
    ("date", "XX3X", "у 30-х роках", "uk", "found"),
    ("date", "Y-17E7", "у 1993 році", "uk", "the quote says “1993 році”"),
    ("date", "1993-04-14", "19 July 1993", None, "the quote says “19 July 1993”"),
]


@pytest.mark.parametrize(("kind", "value", "quote", "language", "expected"), TABLE)
def test_a_value_is_held_against_the_quote(kind, value, quote, language, expected):
    assert stated(kind, value, quote, language) == expected


def test_a_fact_in_the_old_style_is_held_against_the_old_style():
    fact = Creation(id="f", body="commission", date=rehabfacts.Date.parse("1917-10-25", "julian"), quote="25 октября (7 ноября) 1917 г.")
    dataset = Dataset.of(rehabfacts.INSTITUTIONS, (BODY,), (fact,))
    assert [found.is_found for found in statements(dataset, fact, "ru")] == [True]


@pytest.mark.parametrize(
    ("mark", "order", "quote", "expected"),
    [
        ("[2, c. 213]", "2", "припинилася [2, c. 213]", ["mark found", "order the quote holds no number"]),
        ("[2, c. 213]", "2", "друга, 2, [2, c. 213]", ["mark found", "order found"]),
        ("[2, p. 213]", "2", "припинилася [2, c. 213]", ["mark found", "order found"]),
        ("[3, c. 213]", "1", "припинилася [2, c. 213]", ["mark the quote has no 3", "order the quote says “2” and “213”"]),
        ("[a]", "1", "припинилася 1", ["order found"]),
    ],
)
def test_the_numbers_of_a_text_are_held_against_the_quote_and_count_nothing_else(mark, order, quote, expected):
    fact = Citation(id="f", work="work", mark=mark, order=rehabfacts.Quantity.parse(order), quote=quote)
    dataset = Dataset.of(rehabfacts.INSTITUTIONS, (WORK,), (fact,))
    found = {each.field: "found" if each.is_found else each.instead for each in statements(dataset, fact, "uk")}
    assert sorted(f"{name} {what}" for name, what in found.items()) == expected


# --- as demands of a check

TEXT = """The commission was set up on 19 July 1993. It heard about 300 witnesses.
Anna Weber led it. Its head spoke on 14 April.
"""
FILE = """\
rehabfacts: 1
source: {id: minutes, text: minutes.txt, language: en}
entities:
  - {id: commission, type: Body, mentions: [the commission]}
  - {id: anna-weber, type: Person, mentions: [Anna Weber]}
  - {id: head, type: Office, mentions: [head]}
  - {id: witnesses, type: Population}
facts:
"""
CREATED = "  - {id: created, type: Creation, body: commission, date: %s, quote: The commission was set up on 19 July 1993%s}\n"


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = Project(tmp_path)
    made.write("facts/minutes.txt", TEXT)
    return made


def checked(project, facts, file=FILE):
    project.write("facts/minutes.yaml", file + facts)
    return rehabfacts.check("facts", settings=rehabfacts.Settings(packs=("provenance",)))


def told(report):
    from rehabfacts.checker.stories import tell

    stories = [tell(each) for each in report]
    return [(each.violation.rule_id, str(each.violation.severity), f"{each.origin}:{each.origin.column}", each.note) for each in stories]


def test_a_date_that_the_quote_contradicts_is_an_error_at_its_value(project):
    report = checked(project, CREATED % ("1993-04-14", ""))

    assert told(report) == [("stated-in-quote", "error", "facts/minutes.yaml:9:59", "Date says 1993-04-14, the quote says “19 July 1993”.")]
    assert report.exit_status == 1
    assert not report.complaints


def test_the_command_tells_it_in_a_line(project):
    checked(project, CREATED % ("1993-04-14", ""))

    done = run("check", "facts", "--pack", "provenance")

    assert done.status == 1
    assert "VIOLATED  stated-in-quote  A date or number that a fact states stands in its quote, or is explained." in done.out
    assert "  Date says 1993-04-14, the quote says “19 July 1993”." in done.out


def test_a_quote_that_stands_there_and_leaves_out_a_negation_or_is_short_is_a_warning(project):
    project.write("minutes.txt", "The council was not dissolved in 1994.\n")
    project.write("f.yaml", """
        rehabfacts: 1
        source: {id: m, text: minutes.txt, language: en}
        entities:
          - {id: council, type: Body}
        facts:
          - {id: gone, type: Cessation, body: council, date: 1994, quote: The council was … dissolved in 1994}
          - {id: again, type: Cessation, body: council, date: 1994, quote: in 1994}
    """)

    report = rehabfacts.check("f.yaml")

    assert [str(each) for each in report.problems] == [
        "f.yaml:8:68: W-QUOTE-SHORT a quote of fewer than 12 characters (7) identifies little",
        "f.yaml:7:67: W-QUOTE-NEGATION the words left out hold “not”",
    ]
    assert report.is_complete


def test_the_right_date_is_accepted_and_counted(project):
    report = checked(project, CREATED % ("1993-07-19", ""))

    counts = {each.rule.id: {outcome.value: count for outcome, count in each.outcomes.items()} for each in report.counts if each.has_matched}
    assert told(report) == []
    assert counts == {
        "fact-has-quote": {"satisfied": 1}, "quote-in-source": {"satisfied": 1}, "stated-in-quote": {"satisfied": 1},
        "mention-in-quote": {"satisfied": 1}, "mention-in-source": {"satisfied": 1},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("inferred", "expected"),
    [
        ("", [("stated-in-quote", "Date says 1993-04-14, the quote says “19 July 1993”.")]),
        (", inferred: {date: the annex gives another day}", []),
        (", inferred: {date: {en: the annex gives another day, uk: додаток}}", []),
        (", inferred: {date: the annex, en: it is known}", []),
        (", inferred: that it was this commission", [("stated-in-quote", "Date says 1993-04-14, the quote says “19 July 1993”.")]),
        (", inferred: {body: that it was this commission}",
         [("stated-in-quote", "Date says 1993-04-14, the quote says “19 July 1993”."),
          ("inferred-not-in-quote", "The quote has body itself: commission.")]),
    ],
)  # fmt: skip
def test_a_contradiction_is_excused_by_a_reason_for_its_field_alone(project, inferred, expected):
    report = checked(project, CREATED % ("1993-04-14", inferred))
    assert [(rule, note) for rule, _, _, note in told(report)] == expected


HEARD = "  - {id: heard, type: Count, population: witnesses, value: %s, extent: moment, as_of: 1993, quote: %s%s}\n"


@pytest.mark.parametrize(
    ("inferred", "expected"),
    [
        ("", [("stated-in-quote", "As_of says 1993, the quote holds no date.")]),
        (", inferred: {as_of: the sentence before gives the year}", []),
        (", inferred: the sentence before gives the year", []),
    ],
)
def test_what_the_quote_lacks_is_excused_by_a_reason_for_the_fact_too(project, inferred, expected):
    report = checked(project, HEARD % ("about 300", "It heard about 300 witnesses", inferred))
    assert [(rule, note) for rule, _, _, note in told(report)] == expected


def test_a_hedge_that_the_fact_leaves_out_is_a_note_unless_explained(project):
    inferred = ", inferred: {as_of: the sentence before%s}"
    report = checked(project, HEARD % ("300", "It heard about 300 witnesses", inferred % ""))
    assert told(report) == [("hedge-of-quote-kept", "note", "facts/minutes.yaml:9:60", "Value says 300, the quote has the hedge “about”.")]
    assert report.exit_status == 0

    report = checked(project, HEARD % ("300", "It heard about 300 witnesses", inferred % ", value: the list has 300 names"))
    assert told(report) == []


@pytest.mark.parametrize(
    ("inferred", "note"),
    [
        ("{date: the sentence before gives the day}", "The quote has date itself: 1993-07-19."),
        ("{act: nobody knows which}", "Act is not stated."),
        ("{body: this one}", "The quote has body itself: commission."),
    ],
)
def test_a_reason_that_explains_nothing_is_a_note(project, inferred, note):
    report = checked(project, CREATED % ("1993-07-19", f", inferred: {inferred}"))
    assert [(rule, severity, text) for rule, severity, _, text in told(report)] == [("inferred-not-in-quote", "note", note)]


def test_a_reason_for_a_field_that_does_not_exist_is_told_with_the_nearest_name(project):
    report = checked(project, CREATED % ("1993-07-19", ", inferred: {dates: oh}"))
    assert [(each.code, each.cause, each.hint) for each in report.problems if each.code != "E-NOTHING"] == [
        ("E-KEY-UNKNOWN", "inferred: expected a field or a language, found 'dates'", "did you mean date?")
    ]


def test_a_fact_without_a_source_to_look_in_is_not_judged(project):
    report = checked(project, CREATED % ("1993-04-14", ""), FILE.replace(", text: minutes.txt", ""))
    assert told(report) == []


def test_a_supposed_value_is_not_looked_for(project):
    checked(project, CREATED % ("1993-07-19", ""))
    done = run("whatif", "facts", "--set", "created.date=1999-04-14", "--pack", "provenance")
    assert "stated-in-quote" not in done.out
    assert done.lines == ["moves  created  date  from 1993-07-19 to 1999-04-14"]


def test_a_supposed_value_may_be_in_the_quote(project):
    checked(project, CREATED % ("1993-04-14", ""))
    done = run("whatif", "facts", "--set", "created.date=1993-07-19", "--pack", "provenance")
    assert [line.split("  [")[0] for line in done.lines if line.startswith(("appears", "vanishes"))] == [
        "vanishes  error  stated-in-quote  A date or number that a fact states stands in its quote, or is explained."
    ]


# --- names

LED = "  - {id: led, type: OfficeHolding, person: anna-weber, office: head, quote: %s%s}\n"


def test_an_entity_that_the_quote_does_not_mention_is_a_warning(project):
    report = checked(project, LED % ("Anna Weber led it", ""))
    assert told(report) == [
        ("mention-in-quote", "warning", "facts/minutes.yaml:9:64", "Office is head, and the quote has none of its mentions.")
    ]
    assert report.exit_status == 0


@pytest.mark.parametrize("inferred", ["{office: who leads is the head}", "who leads is the head"])
def test_a_mention_may_be_inferred(project, inferred):
    assert told(checked(project, LED % ("Anna Weber led it", f", inferred: {inferred}"))) == []


def test_a_mention_counts_in_the_parts_of_a_quote_with_omissions_not_between_them(project):
    assert told(checked(project, LED % ("Anna Weber led it. … head spoke", ""))) == []
    assert [each[0] for each in told(checked(project, LED % ("Anna Weber … spoke on 14 April", "")))] == ["mention-in-quote"]


def test_a_mention_at_the_start_of_a_sentence_may_begin_with_a_capital(project):
    assert told(checked(project, CREATED % ("1993-07-19", ""))) == []


def test_a_mention_that_no_source_holds_is_an_error_at_the_mentions(project):
    file = FILE.replace("mentions: [the commission]", "mentions: [the commission, Kommission, commission of 1993]")
    report = checked(project, CREATED % ("1993-07-19", ""), file)
    assert told(report) == [
        ("mention-in-source", "error", "facts/minutes.yaml:4:44", "No source of the facts about it says “Kommission”, “commission of 1993”.")
    ]


def test_a_mention_may_stand_in_another_source_of_the_entity(project):
    project.write("facts/other.txt", "Die Kommission tagte am 20. Juli 1993 im Rathaus.\n")
    project.write(
        "facts/other.yaml",
        "rehabfacts: 1\nsource: {id: other, text: other.txt, language: de}\nfacts:\n"
        "  - {id: met, type: Meeting, body: commission, period: 1993-07-20, quote: Die Kommission tagte am 20. Juli 1993}\n",
    )
    file = FILE.replace("mentions: [the commission]", "mentions: [the commission, Kommission]")
    assert told(checked(project, CREATED % ("1993-07-19", ""), file)) == []


def test_where_a_source_cannot_be_read_a_missing_mention_is_counted_as_not_stated(project):
    project.write(
        "facts/other.yaml",
        "rehabfacts: 1\nsource: other\nfacts:\n  - {id: met, type: Meeting, body: commission, period: 1993-07-20, quote: Die Kommission tagte}\n",
    )
    file = FILE.replace("mentions: [the commission]", "mentions: [the commission, Kommission]")
    report = checked(project, CREATED % ("1993-07-19", ""), file)
    assert told(report) == []
    assert {each.rule.id: each.not_stated for each in report.counts}["mention-in-source"] == 1


# --- settings


@pytest.mark.parametrize("rule", ["stated-in-quote", "hedge-of-quote-kept", "inferred-not-in-quote", "mention-in-quote", "mention-in-source"])
def test_a_rule_on_what_is_stated_can_be_switched_off_or_weighed_otherwise(project, rule):
    file = FILE.replace("mentions: [Anna Weber]", "mentions: [Anna Webster]").replace("mentions: [head]", "mentions: [head, boss]")
    facts = CREATED % ("1993-04-14", "") + HEARD % ("300", "It heard about 300 witnesses", ", inferred: {body: none}") + LED % ("Anna Weber led it", "")
    project.write("facts/minutes.yaml", file + facts)

    def found(**settings):
        report = rehabfacts.check("facts", settings=rehabfacts.Settings(packs=("provenance",), **settings))
        assert not report.complaints
        return {each.rule_id: str(each.severity) for each in report}

    before = found()
    assert before.keys() == {"stated-in-quote", "hedge-of-quote-kept", "inferred-not-in-quote", "mention-in-quote", "mention-in-source"}
    assert found(without=(rule,)).keys() == before.keys() - {rule}
    assert found(severities={rule: "warning"}) == {**before, rule: "warning"}


@pytest.mark.parametrize("rule", ["quote-in-source", "source-as-pinned"])
def test_whether_a_quote_is_there_cannot_be_switched_off(project, rule):
    project.write("facts/minutes.yaml", FILE + CREATED % ("1993-07-19", ""))
    with pytest.raises(rehabfacts.InvalidInput):
        rehabfacts.check("facts", settings=rehabfacts.Settings(packs=("provenance",), without=(rule,)))


# --- readings

READ = """\
  - id: created
    type: Creation
    body: commission
    quote: The commission was set up on 19 July 1993
    readings:
      - {reading: july, held: true, date: 1993-07-19}
      - {reading: april, date: 1993-04-14}
"""


def test_what_another_reading_states_must_stand_in_the_quote_as_well(project):
    report = checked(project, READ)
    assert told(report) == [
        ("stated-in-quote", "error", "facts/minutes.yaml:15:32",
         "Under the reading created=april date says 1993-04-14, the quote says “19 July 1993”.")
    ]  # fmt: skip
    assert [(each.reading, each.verdict) for each in report.readings] == [("july", "possible"), ("april", "possible")]


def test_a_quote_of_another_reading_must_stand_in_the_source(project):
    other = "date: 1993-04-14, quote: The commission was set up on 14 April 1993"
    report = checked(project, READ.replace("date: 1993-04-14", other))
    assert [(rule, note) for rule, _, _, note in told(report)] == [
        ("quote-in-source", "Under the reading created=april the quote is absent.")
    ]


def test_readings_that_state_what_the_quote_says_are_accepted(project):
    text = READ.replace("on 19 July 1993", "on 19 July 1993. It heard about 300 witnesses").replace("date: 1993-04-14", "date: 1993")
    assert told(checked(project, text)) == []


# --- the real dataset


def test_a_changed_date_or_number_of_the_real_dataset_is_found_out(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    project = Project.copied(tmp_path)
    for old, new in (
        ("date: 1991-11-14", "date: 1991-11-15"), ("value: 75 thousand persons", "value: 57 thousand persons"), ("value: 11\n", "value: 12\n"),
        ("subject: 192X/195X", "subject: 193X/195X"), ("period: 2022", "period: 2021"), ('as_of: "[..1992-12-31]"', 'as_of: "[..1991-12-31]"'),
    ):  # fmt: skip
        project.replace(old, new)

    report = rehabfacts.check("facts", "rules")

    assert sorted(each.conflict.headline.binding[0] for each in report if each.rule_id == "stated-in-quote") == [
        "eleven-created.value", "rehabilitated-by-1993.as_of", "rehabilitated-by-1993.value", "rehabilitated-in-2022.period",
        "resolution-1991-adopted.date", "scientific-programme-developed.subject",
    ]  # fmt: skip
