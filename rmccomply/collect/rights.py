"""What lets a user collect as root, as text to look at and to adapt: sudo, AIX RBAC, a key that runs one command.

Nothing of it is ever applied from here. A shell as root is root, whatever it is meant for, so the texts say which way
gives how much.
"""

from typing import Final

from rmccomply.collect.plan import Step, steps

_SUDOERS: Final = """\
# /etc/sudoers.d/rmccomply; look it over with `visudo -cf` first.
# The collector comes by standard input, so this lets {user} run anything as root. What gives less is below.
{user} ALL=(root) NOPASSWD: /bin/sh -s -- *
"""
_FORCED: Final = """\
# Less: a key of root that runs the collector, and nothing else, whatever is asked of it.
# Keep the output of `rmccomply collect script` on the partition as a file that only root may write, and put
# before the key in root's authorized_keys (sshd needs PermitRootLogin forced-commands-only or more):
restrict,command="/bin/sh /usr/local/sbin/rmccomply-collector full" ssh-ed25519 AAAA... audit
"""
_RBAC: Final = """\
# AIX RBAC in place of sudo: {user} may run these commands with root's rights, the collector runs as {user}.
# Not tried by us on every level of AIX: try it on one partition, and undo it with rmsecattr, rmrole and rmauth.
mkauth rmccomply
mkrole authorizations=rmccomply rmccomply
{commands}
setkst
chuser roles=rmccomply default_roles=rmccomply {user}
"""
_VIOS: Final = """\
# VIOS: padmin may be root by oem_setup_env already. Let the key in for padmin, and collect with --vios.
"""
_FOLDERS: Final = {"emgr": "/usr/sbin", "lsfilt": "/usr/sbin"}
_RSCT: Final = "/opt/rsct/bin"


def for_root(platform: str) -> tuple[Step, ...]:
    """The requests that root alone is answered."""
    return tuple(step for step in steps(platform) if step.root == "yes")


def snippet(platform: str, user: str) -> str:
    """What lets a user collect as root on a platform."""
    if platform == "vios":
        return _VIOS
    parts = [_SUDOERS.format(user=user), _FORCED]
    if platform == "aix":
        names = dict.fromkeys(step.argv[0] for step in for_root(platform) if step.kind == "cmd")
        commands = "\n".join(
            f"setsecattr -c accessauths=rmccomply euid=0 {_FOLDERS.get(name, _RSCT)}/{name}" for name in names
        )
        parts.append(_RBAC.format(user=user, commands=commands))
    return "\n".join(parts)
