# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs the real tshark with the plugin under test and nothing else, and reads what it says.

Hermetic: never as root (Wireshark ignores a root user's plugins), a HOME of its own, a plugin folder
that holds only our plugin, inputs copied to where that user can read them. Environment:

  MALFLOW_PLUGIN       the malflow.so under test
  MALFLOW_SIGNATURES   folder of the bundled signatures
  MALFLOW_PLUGIN_ASAN  a build of it with sanitizers, for test_mutated (optional)
  MALFLOW_SHARED       folder of real captures (default: ../shared beside the repository)
  MALFLOW_TEST_CACHE   where captures that are built once are kept (optional)
"""
import atexit
import functools
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]
TOOLS = REPO / "tests" / "tools"
sys.path.insert(0, str(TOOLS))

import captures  # noqa: E402  (needs TOOLS on the path)

SHARED = Path(os.environ.get("MALFLOW_SHARED", REPO.parent / "shared")) / "captures"
NOBODY = 65534
SKIPPED = 77  # ctest's SKIP_RETURN_CODE


class Result:
    """What one tshark run gave: code, out and err (bytes decoded leniently, raw in out_bytes)."""

    def __init__(self, process, command):
        self.command = command
        self.code = process.returncode
        self.out_bytes = process.stdout or b""
        self.out = self.out_bytes.decode("utf-8", "replace")
        self.err = process.stderr.decode("utf-8", "replace")

    def __str__(self):
        shown = self.out if len(self.out) < 4000 else self.out[:4000] + "..."
        return "%s\nexit %d\nstderr: %s\nstdout: %s" % (self.command, self.code, self.err, shown)


class Room:
    """A folder with everything that one plugin under test needs to run."""

    def __init__(self, plugin, preload=None):
        self.path = Path(tempfile.mkdtemp(prefix="malflow-golden-"))
        atexit.register(shutil.rmtree, self.path, ignore_errors=True)
        self.path.chmod(0o755)
        self.inputs = self.path / "inputs"
        self.home = self.path / "home"
        self.plugins = self.path / "plugins"
        self.extcap = self.path / "extcap"  # stays empty: capture tools have no part in this
        for folder in (self.inputs, self.home, self.plugins, self.extcap):
            folder.mkdir()
        if os.geteuid() == 0:
            os.chown(self.home, NOBODY, NOBODY)
        self.preload = preload
        self.plugin = None
        if plugin:
            self._install(plugin)

    def _install(self, plugin):
        folder = self.plugins / tshark_version() / "epan"
        folder.mkdir(parents=True)
        self.plugin = folder / "malflow.so"
        shutil.copyfile(plugin, self.plugin)
        self.plugin.chmod(0o755)
        bundled = os.environ.get("MALFLOW_SIGNATURES")
        if bundled:
            shutil.copytree(bundled, folder / "malflow" / "signatures")
            open_to_all(folder / "malflow")

    def environment(self):
        out = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "HOME": str(self.home),
            "WIRESHARK_PLUGIN_DIR": str(self.plugins),
            "WIRESHARK_EXTCAP_DIR": str(self.extcap),
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
        }
        return {**out, **self.sanitizer()}

    def sanitizer(self):
        """What the environment of a program needs that loads a build with sanitizers."""
        if not self.preload:
            return {}
        return {
            "LD_PRELOAD": self.preload,
            "ASAN_OPTIONS": "detect_leaks=0:abort_on_error=0:exitcode=99",
            "UBSAN_OPTIONS": "print_stacktrace=1:exitcode=99",
        }

    @staticmethod
    def command(arguments):
        return [*as_nobody(), "tshark", *map(str, arguments)]

    def run(self, *arguments, **options):
        """Options: stdin (bytes), stdout (a file in place of Result.out), code (expected exit code,
        None: any; default 0), err (regular expression that stderr must match, None: any; default:
        stderr must be empty), zone (as in TZ; default UTC)."""
        command = self.command(arguments)
        process = subprocess.run(
            command,
            input=options.get("stdin", b""),
            stdout=options.get("stdout", subprocess.PIPE),
            stderr=subprocess.PIPE,
            env={**self.environment(), "TZ": options.get("zone", "UTC")},
            timeout=300,
            check=False,
        )
        result = Result(process, " ".join(command))
        self._check(result, options)
        return result

    @staticmethod
    def _check(result, options):
        code, err = options.get("code", 0), options.get("err", "")
        if code is not None and result.code != code:
            raise AssertionError("expected exit code %d\n%s" % (code, result))
        if err == "" and result.err:
            raise AssertionError("unexpected words on stderr\n%s" % result)
        if err and not re.search(err, result.err):
            raise AssertionError("stderr lacks %r\n%s" % (err, result))

    def put(self, path):
        """A copy of PATH that the unprivileged user can read."""
        target = self.inputs / Path(path).name
        if not target.exists():
            shutil.copyfile(path, target)
            target.chmod(0o644)
        return target

    def put_bytes(self, name, data):
        target = self.inputs / name
        target.write_bytes(data)
        target.chmod(0o644)
        return target


def open_to_all(folder):
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)


def as_nobody():
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid=%d" % NOBODY, "--regid=%d" % NOBODY, "--clear-groups"]


@functools.lru_cache(maxsize=None)
def tshark_version():
    out = subprocess.run(
        [*as_nobody(), "tshark", "--version"], capture_output=True, text=True, check=True
    ).stdout
    return re.search(r"^TShark \(Wireshark\) (\d+\.\d+)", out).group(1)


def tshark_is(*least):
    """Whether it is of version LEAST (4, 2) or later."""
    return tuple(map(int, tshark_version().split("."))) >= least


@functools.lru_cache(maxsize=None)
def room():
    """The room of the plugin under test; asserts once that tshark loads it and nothing else."""
    plugin = os.environ.get("MALFLOW_PLUGIN")
    if not plugin or not Path(plugin).is_file():
        sys.exit("MALFLOW_PLUGIN does not name the plugin under test (run by ctest): %s" % plugin)
    made = Room(plugin)
    assert_loaded(made)
    return made


def assert_loaded(made):
    listed = made.run("-G", "plugins").out.splitlines()
    paths = [line.split("\t")[-1] for line in listed if line]
    if paths != [str(made.plugin)]:
        raise AssertionError("tshark -G plugins names %s, not %s" % (paths, made.plugin))


@functools.lru_cache(maxsize=None)
def stock():
    """The same without any plugin: the oracle."""
    return Room(None)


@functools.lru_cache(maxsize=None)
def asan_room():
    """The room of the sanitizer build, or None where it was not built."""
    plugin = os.environ.get("MALFLOW_PLUGIN_ASAN")
    if not plugin or not Path(plugin).is_file():
        return None
    library = subprocess.run(
        ["gcc", "-print-file-name=libasan.so"], capture_output=True, text=True, check=True
    ).stdout.strip()
    made = Room(plugin, library)
    assert_loaded(made)
    return made


def use_sanitized():
    """From now on the room is that of the sanitizer build; ends as skipped where it was not built."""
    global room
    if asan_room() is None:
        print("skipped: built without sanitizers")
        sys.exit(SKIPPED)
    room = asan_room


@functools.lru_cache(maxsize=None)
def _tools_digest():
    parts = [path.read_bytes() for path in sorted(TOOLS.glob("*.py"))]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


@functools.lru_cache(maxsize=None)
def own(name):
    """Path of one of our own captures (see captures.py), built when first asked for."""
    target = room().inputs / (name + ".pcap")
    cache = os.environ.get("MALFLOW_TEST_CACHE")
    if not cache:
        captures.write(name, target)
        return target
    folder = Path(cache) / _tools_digest()
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / (name + ".pcap")
    if not kept.exists():
        fresh = folder / ("%s.%d" % (name, os.getpid()))
        captures.write(name, fresh)
        fresh.replace(kept)
    return room().put(kept)


def own_names():
    return sorted(captures.CAPTURES)


def shared(name):
    """Path of a real capture; skips the test, visibly, where it is absent."""
    path = SHARED / name
    if not path.exists():
        raise unittest.SkipTest("no real captures: %s is absent" % path)
    return room().put(path)


def shared_names():
    if not SHARED.is_dir():
        return []
    return sorted(p.name for p in SHARED.iterdir() if p.suffix in (".pcap", ".pcapng", ".cap"))


def every_shared():
    """Paths of all real captures; skips the test, visibly, where there are none."""
    if not shared_names():
        raise unittest.SkipTest("no real captures: %s is absent" % SHARED)
    return [shared(name) for name in shared_names()]


def checks_for(path):
    """Options for run(): what is said, and returned, because of how the capture PATH is."""
    name = Path(path).name
    if name in ("koobface-http-pe.pcap", "truncated.pcap"):
        return {"code": None, "err": "cut short"}
    if name in ("empty.pcap", "no_ip.pcap"):
        return {"err": None}
    return {}


def main():
    """Runs the tests of the calling file; exit code SKIPPED when all of them were skipped."""
    outcome = unittest.main(module="__main__", exit=False, verbosity=2).result
    if not outcome.wasSuccessful():
        sys.exit(1)
    if outcome.testsRun and len(outcome.skipped) >= outcome.testsRun:
        sys.exit(SKIPPED)
