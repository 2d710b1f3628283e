"""What an EDTF notation means, as a line of text or of tab-separated values."""

from rehabfacts.date_words import describe
from rehabfacts.errors import shown


def write_notation(text: str, *, as_tsv: bool = False) -> str:
    """One line for one notation: validity, earliest, latest, the meaning or what is wrong."""
    found = describe(text)
    name = shown(text, 400)
    if as_tsv:
        return "\t".join((name, "valid" if found.is_valid else "invalid", found.earliest, found.latest))
    if not found.is_valid:
        return f"{name}: invalid: {shown(found.error, 400)}"
    warnings = "".join(f"; {warning.code} {warning.cause}" for warning in found.warnings)
    return f"{name}: valid, {found.earliest} to {found.latest}: {found.words}{warnings}"
