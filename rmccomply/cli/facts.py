"""`rmccomply facts`: what the evidence says, before any policy judges it."""

import sys
from functools import partial
from typing import Annotated, Literal

import typer

from rmccomply.cli import complain, new_app
from rmccomply.cli.options import (
    EVIDENCE,
    MAX_MEMBERS,
    MAX_SECONDS,
    MAX_SIZE,
    MaxMembers,
    MaxSeconds,
    MaxSize,
    Platform,
    RootUri,
    Secrets,
    root_of,
    shown,
    take_secrets,
)

app = new_app()


@app.command(short_help="Print what the evidence says, unjudged.")
def facts(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT",
            help="Bundles, capture folders, support archives, facts documents, folders of these, or - for standard "
            "input.",
        ),
    ],
    output: Annotated[
        str,
        typer.Option("-o", "--output", metavar="FORMAT[=FILE]", help="text or json: a facts document on each line."),
    ] = "text",
    management: Annotated[
        Literal["hmc", "novalink", "powervs", "none", "unknown"],
        typer.Option(
            metavar="WORD",
            rich_help_panel=EVIDENCE,
            help="How the partitions are managed: hmc, novalink, powervs, none or unknown.",
        ),
    ] = "unknown",
    platform: Platform = None,
    secrets: Secrets = None,
    root_uri: RootUri = None,
    max_size: MaxSize = MAX_SIZE,
    max_members: MaxMembers = MAX_MEMBERS,
    max_seconds: MaxSeconds = MAX_SECONDS,
) -> None:
    """Print the facts of each target, each with the line that proves it, or the reason why it is unknown.

    The facts documents that `-o json` writes are inputs for `check`, with the same verdicts.

    \b
    Examples:
      rmccomply facts lpar0007.rmcc
      rmccomply facts bundles/ -o json=fleet.ndjson
      rmccomply check fleet.ndjson
    """
    from rmccomply.errors import InputError, UsageError
    from rmccomply.evidence.model import Notification
    from rmccomply.guarded import Limits
    from rmccomply.inputs.loaded import Failed, Loaded
    from rmccomply.inputs.read import load_inputs
    from rmccomply.isolation import Crash, isolated
    from rmccomply.runs.facts import document_line, facts_text
    from rmccomply.runs.outputs import refuse_evidence
    from rmccomply.sinks import open_sink
    from rmccomply.terminal import Page

    take_secrets(secrets)
    name, _, path = output.partition("=")
    if name not in ("text", "json"):
        raise UsageError(f"--output: '{name}' is not a format here; use text or json")
    refuse_evidence([path or None], [*inputs, *filter(None, [secrets])])
    limits = Limits(max_size, max_members, max_seconds)
    drawn = shown(file=path not in ("", "-"))
    page = Page(drawn.width, ascii=drawn.ascii)
    form = partial(facts_text, management=management, page=page) if name == "text" else document_line
    sink, status, count = open_sink(path or None), 0, 0
    try:
        for item in load_inputs(inputs, root_of(root_uri), sys.stdin.buffer, limits):
            if isinstance(item, Loaded):
                count += 1
                told = isolated(partial(form, item, platform or ""), max_seconds)
                item = Failed(item.name, item.place, told.says) if isinstance(told, Crash) else item
                sink.write("" if isinstance(told, Crash) else told)
            if isinstance(item, Notification) and item.damage:
                status = status or 3
                complain(f"warning: {item.uri}: {item.text}", item.uri)
            if isinstance(item, Failed):
                status = 2
                complain(f"error: {item.name}: its facts cannot be shown: {item.says}", item.name)
            elif isinstance(item, InputError):
                status = 2
                for line in str(item).split("\n"):
                    complain(f"error: {line}")
    except BaseException:
        sink.abandon()
        raise
    sink.close()
    raise typer.Exit(status or (0 if count else 4))
