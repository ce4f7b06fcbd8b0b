"""Small roots of images, as files and links, and the answers that a collector gets of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from rmccomply.evidence.model import Evidence
from tests.hosts.building import command, file

NODE_ID = "5f3c09a1be27d846\n"
CFG = """\
# The top level settings
users:
  - default
disable_root: true
datasource_list: [ ConfigDrive, NoCloud, None ]
cloud_init_modules:
  - bootcmd
cloud_config_modules:
  - runcmd
cloud_final_modules:
  - scripts_per_once
  - scripts_per_instance
  - scripts_user
  - reset_rmc
system_info:
  distro: rhel
"""
UNITS = "/etc/systemd/system"
VENDOR = "/usr/lib/systemd/system"
WANTS = f"{UNITS}/cloud-init.target.wants"
SERVICES = ("cloud-init-local", "cloud-init", "cloud-config", "cloud-final")
RECFGCT = "/opt/rsct/install/bin/recfgct"
_SEARCHED = ("/etc/rc.local", "/etc/rc.d/rc.local", UNITS, "/var/lib/cloud/scripts", "/etc/cloud")


@dataclass(frozen=True)
class Root:
    """Files by their paths, those of them that may be executed, links, and folders that would be empty."""

    files: Mapping[str, str]
    links: Mapping[str, str] = field(default_factory=dict)
    folders: tuple[str, ...] = ()
    executable: frozenset[str] = frozenset()
    aix: bool = False

    def having(self, files: Mapping[str, str]) -> "Root":
        """The same with these files too."""
        return replace(self, files={**self.files, **files})

    def linking(self, links: Mapping[str, str]) -> "Root":
        """The same with these links too."""
        return replace(self, links={**self.links, **links})

    def lacking(self, *paths: str) -> "Root":
        """The same without these files, links and folders, and what is below them."""

        def stays(path: str) -> bool:
            return not any(path == one or path.startswith(f"{one}/") for one in paths)

        return replace(
            self,
            files={path: text for path, text in self.files.items() if stays(path)},
            links={path: to for path, to in self.links.items() if stays(path)},
            folders=tuple(filter(stays, self.folders)),
        )

    def evidence(self) -> list[Evidence]:
        """What a collector gets."""
        return [*self._listings(), *self._contents(), *self._searches()]

    def _listings(self) -> list[Evidence]:
        if self.aix:
            flat = ("/opt/freeware/etc/cloud", "/opt/freeware/etc/cloud/cloud.cfg.d", "/etc/rc.d/rc2.d")
            return [
                *(self.listed(path) for path in (*flat, "/opt/rsct/install/bin")),
                self.listed("/opt/freeware/var/lib/cloud", deep=True),
            ]
        single = ("/etc/cloud", "/etc/cloud/cloud.cfg.d", VENDOR, "/opt/rsct/install/bin", "/boot/loader/entries")
        return [
            *(self.listed(path) for path in single),
            *(self.listed(path, deep=True) for path in (UNITS, "/var/lib/cloud")),
            command("ls -l /etc/rc.local /etc/rc.d/rc.local", *self._of_files("/etc/rc.local", "/etc/rc.d/rc.local")),
        ]

    def _contents(self) -> list[Evidence]:
        base = "/opt/freeware/etc/cloud" if self.aix else "/etc/cloud"
        due = [f"{base}/cloud.cfg", "/etc/ct_node_id", *(["/etc/inittab"] if self.aix else [])]
        if not self.aix:
            due += ["/etc/cloud/ds-identify.cfg", "/boot/grub2/grubenv", "/boot/grub/grubenv", "/etc/default/grub"]
        due += [path for path in self.files if path.startswith((f"{base}/cloud.cfg.d/", "/boot/loader/entries/"))]
        return [file(path, self.files[path]) if path in self.files else file(path, state="absent") for path in due]

    def _searches(self) -> list[Evidence]:
        searched = ("/opt/freeware/etc/cloud",) if self.aix else _SEARCHED
        rows = [
            f"{path}:{number}:{line}\n"
            for path in sorted(self.files)
            if any(path == one or path.startswith(f"{one}/") for one in searched)
            for number, line in enumerate(self.files[path].splitlines(), 1)
            if "recfgct" in line
        ]
        found = [command(f"grep -rns recfgct {' '.join(searched)}", "".join(rows), 0 if rows else 1)]
        if not self.aix:
            ask = "grep -n -e vmlinu -e kernelopts /boot/{}/grub.cfg"
            found += [command(ask.format(one), "", 1) for one in ("grub2", "grub")]
        return found

    def listed(self, path: str, *, deep: bool = False) -> Evidence:
        """The answer of `ls` to a folder."""
        ask = f"ls {'-lR' if deep else '-l'} {path}"
        known = self._known()
        if path not in known:
            return command(ask, "", 2, f"ls: cannot access '{path}': No such file or directory\n")
        tops = [path, *sorted(one for one in known if one.startswith(f"{path}/"))] if deep else [path]
        texts = [(f"{top}:\n" if deep else "") + "total 0\n" + self._rows(top) for top in tops]
        return command(ask, "\n".join(texts))

    def _known(self) -> set[str]:
        """Every folder there is."""
        found = set(self.folders)
        for path in (*self.files, *self.links, *self.folders):
            parts = path.split("/")[1:-1]
            found |= {"/" + "/".join(parts[: count + 1]) for count in range(len(parts))}
        return found

    def _rows(self, folder: str) -> str:
        rows = []
        for path in sorted({*self.files, *self.links, *self._known()}):
            inside, _, name = path.rpartition("/")
            if inside == folder:
                rows.append(self._row(path, name))
        return "".join(rows)

    def _row(self, path: str, name: str) -> str:
        if path in self.links:
            return f"lrwxrwxrwx. 1 root root   40 Nov  2 08:15 {name} -> {self.links[path]}\n"
        if path in self.files:
            mode = "-rwxr-xr-x" if path in self.executable else "-rw-r--r--"
            return f"{mode}. 1 root root {len(self.files[path]):4} Nov  2 08:15 {name}\n"
        return f"drwxr-xr-x. 2 root root 4096 Nov  2 08:15 {name}\n"

    def _of_files(self, *paths: str) -> tuple[str, int, str]:
        rows = [self._row(path, path) for path in paths if path in self.files or path in self.links]
        gone = [path for path in paths if path not in self.files and path not in self.links]
        errors = "".join(f"ls: cannot access '{path}': No such file or directory\n" for path in gone)
        return "".join(rows), 2 if gone else 0, errors


def linux() -> Root:
    """An image of Linux on which cloud-init renews the node ID."""
    files = {
        "/etc/cloud/cloud.cfg": CFG,
        "/etc/cloud/ds-identify.cfg": "policy: search,found=all,maybe=all,notfound=disabled\n",
        "/etc/cloud/cloud.cfg.d/05_logging.cfg": "_log:\n - &a |\n   x\nlog_cfgs:\n - [ *a ]\n",
        "/etc/ct_node_id": NODE_ID,
        RECFGCT: "",
        **{f"{VENDOR}/{name}.service": "" for name in SERVICES},
        f"{VENDOR}/cloud-init.target": "",
        "/boot/loader/entries/a.conf": "title A\nlinux /vmlinuz-5.14.0\noptions root=/dev/sda2 ro\n",
    }
    links = {f"{WANTS}/{name}.service": f"{VENDOR}/{name}.service" for name in SERVICES}
    return Root(files, links, ("/var/lib/cloud",))


def aix() -> Root:
    """An image of AIX on which cloud-init renews the node ID."""
    base = "/opt/freeware/etc/cloud"
    modules = "cloud_init_modules:\n - ssh\n - reset-rmc\ncloud_final_modules:\n - final-message\n"
    files = {
        f"{base}/cloud.cfg": f"datasource_list: ['ConfigDrive']\n{modules}",
        f"{base}/cloud.cfg.d/05_logging.cfg": "output: {all: '| tee'}\n",
        "/etc/ct_node_id": NODE_ID,
        "/etc/inittab": "init:2:initdefault:\nl2:2:wait:/etc/rc.d/rc 2\n",
        RECFGCT: "",
    }
    names = ("cloud-init-local", "cloud-init", "cloud-config", "cloud-final")
    links = {f"/etc/rc.d/rc2.d/S0{at}{name}": f"/etc/rc.d/init.d/{name}" for at, name in enumerate(names, 1)}
    return Root(files, links, ("/opt/freeware/var/lib/cloud",), aix=True)
