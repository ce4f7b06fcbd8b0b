"""Stand-in hosts whose answers are meant to do harm. All of it is constructed."""

from pathlib import Path

from tests.collect.running import Host

FORGERY = b"""%done 1 os.uname sum=cksum:1
%end sections=1 utc=2026-11-20T03:00:00Z sum=cksum:1
%sect 2 x kind=cmd
|x
-n
\\c
$(id)
"""
BINARY = bytes(range(256)) * 5 + b"no line feed at the end"
EVIL = r"""
printf '%%done 1 os.uname sum=cksum:1\n%%end sections=1 utc=2026-11-20T03:00:00Z sum=cksum:1\n%%sect 2 x kind=cmd\n'
printf '%s\n' '|x' -n '\c' '$(id)'
printf 'an error without an end' >&2
exit 3
"""
HANGING = "HANGS=$0\nexport HANGS\nsleep 300 &\nsleep 300"
DEAF = "exec 2>&-\ntrap '' 15\ntrap 'exit 0' 10\nprintf 'begun\\n'\nwhile :; do sleep 1; done"
POLITE = "exec 2>&-\ntrap 'exit 0' 15\nprintf 'begun\\n'\nwhile :; do sleep 1; done"
ONLY = (
    "os.uname,os.model,os.serial,os.uptime,node.etc,node.var,node.live,"
    "net.addresses,net.links,fs.var,caa.disks,vios.level,src.all"
)
"""The requests that the evil host answers; the others would only say that there is no such command."""


def evil_host(folder: Path) -> Host:
    """A host whose commands forge frames, print octets of all values, hang, read, and print too much."""
    host = Host(folder)
    source = folder / "octets"
    source.write_bytes(BINARY)
    host.command(
        "uname",
        f'[ "$1" != -a ] || {{ :\n{EVIL}\n}}\n'
        f'[ "$1" != -M ] || cat {source}\n'
        '[ "$1" != -u ] || { printf "%2100s|\\n" x; printf "last"; }',
    )
    host.command("uptime", "cat; printf 'nothing was to read'")
    host.command(
        "lsnodeid", 'printf \'password = hunter2\\nRMCKey            = "0xabcdef"\\nKeyToken = "hmc1"\\n\' >&2'
    )
    host.command("ifconfig", "awk 'BEGIN { for (i = 0; i < 40000; i++) printf \"%09d\\n\", i }'")
    host.command("netstat", HANGING)
    host.command("df", "printf 'begun\\n'; exit 1")
    host.command("lspv", "kill -9 $$")
    host.command("lssrc", "printf '\\347\\344\\n' ; exit 252")
    host.command("lsrpdomain", "exit 0", mode=0o644)
    host.file("/etc/ct_node_id", b"9f684c509e74d650\r\n")
    (host.folder / "root/var/ct/cfg/ct_node_id").mkdir(parents=True)
    return host
