# SPDX-License-Identifier: GPL-2.0-or-later
"""What caused what, against scenarios whose links are all known (tests/tools/cause_*.py).

Each scenario is a capture of its own, and all of them play at the same time in one more. Counted
over every link: precision and recall, printed with each wrong or missing link. "test_links.py NAME"
shows what malflow says about this scenario and what it holds.
"""
import collections
import concurrent.futures
import functools
import os
import sys
import unittest

import harness
import story

import cause_all  # beside the captures, where harness looks

PRECISION, RECALL = 0.97, 0.95
CAUSE = ("frame", "kind", "session")
NAMES = ("frame.number", "malflow.session.id", "malflow.session.first_frame", "malflow.scan.id",
         "malflow.root.session", *("malflow.cause." + name for name in CAUSE))  # fmt: skip
KINDS = ("dns", "url", "redirect", "command", "drop", "exec")


class Told:
    """What malflow says about one capture: the causes that each effect shows, best first."""

    def __init__(self, path):
        self.session, self.root, self.faults = {}, {}, []
        self.effects = {}  # frame of an effect: [(cause frame, kind)]
        self.inherited = {}  # any frame: the causes of its session's start
        self.groups = {}  # scan group: the frame of its effect
        rows = [row for row in story.frames(path, NAMES) if row["malflow.session.id"]]
        for row in rows:
            number = int(row["frame.number"][0])
            self.session[number] = int(row["malflow.session.id"][-1])
            self.root[number] = int((row["malflow.root.session"] or ["0"])[-1])
        shown = {int(row["frame.number"][0]): self.causes(row) for row in rows}
        for row in rows:
            self.place(row, shown)

    def causes(self, row):
        frames, kinds, sessions = (row["malflow.cause." + name] for name in CAUSE)
        number = int(row["frame.number"][0])
        if not len(frames) == len(kinds) == len(sessions):
            self.faults.append("frame %d: causes of unequal length: %s" % (number, row))
        out = [(int(frame), kind) for frame, kind in zip(frames, kinds)]
        for frame, session in zip(frames, sessions):
            if self.session.get(int(frame)) != int(session):
                fault = "frame %d: cause %s is not of session %s" % (number, frame, session)
                self.faults.append(fault)
        return out

    def place(self, row, shown):
        """A session's causes stand on its first frame; what differs later is of a request."""
        number, first = (int(row[name][-1]) for name in (NAMES[0], NAMES[2]))
        self.inherited[number] = shown.get(first, [])
        if number == first and row["malflow.scan.id"]:
            self.place_member(row, shown[number])
        elif number == first or shown[number] != self.inherited[number]:
            self.effects[number] = shown[number]

    def place_member(self, row, causes):
        """The effect is the group: all its members are one, at the first of them."""
        number, group = int(row["frame.number"][0]), row["malflow.scan.id"][-1]
        known = self.effects.setdefault(self.groups.setdefault(group, number), [])
        known += [cause for cause in causes if cause not in known]

    def links(self):
        """(effect, cause, kind); one that is shown twice comes twice."""
        return [(effect, *cause) for effect, causes in self.effects.items() for cause in causes]


class Score:
    """Right, wrong and missing links, by kind."""

    def __init__(self):
        self.right, self.wrong, self.missing = (collections.Counter() for _ in range(3))
        self.lines = []

    def compare(self, truth, told):
        found = set()
        for link in told.links():
            if link[0] in truth.frames:
                self.judge(truth, link, found)
        for index, (effect, causes, kinds, required) in enumerate(truth.links):
            if required and index not in found and not self.is_inherited(told, truth.links[index]):
                self.missing[kinds[0]] += 1
                self.lines.append(
                    "%s: missing: frame %d <- %s (%s)"
                    % (truth.name, effect, "|".join(map(str, sorted(causes))), "|".join(kinds))
                )
            elif required:
                self.right[kinds[0]] += 1

    def judge(self, truth, link, found):
        """FOUND gathers the indices of the expected links that were met."""
        matching = [
            index
            for index, (effect, causes, kinds, _) in enumerate(truth.links)
            if effect == link[0] and link[1] in causes and link[2] in kinds
        ]
        fresh = [index for index in matching if index not in found]
        if not fresh:
            what = "told twice" if matching else "wrong"
            self.wrong[link[2]] += 1
            self.lines.append("%s: %s: frame %d <- %d (%s)" % (truth.name, what, *link))
        found.update(fresh[:1])

    @staticmethod
    def is_inherited(told, link):
        """A later request whose own causes are those of its session looks like any frame."""
        effect, causes, kinds, _ = link
        if effect in told.effects:
            return False
        return any(f in causes and k in kinds for f, k in told.inherited.get(effect, ()))

    @staticmethod
    def ratio(right, other):
        return right / (right + other) if right + other else 1.0

    def numbers(self, kinds=KINDS):
        """(right, wrong, missing, precision, recall)."""
        counts = (self.right, self.wrong, self.missing)
        right, wrong, missing = (sum(count[kind] for kind in kinds) for count in counts)
        return (right, wrong, missing, self.ratio(right, wrong), self.ratio(right, missing))

    def report(self, title):
        out = ["%s: right, wrong, missing, precision, recall" % title]
        for kind in KINDS:
            out.append("  %-9s %5d %5d %5d   %.3f  %.3f" % (kind, *self.numbers([kind])))
        out.append("  %-9s %5d %5d %5d   %.3f  %.3f" % ("all", *self.numbers()))
        return "\n".join(out + ["  " + line for line in self.lines])


@functools.lru_cache(maxsize=None)
def made():
    """(Capture, Truth) of every scenario by itself."""
    return [cause_all.one(*pair) for pair in cause_all.played()]


@functools.lru_cache(maxsize=None)
def each():
    """(Truth, Told) of every scenario in a capture of its own."""
    room = harness.room()
    paths = [room.put_bytes(truth.name + ".pcap", capture.pcap()) for capture, truth in made()]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        told = list(pool.map(Told, paths))
    return [(truth, said) for (_, truth), said in zip(made(), told)]


@functools.lru_cache(maxsize=None)
def together():
    """The same, all scenarios in one capture: the Told is shared."""
    capture, truths = cause_all.together()
    told = Told(harness.room().put_bytes("together.pcap", capture.pcap()))
    return [(truth, told) for truth in truths]


def score(pairs):
    out = Score()
    for truth, told in pairs:
        out.compare(truth, told)
    return out


class Labels(unittest.TestCase):
    """The set itself."""

    def test_there_are_enough_of_each_kind(self):
        kinds = collections.Counter(
            link[2][0] for _, truth in made() for link in truth.links if link[3]
        )
        self.assertGreaterEqual(len(made()), 70)
        self.assertTrue(all(kinds[kind] >= 10 for kind in KINDS), kinds)

    def test_decoys(self):
        """A third has no link of any kind but those of DNS answers, where there are such."""
        none = [t.name for _, t in made() if all(link[2] == ("dns",) for link in t.links)]
        self.assertGreaterEqual(len(none), len(made()) / 3, none)

    def test_every_story_is_told(self):
        for _, truth in made():
            self.assertTrue(truth.story.endswith("."), truth.name)
            self.assertNotIn("\n", truth.story, truth.name)

    def test_a_link_is_said_once_and_backwards(self):
        """Backwards: but for a connection that was open before it was used."""
        for _, truth in made():
            said = [(effect, cause, kind) for effect, causes, kinds, _ in truth.links
                    for cause in causes for kind in kinds]  # fmt: skip
            self.assertEqual(len(said), len(set(said)), truth.name)
            if truth.name != "url_connected_before":
                self.assertTrue(all(cause < effect for effect, cause, _ in said), truth.name)


class Counting(unittest.TestCase):
    """The count itself, on made-up answers."""

    TRUTH = cause_all.Truth(
        name="made up",
        story="",
        links=(
            (9, frozenset([3, 4]), ("url",), True),
            (9, frozenset([8]), ("dns",), True),
            (9, frozenset([2]), ("url",), False),
            (15, frozenset([12]), ("redirect", "url"), True),
        ),
        firsts=(),
        roots=(),
        frames=frozenset(range(1, 20)),
    )

    def count(self, effects, inherited=()):
        told = Told.__new__(Told)
        told.effects, told.inherited = effects, dict(inherited)
        out = Score()
        out.compare(self.TRUTH, told)
        return out.numbers()[:3]

    def test_all_is_right(self):
        told = {9: [(4, "url"), (8, "dns"), (2, "url")], 15: [(12, "url")]}
        self.assertEqual(self.count(told), (3, 0, 0))

    def test_nothing_is_told(self):
        self.assertEqual(self.count({}), (0, 0, 3))

    def test_wrong_frame_kind_effect_and_repetition(self):
        told = {9: [(4, "url"), (4, "url"), (8, "url"), (7, "dns")], 10: [(8, "dns")]}
        self.assertEqual(self.count(told), (1, 4, 2))

    def test_what_is_optional_does_not_stand_for_another(self):
        self.assertEqual(self.count({9: [(2, "url"), (8, "dns")]}), (1, 0, 2))

    def test_later_request_with_the_causes_of_its_session(self):
        told = {9: [(3, "url"), (8, "dns")]}
        self.assertEqual(self.count(told, {15: [(12, "redirect")]}), (3, 0, 0))
        self.assertEqual(self.count(told, {15: [(11, "redirect")]}), (2, 0, 1))

    def test_frames_of_other_scenarios(self):
        self.assertEqual(self.count({99: [(3, "url")]}), (0, 0, 3))


class Links(unittest.TestCase):
    def check(self, title, pairs):
        found = score(pairs)
        print(found.report(title), flush=True)
        self.assertGreaterEqual(found.numbers()[3], PRECISION)
        self.assertGreaterEqual(found.numbers()[4], RECALL)

    def test_each_by_itself(self):
        self.check("%d scenarios" % len(each()), each())

    def test_all_at_the_same_time(self):
        self.check("%d scenarios at the same time" % len(together()), together())

    def test_fields_agree(self):
        """As many frames as kinds as sessions, and each frame is of that session."""
        for truth, told in [*each(), *together()[:1]]:
            with self.subTest(scenario=truth.name):
                self.assertEqual(told.faults, [])

    def test_best_cause_comes_first(self):
        for truth, told in each():
            for effect, cause in truth.firsts:
                with self.subTest(scenario=truth.name, effect=effect):
                    self.assertEqual([c[0] for c in told.effects.get(effect, [])[:1]], [cause])

    def test_roots(self):
        for truth, told in each():
            for session, root in truth.roots:
                with self.subTest(scenario=truth.name, session=session):
                    self.assertEqual(told.root[session], told.session[root])


def show(names):
    for truth, told in each():
        if truth.name in names:
            print(truth.name + ": " + truth.story)
            for link in truth.links:
                print("  truth", link[0], "<-", sorted(link[1]), *link[2], "" if link[3] else "?")
            for effect, cause, kind in told.links():
                print("  told ", effect, "<-", cause, kind)


if __name__ == "__main__":
    if len(sys.argv) > 1 and sys.argv[1] in cause_all.SCENARIOS:
        show(sys.argv[1:])
    else:
        harness.main()
