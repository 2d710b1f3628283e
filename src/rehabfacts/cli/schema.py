"""The command `schema`."""

import json

import click

from rehabfacts.cli.printing import say


@click.group()
def schema() -> None:
    """Write the types of a project down for others: editors, libraries."""


@schema.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=str))
def types(paths: tuple[str, ...]) -> None:
    """Print a typed Python module of the types that schema files under PATHS declare."""
    from rehabfacts import api  # noqa: PLC0415
    from rehabfacts.exports.typed_module import write_typed_module  # noqa: PLC0415
    from rehabfacts.settings import find_settings  # noqa: PLC0415
    from rehabfacts.vocabulary import INSTITUTIONS  # noqa: PLC0415

    found = api.schema_of(*paths, settings=find_settings())
    say(write_typed_module(found, INSTITUTIONS).removesuffix("\n"))


def _for_editors(kind: str, files: str) -> click.Command:
    """The command that prints what describes one kind of files."""

    @click.argument("paths", nargs=-1, type=click.Path(path_type=str))
    def command(paths: tuple[str, ...]) -> None:
        from rehabfacts import api  # noqa: PLC0415
        from rehabfacts.exports.editor_schemas import EDITOR_SCHEMAS  # noqa: PLC0415
        from rehabfacts.settings import find_settings  # noqa: PLC0415

        found = api.schema_of(*paths, settings=find_settings())
        say(json.dumps(EDITOR_SCHEMAS[kind](found), ensure_ascii=False, indent=1))

    help_ = f"Print a JSON Schema of {files}, for editors; with the types that schema files under PATHS declare."
    return click.command(kind, help=help_)(command)


_FILES = {"facts": "fact files", "rules": "rule files", "mappings": "mapping files", "schemas": "schema files", "waivers": "files of waivers", "settings": "rehabfacts.toml"}

for _kind, _files in _FILES.items():
    schema.add_command(_for_editors(_kind, _files))
