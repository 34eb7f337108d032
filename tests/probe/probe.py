# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs tshark with the probe (probe.c) in place of the plugin."""
import functools
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "golden"))

import harness  # noqa: E402

import cap_buffers  # noqa: E402  (from tests/tools, whose path harness adds)


class Room(harness.Room):
    extra = {}

    def environment(self):
        return {**super().environment(), **self.extra}


@functools.lru_cache(maxsize=None)
def room():
    os.environ.pop("MALFLOW_SIGNATURES", None)
    return Room(os.environ["MALFLOW_PROBE"])


def ask(path, *arguments, **settings):
    """What the probe prints of PATH, as (frame, name, value). SETTINGS: wants, fields, filters
    (lists), mark_all, table."""
    room().extra = {}
    for name, value in settings.items():
        text = value if isinstance(value, str) else "|".join(value)
        room().extra["MALFLOW_PROBE_" + name.upper()] = text
    # -z: without any output tshark would dissect nothing
    run = room().run("-q", "-r", path, "-z", "io,stat,0", *arguments, code=None, err=None)
    rows = [line.split("\t") for line in run.out.splitlines()]
    return [tuple(row) for row in rows if len(row) == 3]


def own(name):
    """Path of a capture of cap_buffers."""
    path = room().inputs / (name + ".pcap")
    if not path.exists():
        with tempfile.NamedTemporaryFile() as made:
            cap_buffers.build(name).write(made.name)
            room().put_bytes(path.name, Path(made.name).read_bytes())
    return path
