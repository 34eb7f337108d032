# SPDX-License-Identifier: GPL-2.0-or-later
"""-z malflow,chains: each root and what came of it, with the frames that FACTS.md names."""
import re
import unittest

import harness

import cause_base  # beside the captures, where harness looks

STEP = 4
NODE = re.compile(r"^( *)\[ *(\d+) \| *(\S.*?) \| f(\d+)(?:, f(\d+))? \] (.*)$")
CAUSE = re.compile(r"(?:\[(\d+)\] )?frame (\d+) (\w+)(?: \"(.*?)\"(?=,|$))?")
FILE = re.compile(r"^file: frame (\d+) (\S+)(?: (\S+))?, (\d+) byte(?:, asked for in frame (\d+))?")
EVIDENCE = re.compile(r'^evidence: frame (\d+) "(.*)"(?: x(\d+))? - nothing was seen to come of it$')
AFTER = re.compile(r"^after: frame (\d+), weak: \[ *(\d+) \|")
LOOKUP = re.compile(r"^looked up by \[(\d+)\] frame (\d+): (.*)$")


class Node:
    """A session, request, scan or beacon, and what is said of it."""

    def __init__(self, match, parent):
        self.depth = len(match[1]) // STEP
        self.session, self.time, self.text = int(match[2]), match[3], match[6]
        self.frame, self.asks = int(match[4]), int(match[5] or 0)
        self.parent, self.children = parent, []
        self.causes, self.hits = [], []
        self.lookups, self.files, self.evidence, self.after = [], [], [], []

    def all(self):
        """Look-ups are none of them, but what stands under these is."""
        if not isinstance(self, Lookup):
            yield self
        for child in self.lookups + self.children:
            yield from child.all()

    def find(self, session):
        """The node of SESSION (not of a later request) in this tree."""
        found = [n for n in self.all() if n.session == session and not n.is_request()]
        if len(found) != 1:
            raise AssertionError("%d nodes of session %d" % (len(found), session))
        return found[0]

    def is_request(self):
        return self.text.startswith("REQUEST ")


class Lookup(Node):
    def __init__(self, depth, match, parent):  # pylint: disable=super-init-not-called
        self.depth, self.session, self.frame, self.text = depth, int(match[1]), int(match[2]), match[3]
        self.parent, self.children = parent, []
        self.lookups, self.files, self.evidence, self.after = [], [], [], []


def read_cause(text):
    """[(session or None, frame, kind)], evidence."""
    found = CAUSE.findall(text)
    return [(int(s) if s else None, int(f), k) for s, f, k, _ in found], found[0][3]


class Chains:
    """What one run printed; every line must be understood."""

    def __init__(self, path, options="", *arguments, **checks):
        checks = {**harness.checks_for(path), **checks}
        result = harness.room().run(
            "-q", "-r", path, *arguments, "-z", "malflow,chains" + (options and "," + options),
            **checks)  # fmt: skip
        self.trees, self.open = [], []
        self.text, title, verdicts = result.out.partition("Verdicts\n")
        if not title:
            raise AssertionError("no verdicts: %s" % result)
        self.verdicts = verdicts.splitlines()
        for line in self.text.splitlines():
            if line:
                self.take(line)

    def take(self, line):
        match = NODE.match(line)
        if match:
            depth = len(match[1]) // STEP
            self.place(Node(match, self.above(depth)))
            return
        text = line.lstrip(" ")
        depth = (len(line) - len(text)) // STEP
        match = LOOKUP.match(text)
        if match:
            node = Lookup(depth, match, self.above(depth))
            self.place(node)
            node.parent.lookups.append(node)
            return
        self.take_detail(text, depth)

    def above(self, depth):
        if depth > len(self.open):
            raise AssertionError("deeper than its line before by more than one:\n" + self.text)
        del self.open[depth:]
        return self.open[-1] if depth else None

    def place(self, node):
        if node.parent is None:
            self.trees.append(node)
        elif not isinstance(node, Lookup):
            node.parent.children.append(node)
        self.open.append(node)

    def take_detail(self, text, depth):
        for pattern, name in ((FILE, "files"), (EVIDENCE, "evidence"), (AFTER, "after")):
            match = pattern.match(text)
            if match:
                getattr(self.above(depth), name).append(match.groups())
                return
        if text.startswith("SHA-256 "):
            return
        node = self.open[depth - 2]
        if text.startswith("<= "):
            node.causes, node.why = read_cause(text[3:])
        elif text.startswith("*** "):
            node.hits = re.findall(r"\*\*\* (.*?) \*\*\*", text)
        elif text.startswith("after ["):
            node.came_after = read_cause(text[6:])[0]
        else:
            raise AssertionError("not understood: %r" % text)

    def tree(self, root):
        (found,) = [tree for tree in self.trees if tree.session == root]
        return found

    def roots(self):
        return [tree.session for tree in self.trees]


class Figure1(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.chains = Chains(harness.own("figure1"))

    def test_two_trees(self):
        self.assertEqual(self.chains.roots(), [4, 6])

    def test_download(self):
        tree = self.chains.tree(4)
        self.assertEqual([(n.session, n.text) for n in tree.lookups],
                         [(3, "proxim.ircgalaxy.pl is 115.126.2.121")])  # fmt: skip
        self.assertEqual([n.session for n in tree.children], [5, 7])
        name, fetch = tree.children
        (cause,) = name.causes
        self.assertEqual((cause[0], cause[2]), (None, "url"))
        self.assertIn("http://ntkrnlpa.cn/wr.jpg", name.why)
        self.assertEqual(fetch.causes[0], cause)
        self.assertEqual([(s, k) for s, _, k in fetch.causes[1:]], [(5, "dns")])
        ((_, kind, file, size, asked),) = fetch.files
        self.assertEqual((kind, file, size, int(asked)), ("PE32", "wr.jpg", "37974", fetch.asks))

    def test_scan(self):
        (scan,) = self.chains.tree(6).children
        self.assertEqual(scan.session, 9)
        self.assertIn("=== Aggregated Session: 168426 (Spread Scan) ===", scan.text)
        self.assertEqual([(s, k) for s, _, k in scan.causes], [(None, "command")])
        self.assertIn("asn139", scan.why)

    def test_verdict(self):
        (verdict,) = self.chains.verdicts
        self.assertRegex(verdict, r"^192\.168\.0\.101 .*: infected: .*outbound scan")

    def test_filter_chooses_trees(self):
        path = harness.own("figure1")
        self.assertEqual(Chains(path, "malflow.session.id == 9").roots(), [6])
        self.assertEqual(Chains(path, "malflow.session.id == 3").roots(), [4])
        none = Chains(path, "malflow.session.id == 1", err="^malflow: nothing that passes")
        self.assertEqual(none.text, "")

    def test_options(self):
        path = harness.own("figure1")
        self.assertRegex(Chains(path, "utc").trees[0].time, r"^\d{4}-\d\d-\d\d ")
        self.assertEqual(Chains(path, "trees=noted").roots(), [4, 6])
        harness.room().run("-q", "-r", path, "-z", "malflow,chains,trees=some", code=1,
                           err="trees.*all or noted")  # fmt: skip

    def test_switched_off(self):
        told = Chains(harness.own("figure1"), "", "-o", "malflow.correlate:FALSE",
                      err="malflow.correlate")  # fmt: skip
        self.assertEqual(told.text, "")


class Beacon(unittest.TestCase):
    """Forty contacts, each with a look-up before it, one of which brings an order."""

    @classmethod
    def setUpClass(cls):
        scene = cause_base.Scene(1)
        for i in range(40):
            order = cause_base.text(b"load=http://files.example/wr.exe")
            said = {"answer": order} if i == 20 else {}
            scene.visit("http://home.example/gate.php", scene.out(9), **said)
            if i == 20:
                file = cause_base.page(cause_base.executable())
                scene.visit("http://files.example/wr.exe", scene.out(10), answer=file)
            scene.wait(60)
        path = harness.room().inputs / "contacts.pcap"
        scene.capture.write(path)
        path.chmod(0o644)
        cls.chains = Chains(path)

    def test_one_line(self):
        self.assertEqual(len(self.chains.trees), 2, self.chains.text)
        contacts = self.chains.trees[0]
        self.assertIn("=== Aggregated Session: 40 (Beacon) === every 60.1 s", contacts.text)
        self.assertEqual(len(contacts.lookups), 1)
        self.assertEqual(contacts.children, [])

    def test_the_contact_that_matters(self):
        contact = self.chains.trees[1]
        self.assertIn("home.example/gate.php", contact.text)
        name, file = contact.children
        self.assertIn("files.example", name.text)
        self.assertEqual([f[1] for f in file.files], ["PE32"])


class RealCaptures(unittest.TestCase):
    def test_orders_that_nothing_came_of(self):
        (tree,) = Chains(harness.shared("irc-rbot-excerpt.pcap")).trees
        self.assertEqual(tree.children + tree.lookups, [])
        told = [(frame, text) for frame, text, _ in tree.evidence]
        self.assertEqual([frame for frame, _ in told], ["11", "11", "11", "19"])
        for (_, text), part in zip(told, ("http://www.wanees.net/bbnz.exe",
                                          "http://webacceptor.findwhatevernow.com:8091/get.file",
                                          "http://ysbweb.com/", ".advscan dcom135 200")):  # fmt: skip
            self.assertTrue(text.startswith(part), text)

    def test_one_answer_of_five(self):
        chains = Chains(harness.shared("betabot-dns-dup.pcap"))
        (tree,) = [t for t in chains.trees if t.files]
        self.assertEqual([n.frame for n in tree.lookups], [136])
        self.assertEqual((tree.frame, tree.asks), (141, 145))
        self.assertEqual([f[0] for f in tree.files], ["147"])
        self.assertEqual(chains.text.count("sinomatics.ga is "), 1)

    def test_list_of_downloads(self):
        chains = Chains(harness.shared("koobface-http-pe.pcap"))
        tree = chains.tree(15)
        self.assertEqual([n.frame for n in tree.lookups], [185])
        self.assertEqual(tree.asks, 191)
        (cgi,) = tree.lookups[0].children
        name, load = cgi.children
        self.assertEqual(name.causes, [(None, 213, "url")])
        self.assertIn("mahjongmuseum.com", name.text)
        self.assertEqual((load.frame, load.asks), (225, 230))
        self.assertEqual(load.causes, [(None, 213, "url"), (name.session, 224, "dns")])
        wanted = [230, 440, 448, 555, 586, 656, 785, 1597]
        self.assertEqual([int(f[4]) for f in load.files], wanted)
        self.assertEqual([int(f[3]) for f in load.files],
                         [104960, 2048, 60928, 14336, 16384, 23552, 75264, 38400])  # fmt: skip
        requests = [n for n in load.children if n.is_request()]
        self.assertEqual([n.frame for n in requests], wanted[1:])
        for request in requests:
            self.assertEqual(request.causes, [(cgi.session, 213, "url")])

    def test_download_then_cc(self):
        chains = Chains(harness.shared("lokibot.pcap"))
        (tree,) = [t for t in chains.trees if t.files]
        self.assertEqual([n.frame for n in tree.lookups], [274])
        self.assertEqual((tree.frame, tree.asks), (275, 278))
        self.assertEqual([(f[0], f[3], f[4]) for f in tree.files], [("280", "871936", "278")])
        ((_, cc),) = tree.after
        self.assertIn("bibpap.com/amb/pin.php", chains.tree(int(cc)).text)
        self.assertEqual([t.text for t in chains.trees if "(ICMP)" in t.text], [])

    def test_behind_tls(self):
        keys = "tls.keylog_file:%s" % harness.shared("dridex-tls.keys")
        chains = Chains(harness.shared("dridex-tls.pcap"), "", "-o", keys)
        (tree,) = [t for t in chains.trees if t.files]
        self.assertEqual([n.frame for n in tree.lookups], [152])
        self.assertEqual(tree.asks, 165)
        self.assertEqual([(f[0], f[4]) for f in tree.files], [("632", "165")])
        (cc,) = [t for t in chains.trees if any(n.frame == 1232 for n in t.lookups)]
        posts = [n for n in cc.all() if "105711.com/docs.php" in n.text]
        self.assertEqual([n.asks for n in posts], [1244, 1336, 1428])
        self.assertEqual([n.causes for n in posts[1:]], [[(None, 1232, "dns")]] * 2)

    def test_redirects(self):
        chains = Chains(harness.shared("honeynet-driveby.pcap"))
        kit = {n.frame: n for t in chains.trees for n in t.all() if n.is_request()}
        for page, load, start in ((131, 178, 180), (131, 194, 196)):
            node = kit[load]
            self.assertEqual(node.causes[0][2], "redirect")
            self.assertIn((str(start), str(load)), [(f[0], f[4]) for f in node.parent.files])
            self.assertEqual(node.parent.causes, [(None, page, "redirect")])
        files = [f[0] for t in chains.trees for n in t.all() for f in n.files]
        self.assertEqual(files, ["180", "196", "504", "520"])  # nobody sent for the fifth

    def test_driveby(self):
        chains = Chains(harness.shared("ms-moneymany-driveby.pcap"))
        tree = chains.trees[0]
        self.assertEqual((tree.frame, [n.frame for n in tree.lookups]), (5, [4]))
        loads = sorted((n for n in tree.all() if "loading.php" in n.text), key=lambda n: n.asks)
        self.assertEqual([n.asks for n in loads], [105, 115])
        self.assertEqual([f[0] for n in loads for f in n.files], ["108", "128"])
        # The page gave the applet the first one's URL in hex; the second it knows by itself.
        self.assertEqual([n.causes[0] for n in loads], [(None, 13, "url"), (None, 44, "dns")])


if __name__ == "__main__":
    harness.main()
