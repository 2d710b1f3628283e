"""Letters of different scripts that print alike. They are never taken for one another; a difference is only told."""

import unicodedata

_TWINS = (
    ("a", "аα"), ("c", "сϲ"), ("d", "ԁ"), ("e", "е"), ("h", "һ"), ("i", "іι"), ("j", "јϳ"), ("k", "κ"), ("l", "ӏ"),
    ("n", "ո"), ("o", "оοօ"), ("p", "рρ"), ("q", "ԛ"), ("s", "ѕ"), ("u", "υս"), ("v", "ѵν"), ("w", "ԝ"), ("x", "хχ"),
    ("y", "уγ"), ("ə", "ә"), ("ɵ", "ө"), ("ï", "ї"), ("ë", "ё"), ("ç", "ҫ"),
    ("A", "АΑ"), ("B", "ВΒ"), ("C", "СϹ"), ("E", "ЕΕ"), ("G", "Ԍ"), ("H", "НΗ"), ("I", "ІΙӀ"), ("J", "ЈͿ"), ("K", "КΚ"),
    ("M", "МΜ"), ("N", "Ν"), ("O", "ОΟՕ"), ("P", "РΡ"), ("Q", "Ԛ"), ("S", "ЅՏ"), ("T", "ТΤ"), ("U", "Ս"), ("W", "Ԝ"),
    ("X", "ХΧ"), ("Y", "ҮΥ"), ("Z", "Ζ"), ("Ə", "Ә"), ("Ï", "Ї"), ("Ë", "Ё"), ("Г", "Γ"), ("П", "Π"), ("Ф", "Φ"),
    ("3", "З"),
)
_MODELS = {ord(twin): model for model, twins in _TWINS for twin in twins}


def skeleton(text: str) -> str:
    """Replace every letter by the one of its look-alikes that stands for them all; the length stays."""
    return text if text.isascii() else text.translate({ord(c): _MODELS.get(ord(c), c) for c in set(text)})


def named(character: str) -> str:
    """Tell the character's code point and Unicode name."""
    return f"U+{ord(character):04X} {unicodedata.name(character, 'UNNAMED')}"
