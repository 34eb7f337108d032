# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs -z malflow,json beside the timeline, and reads what it says."""
import collections
import functools
import json
import unittest

import harness
import story

SCHEMA = harness.REPO / "plugin" / "schema" / "malflow-1.schema.json"
ROWS = ("session", "scan", "beacon", "fold", "request", "payload")
KINDS = ("capture", *ROWS, "hit", "link", "host", "file")


class Report:
    """The objects of one run, with the timeline that the same run printed."""

    def __init__(self, path, options="", *arguments):
        behind = "," + options if options else ""
        target = harness.room().home / "report.json"
        run = harness.room().run(
            "-q", "-r", path, "-z", "malflow,timeline" + behind,
            "-z", "malflow,json,%s%s" % (target, behind), *arguments,
            **harness.checks_for(path),
        )  # fmt: skip
        self.told = story.Timeline(run.out)
        self.bytes = target.read_bytes()
        target.unlink()
        self.objects = [json.loads(line) for line in self.bytes.decode("utf-8").splitlines()]
        self.capture = self.objects[0]

    def of_kind(self, *kinds):
        return [one for one in self.objects if kind_of(one) in kinds]

    @property
    def rows(self):
        return self.of_kind(*ROWS)


def kind_of(one):
    return one["event"]["dataset"].split(".")[1]


@functools.lru_cache(maxsize=None)
def schema():
    return json.loads(SCHEMA.read_text(encoding="utf-8"))


@functools.lru_cache(maxsize=None)
def jsonschema():
    """The library that validates; skips the test, visibly, where it is absent."""
    try:
        import jsonschema as module
    except ImportError:
        raise unittest.SkipTest("python3-jsonschema is absent") from None
    if not hasattr(module, "Draft202012Validator"):
        raise unittest.SkipTest("python3-jsonschema is too old")
    return module


@functools.lru_cache(maxsize=None)
def validator():
    module = jsonschema()
    module.Draft202012Validator.check_schema(schema())
    return module.Draft202012Validator(schema())


def faults(one):
    """What the schema finds wrong with an object."""
    return ["%s: %s" % (e.json_path, e.message) for e in validator().iter_errors(one)]


def paths(value, before=""):
    """Every path of an object to something that is none: 'malflow.cause.kind'."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from paths(part, before + "." + key if before else key)
    elif isinstance(value, list):
        for part in value:
            yield from paths(part, before)
    else:
        yield before


def resolve(part):
    """PART of the schema with what it refers to."""
    if "$ref" in part:
        return {**schema()["$defs"][part["$ref"].rsplit("/", 1)[1]], **part}
    return part


def declared(part, before=""):
    """Every path that a kind's part of the schema allows."""
    part = resolve(part)
    if "items" in part:
        part = resolve(part["items"])
    if "properties" not in part:
        yield before
    for key, below in part.get("properties", {}).items():
        yield from declared(below, before + "." + key if before else key)


def seconds(time):
    """Nanoseconds since midnight of 1970-01-01 of an ISO time, without losing any."""
    import datetime

    whole = datetime.datetime.fromisoformat(time[:19] + "+00:00")
    return int(whole.timestamp()) * 10**9 + int(time[20:29])


def messages(one):
    """Hits of an object, as the timeline counts them: message to how often."""
    out = collections.Counter()
    for hit in one["malflow"].get("hit", ()):
        out[hit.get("msg", "signature %d" % hit["sid"])] += hit["count"]
    return dict(out)
