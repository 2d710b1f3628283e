"""However a file is written, its canonical layout says the same, keeps every comment in its place in the order, and is its own layout."""

import json
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from rehabfacts.loading.layouts import is_same, lay_out
from rehabfacts.loading.yaml_tree import read_yaml

TEXTS = [
    "a", "two words", "three words here", "no", "1993-04-14", "", "null", "it's", 'say "so"', "a: b", "# hash", "a #b", "- dash", "Закон", " lead", "trail ",
    "two\nlines", "line\n\nafter an empty one", "[x", "{y", "a, b", "~", "a\\b", "?", "a:b", "[..1992-12-31]", "\u2028", "x" * 130,
]  # fmt: skip
KEYS = ["id", "type", "date", "quote", "a key", "ключ", "it's", "a#b", "x-1"]
TREES = st.recursive(
    st.sampled_from(TEXTS),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=14,
)
ROOTS = st.lists(TREES, min_size=1, max_size=4) | st.dictionaries(st.sampled_from(KEYS), TREES, min_size=1, max_size=4)


_MOST = 5  # how far comments are indented: deeper ones would belong to a block of text above them


class Scribe:
    """Writes a tree as YAML in a way of its own: other indents, quotes, blanks, empty lines, comments, brackets."""

    def __init__(self, random):
        self.random, self.comments = random, []

    def chance(self, share):
        return self.random.random() < share

    def comment(self):
        odd = self.random.choice(["", " - x", " a: b", ' "', " {", " ]"])
        self.comments.append(f"# {len(self.comments)}{odd}")
        return self.comments[-1]

    def between(self):
        """Lines between two entries."""
        lines = []
        while self.chance(0.25):
            lines.append("" if self.chance(0.5) else " " * self.random.randint(0, _MOST) + self.comment())
        return "".join(f"{line}\n" for line in lines)

    def end(self):
        """The end of a line."""
        return " " * self.random.randrange(3) + ("" if self.chance(0.8) else f" {self.comment()}") + "\n"

    def blank(self):
        return " " * self.random.randint(1, 3)

    def block(self, value, indent):
        """The lines of a collection that is not empty, at an indent."""
        text = ""
        for key in value:
            lead = self.between() + " " * indent
            entry, inner = ("-", key) if isinstance(value, list) else (f"{self.scalar(key, 0, is_key=True)}{' ' * self.chance(0.2)}:", value[key])
            text += lead + entry + self.value(inner, indent, is_item=isinstance(value, list))
        return text

    def value(self, value, indent, *, is_item):
        """What stands behind a dash or a colon, to the end of its lines."""
        if isinstance(value, str):
            return self.block_text(value, indent) or self.blank() + self.scalar(value, indent + 1) + self.end()
        if not value or self.chance(0.4):
            return self.blank() + self.flow(value, indent + 1) + self.end()
        deeper = indent + self.random.randint(1, 4)
        if is_item and self.chance(0.6):
            text = self.block(value, indent + 2)
            return "\n" + text if text.lstrip(" ").startswith(("#", "\n")) else " " + text.lstrip(" ")
        if isinstance(value, list) and not is_item and self.chance(0.4):
            deeper = indent
        return self.end() + self.block(value, deeper)

    def block_text(self, text, indent):
        lines = text.split("\n")
        if len(lines) == 1 or self.chance(0.3) or lines[0].startswith(" ") or "\u2028" in text:
            return ""
        deeper = " " * (max(indent, _MOST) + self.random.randint(1, 3))
        return " |-\n" + "".join(f"{deeper}{line}\n" if line else "\n" for line in lines)

    def scalar(self, text, indent, *, is_key=False):
        is_bare = text and text.replace(" ", "").replace("-", "").isalnum() and text.strip() == text and not text.startswith("-")
        if is_bare and self.chance(0.7):
            if " " in text and not is_key and self.chance(0.2):
                return text.replace(" ", "\n" + " " * (indent + self.random.randint(1, 3)), 1)
            return text
        if "\n" not in text and "\u2028" not in text and "\\" not in text and self.chance(0.5):
            return "'" + text.replace("'", "''") + "'"
        return json.dumps(text, ensure_ascii=False).replace("\u2028", "\\u2028")

    def gap(self, indent):
        """What lies between two parts of a flow collection."""
        if self.chance(0.75):
            return " " * self.random.randrange(3)
        return (f" {self.comment()}" if self.chance(0.3) else "") + "\n" + self.between() + " " * (indent + self.random.randint(1, 4))

    def flow(self, value, indent):
        if isinstance(value, str):
            return self.scalar(value, indent)
        opener, closer = "[]" if isinstance(value, list) else "{}"
        parts = [
            self.gap(indent)
            + (self.flow(key, indent + 1) if isinstance(value, list) else f"{self.scalar(key, 0, is_key=True)}:{self.blank()}{self.flow(value[key], indent + 1)}")
            + self.gap(indent)
            for key in value
        ]
        return opener + ",".join(parts) + (self.gap(indent) if not parts else "," * self.chance(0.1)) + closer


@settings(max_examples=120, deadline=None)
@given(tree=ROOTS, seed=st.integers(0, 1 << 32))
def test_a_layout_says_the_same_keeps_comments_and_is_its_own_layout(tree, seed):
    scribe = Scribe(Random(seed))  # noqa: S311  # to be repeated, not to be secret
    text = scribe.between() + scribe.block(tree, 0) + scribe.between()
    before, problems = read_yaml(text.encode(), "x")
    assert [each for each in problems if each.code.startswith("E-")] == [], text
    laid_out, comments = lay_out(text)
    after, _ = read_yaml(laid_out.encode(), "x")
    assert is_same(before, after), (text, laid_out)
    assert scribe.comments == list(comments), text
    assert (laid_out, comments) == lay_out(laid_out)
    assert not any(line != line.rstrip() for line in laid_out.split("\n") if "|" not in laid_out and '"' not in laid_out and "'" not in laid_out)
    assert "\n\n\n" not in laid_out or "|" in laid_out
