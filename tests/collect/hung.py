"""A file system that never answers, as one on a dead file server: whoever looks at it waits, and no signal ends that.

Run as a program, as root in mounts of its own: `python hung.py PLACE... -- COMMAND...` mounts one at each place (a
folder or a file), runs the command, and takes the mounts away. `PLACE@N` is mounted only after N seconds.
"""

import ctypes
import os
import stat
import struct
import subprocess
import sys
import time
from threading import Thread
from typing import Final

_OPEN: Final = 26
"""The first request on every FUSE connection, FUSE_INIT; the kernel holds all others back until it is answered."""
_HEADER: Final = struct.Struct("<IIQQIIII")
_ANSWER: Final = struct.Struct("<IiQ")
_SETTLED: Final = struct.Struct("<IIIIHHI")


def hang(place: str) -> None:
    """Mount at a place what is opened once, and then never answers."""
    device = os.open("/dev/fuse", os.O_RDWR)
    kind = stat.S_IFMT(os.stat(place).st_mode)
    options = f"fd={device},rootmode={kind:o},user_id=0,group_id=0"
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(b"hung", os.fsencode(place), b"fuse", 0, options.encode()) != 0:
        sys.exit(f"cannot mount at {place}: {os.strerror(ctypes.get_errno())}")
    Thread(target=swallow, args=(device,), daemon=True).start()


def swallow(device: int) -> None:
    """Take all requests: one that was taken cannot be called back, even by a signal that ends who made it."""
    while True:
        try:
            data = os.read(device, 1 << 17)
        except OSError:
            return
        _, code, number, *_ = _HEADER.unpack_from(data)
        if code == _OPEN:
            body = _SETTLED.pack(7, 31, 65536, 0, 12, 9, 65536) + bytes(40)
            os.write(device, _ANSWER.pack(_ANSWER.size + len(body), 0, number) + body)


def later(place: str, seconds: float) -> None:
    time.sleep(seconds)
    hang(place)


def main() -> None:
    """Run a command among hung places."""
    at = sys.argv.index("--")
    for word in sys.argv[1:at]:
        place, _, seconds = word.partition("@")
        if seconds:
            Thread(target=later, args=(place, float(seconds)), daemon=True).start()
        else:
            hang(place)
    status = run(sys.argv[at + 1 :])
    # Closing the devices, as the end of this process does, sets everybody free.
    os._exit(status % 256)


def run(command: list[str]) -> int:
    """Hand on what a command writes, to its end or to that of its bundle: it may hang itself, and never be gone."""
    with subprocess.Popen(command, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        for line in running.stdout:
            sys.stdout.buffer.write(line)
            if line.startswith(b"%end "):
                break
        sys.stdout.flush()
        try:
            return running.wait(3)
        except subprocess.TimeoutExpired:
            os._exit(137)


if __name__ == "__main__":
    main()
