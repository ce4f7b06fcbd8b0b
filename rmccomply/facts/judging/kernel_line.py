"""The kernel command line with which a system starts.

A running system tells with which it was started in /proc/cmdline. What it, or a copy of it, starts with next stands in
the boot loader, and the two must not differ: on Red Hat systems in the boot loader entries, whose `$kernelopts` is in
the block of GRUB (grubenv) or else in grub.cfg (grubby(8), grub2-mkconfig since RHEL 8), elsewhere in the `linux` lines
of grub.cfg. `/etc/default/grub` and `/etc/kernel/cmdline` are for what is generated next, so that they inform and
decide nothing.

Which of several entries starts by itself is told by `saved_entry` where it names one of them. Else all count but those
for repairs (`recovery`, `single`, the rescue entry), and what they do not agree on is unknown. A variable other than
kernelopts that the block does not set is taken to be empty: distributions use some for the console, for processors and
for snapshots.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from rmccomply.evidence.model import Reference
from rmccomply.facts.gather import Facts
from rmccomply.facts.judging.folders import folder
from rmccomply.sources.reading import Unread
from rmccomply.sources.shared.kernel_words import words_of
from rmccomply.sources.table import BOOT_ENTRY, GRUB_LINES, KERNEL_COMMAND, SETTINGS
from rmccomply.tuples import NamedTuple
from rmccomply.words import Reason

_RUNNING: Final = "/proc/cmdline"
_ENTRIES: Final = "/boot/loader/entries"
_BLOCKS: Final = ("/boot/grub2/grubenv", "/boot/grub/grubenv")
_CONFIGS: Final = ("/boot/grub2/grub.cfg", "/boot/grub/grub.cfg")
_ASKING: Final = "grep -n -e vmlinu -e kernelopts {}"
_GENERATED: Final = {"/etc/default/grub": ("GRUB_CMDLINE_LINUX", "GRUB_CMDLINE_LINUX_DEFAULT")}
_VARIABLE: Final = re.compile(r"\$\{?(\w+)\}?")
_KERNELOPTS: Final = "kernelopts"
_REPAIRS: Final = frozenset({"recovery", "single", "emergency", "rescue", "systemd.unit=rescue.target"})
_RESCUE: Final = "-0-rescue"


class KernelArgument(NamedTuple):
    """One word of a line, and where it stands."""

    text: str
    evidence: tuple[Reference, ...]


class BootLine(NamedTuple):
    """The line of one way to start. `unclear` says why some of its words are not known; empty where all are."""

    name: str
    arguments: tuple[KernelArgument, ...]
    evidence: tuple[Reference, ...]
    unclear: str = ""
    reason: Reason = "inconclusive"
    settle: str = ""


class KernelLine(NamedTuple):
    """The lines of all ways in which the system may start by itself; `generated` are the words for what is made next.

    Where `lines` is empty it is unknown, and the rest says why; so it may be beside lines that are not all of them.
    """

    lines: tuple[BootLine, ...] = ()
    generated: tuple[KernelArgument, ...] = ()
    says: str = ""
    reason: Reason = "not_collected"
    evidence: tuple[Reference, ...] = ()
    settle: str = ""


class KernelSwitch(NamedTuple):
    """Whether an argument is in force: True, False, or None with a reason."""

    on: bool | None
    says: str
    evidence: tuple[Reference, ...]
    reason: Reason = "inconclusive"
    settle: str = ""


def kernel_arguments(facts: Facts) -> KernelLine:
    """The kernel command line by all that tells it; use `facts.cached(kernel_arguments)`."""
    booted = None if facts.image == "mounted_root" else facts.read_of(KERNEL_COMMAND, _RUNNING)
    generated = tuple(_generated(facts))
    lines: list[BootLine] = []
    if booted is not None and booted.record.present:
        words = tuple(KernelArgument(word.text, booted.at(word.line)) for word in booted.record.words)
        lines.append(BootLine(_RUNNING, words, booted.at(1)))
    stored = _stored(facts)
    return stored._replace(lines=(*lines, *stored.lines), generated=generated)


def switch(line: KernelLine, is_it: Callable[[str], bool], what: str) -> KernelSwitch:
    """Whether an argument is in force; `what` names it: `ipv6.disable=1`. All lines must agree, and be known."""
    having = [one for one in line.lines if any(is_it(word.text) for word in one.arguments)]
    lacking = [one for one in line.lines if not any(is_it(word.text) for word in one.arguments)]
    words = (word for one in having for word in one.arguments if is_it(word.text))
    places = tuple(place for word in words for place in word.evidence)
    unclear = next((one for one in lacking if one.unclear), None)
    if having and not lacking and not line.says:
        return KernelSwitch(True, f"the kernel command line has {what}", places)
    if having and (lacking or line.says):
        others = lacking[0].name if lacking else "others"
        says = f"{having[0].name} starts with {what}, and {others} perhaps without it"
        running = any(one.name == _RUNNING for one in (*having, *lacking))
        reason: Reason = "conflicting" if running and not unclear and not line.says else "inconclusive"
        return KernelSwitch(None, says, (*places, *(p for one in lacking for p in one.evidence)), reason, line.settle)
    if unclear is not None:
        return KernelSwitch(None, unclear.unclear, unclear.evidence, unclear.reason, unclear.settle)
    if line.says or not line.lines:
        return KernelSwitch(None, line.says, line.evidence, line.reason, line.settle)
    places = tuple(place for one in lacking for place in one.evidence)
    return KernelSwitch(False, f"the kernel command line has no {what}", places)


def _stored(facts: Facts) -> KernelLine:
    """What the boot loader has: its entries, or the lines of grub.cfg."""
    configs = [facts.read_of(GRUB_LINES, _ASKING.format(path)) for path in _CONFIGS]
    lines = [*_entries(facts), *_of_grub(facts)]
    saved = _saved(facts)
    chosen = [one for one in lines if saved and one.name == f"{_ENTRIES}/{saved}.conf"]
    usual = [one for one in lines if not _repairs(one)]
    lines = chosen or usual or lines
    entries = folder(facts, _ENTRIES)
    missing = next((path for path, one in zip(_CONFIGS, configs, strict=True) if one is None), None)
    if chosen:
        return KernelLine(tuple(chosen))
    if entries.why is None and missing is None and lines:
        return KernelLine(tuple(lines))
    if entries.why is not None:
        says = f"what boot loader entries there are is not known: {entries.why.says}"
        return KernelLine(tuple(lines), (), says, entries.why.reason, entries.why.evidence, f"ls -l {_ENTRIES}")
    if missing is not None:
        return KernelLine(tuple(lines), (), *_unread_config(facts, missing))
    says = "no boot loader configuration was found: neither entries below /boot/loader nor kernels in grub.cfg; mount "
    says += "the file system of /boot into the root, and collect again"
    places = tuple(place for one in configs if one is not None for place in one.where())
    return KernelLine((), (), says, "inconclusive", places or entries.evidence, f"ls -l {_ENTRIES}")


def _unread_config(facts: Facts, path: str) -> tuple[str, Reason, tuple[Reference, ...], str]:
    asking = _ASKING.format(path)
    failed = next((one for one in facts.unread(GRUB_LINES) if one.name == asking), None)
    if failed is None:
        return f"`{asking}` was not collected", "not_collected", (), asking
    return f"`{asking}`: {failed.says}", failed.reason, failed.where(), asking


def _repairs(line: BootLine) -> bool:
    return _RESCUE in line.name or any(word.text in _REPAIRS for word in line.arguments)


def _blocks(facts: Facts) -> tuple[Mapping[str, tuple[str, tuple[Reference, ...]]], Unread | None, bool]:
    """The values of the block of GRUB; what was not read of it; whether each of its places was asked."""
    values: dict[str, tuple[str, tuple[Reference, ...]]] = {}
    asked = True
    for path in _BLOCKS:
        reading = facts.read_of(SETTINGS, path)
        asked = asked and reading is not None
        for row in reading.record.rows if reading is not None else ():
            values.setdefault(row.name, (row.value, ()))
            values[row.name] = (row.value, reading.at(row.line) if reading is not None else ())
    failed = next((one for one in facts.unread(SETTINGS) if one.name in _BLOCKS), None)
    return values, failed, asked


def _saved(facts: Facts) -> str:
    """The entry that is started by itself; empty where the block of GRUB does not tell."""
    values, _, _ = _blocks(facts)
    return values.get("saved_entry", ("", ()))[0]


def _entries(facts: Facts) -> Iterator[BootLine]:
    listed = folder(facts, _ENTRIES)
    known = {one.name: one for one in facts.answers(BOOT_ENTRY)}
    names = {f"{_ENTRIES}/{name}" for name in listed.names if name.endswith(".conf")}
    for path in sorted(names | known.keys()):
        reading = facts.read_of(BOOT_ENTRY, path)
        if reading is not None and not reading.record.present and path not in names:
            continue
        if reading is None or not reading.record.present:
            failed = known.get(path)
            told = isinstance(failed, Unread)
            says = f"`{path}` was not read" + (f": {failed.says}" if isinstance(failed, Unread) and failed.says else "")
            reason: Reason = failed.reason if isinstance(failed, Unread) else "not_collected"
            places = failed.where() if failed is not None and told else listed.names.get(path.rpartition("/")[2], ())
            yield BootLine(path, (), places, says, reason, f"cat {path}")
            continue
        words = [KernelArgument(word.text, reading.at(word.line)) for word in reading.record.options]
        yield _filled(facts, BootLine(path, tuple(words), reading.at(reading.record.line)))


def _of_grub(facts: Facts) -> Iterator[BootLine]:
    for reading in facts.read(GRUB_LINES):
        for row in reading.record.rows:
            words = tuple(KernelArgument(word.text, reading.at(word.line)) for word in row.words)
            name = f"{reading.argv[-1]} ({row.kernel}{', recovery' if 'recovery' in [w.text for w in words] else ''})"
            yield _filled(facts, BootLine(name, words, reading.at(row.line)))


def _filled(facts: Facts, line: BootLine) -> BootLine:
    """The line with what its variables stand for."""
    values, failed, asked = _blocks(facts)
    words: list[KernelArgument] = []
    for word in line.arguments:
        names = _VARIABLE.findall(word.text)
        if not names:
            words.append(word)
            continue
        for name in names:
            if name in values:
                text, places = values[name]
                words += [KernelArgument(one.text, (*places, *word.evidence)) for one in words_of(text, 0)]
            elif name == _KERNELOPTS:
                made = None if failed is not None or not asked else _kernelopts(facts)
                if made is None:
                    says = f"`$kernelopts` of {line.name} is not known: " + (
                        f"`{failed.name}`: {failed.says}" if failed is not None else "no grubenv that sets it was read"
                    )
                    reason: Reason = failed.reason if failed is not None else "not_collected"
                    line = line._replace(unclear=says, reason=reason, settle=f"cat {_BLOCKS[0]}")
                words += made or ()
    return line._replace(arguments=tuple(words))


def _kernelopts(facts: Facts) -> list[KernelArgument] | None:
    """What grub.cfg sets it to where the block does not."""
    for reading in facts.read(GRUB_LINES):
        if reading.record.kernelopts is not None:
            return [KernelArgument(word.text, reading.at(word.line)) for word in reading.record.kernelopts]
    return None


def _generated(facts: Facts) -> Iterator[KernelArgument]:
    for path, names in _GENERATED.items():
        reading = facts.read_of(SETTINGS, path)
        for name in names:
            row = reading.record.of(name) if reading is not None else None
            if row is not None and reading is not None:
                yield from (KernelArgument(word.text, reading.at(row.line)) for word in words_of(row.value, row.line))
    command = facts.read_of(KERNEL_COMMAND, "/etc/kernel/cmdline")
    if command is not None:
        yield from (KernelArgument(word.text, command.at(word.line)) for word in command.record.words)
