# SPDX-License-Identifier: GPL-2.0-or-later
"""What a reader does with a report in a real browser, without a network and without a word of
complaint; and what a hostile capture does there: nothing."""
import functools
import re
import tempfile
import unittest
from pathlib import Path

import harness
import browser
import story

import cap_hostile  # from tests/tools, whose path harness adds

REAL = ("honeynet-driveby.pcap", "irc-rbot-excerpt.pcap", "koobface-http-pe.pcap")
SHOWN = "Array.from(document.querySelectorAll('#rows tbody tr')).filter(r => r.offsetParent !== null).map(r => r.id)"
STATUS = "document.querySelector('#tools output').value"
SEARCH, HOST = "#tools input[type=search]", "#tools .host-box"


@functools.lru_cache(maxsize=None)
def made(path, options):
    """The report of PATH, and the rows of the timeline that the same run printed."""
    behind = "," + options if options else ""
    target = harness.room().home / "report.html"
    run = harness.room().run("-q", "-r", path, "-z", "malflow,timeline" + behind,
                             "-z", "malflow,html,%s%s" % (target, behind), **harness.checks_for(path))  # fmt: skip
    return target.read_bytes(), story.Timeline(run.out).rows


class Case(unittest.TestCase):
    options = "packets=all"

    @classmethod
    def setUpClass(cls):
        cls.browser = browser.Browser()
        cls.folder = tempfile.TemporaryDirectory(prefix="malflow-web-")

    @classmethod
    def tearDownClass(cls):
        cls.browser.quit()
        cls.folder.cleanup()

    def open(self, path, options=None, script=True):
        """Opens the report of PATH; the timeline that the same run printed is told."""
        document, self.told = made(path, self.options if options is None else options)
        target = Path(self.folder.name) / "report.html"
        target.write_bytes(document)
        self.browser.open(target, script)
        self.address = "file://%s" % target

    def check_quiet(self):
        """Nothing was asked for but the file, and the console is empty."""
        asked, _ = self.browser.requests()
        asked = {url for url in asked if not url.startswith(("about:", "data:"))}
        self.assertEqual(asked, {self.address})
        self.assertEqual(self.browser.complaints(), [])

    def ids(self, wanted):
        """Of the rows for which WANTED(row) holds."""
        return ["r%d" % (i + 1) for i, row in enumerate(self.told) if wanted(row)]

    def reset(self):
        self.browser.run("document.querySelector('#tools button').click()")
        self.browser.wait(STATUS + " === '%d rows'" % len(self.told))

    def choose(self, wanted):
        """Waits for the choice that was made; the rows for which WANTED holds must stand alone."""
        ids = self.ids(wanted)
        self.assertTrue(0 < len(ids) < len(self.told), len(ids))
        self.browser.wait(STATUS + ".startsWith('%d of ')" % len(ids))
        self.assertEqual(self.browser.run(SHOWN), ids)
        self.reset()

    def select(self, name, value):
        self.browser.run("(s => { s.value = arguments[1]; s.dispatchEvent(new Event('change')); })"
                         "(document.querySelector('#tools [aria-label=\"' + arguments[0] + '\"]'))",
                         name, value)  # fmt: skip


class Figure1(Case):
    def setUp(self):
        self.open(harness.own("figure1"))

    def tearDown(self):
        self.check_quiet()

    def test_all_rows(self):
        self.assertEqual(self.browser.run(SHOWN), self.ids(lambda row: True))
        self.assertEqual(self.browser.run(STATUS), "%d rows" % len(self.told))

    def test_search(self):
        self.browser.keys(SEARCH, "NTKRNLPA http")
        self.choose(lambda row: "ntkrnlpa" in row.line and "http" in row.line.lower())
        self.browser.keys("body", "/")
        self.assertTrue(self.browser.run("document.activeElement === document.querySelector('%s')" % SEARCH))
        self.browser.keys(SEARCH, "[4]")
        self.choose(lambda row: row.session == 4)

    def test_filters(self):
        sessions = {row.session: row for row in self.told if row.kind != "payload"}
        self.browser.keys(HOST, "115.126.2.12")
        self.choose(lambda row: "115.126.2.12" in sessions[row.session].source + sessions[row.session].target)
        self.select("All protocols", "IRC")
        self.choose(lambda row: sessions[row.session].app == "IRC")
        self.browser.run("document.querySelector('#tools input[type=checkbox]').click()")
        self.choose(lambda row: row.hits)
        self.select("All stages", "4")
        self.choose(lambda row: row.kind == "scan")

    def test_cause_leads_to_its_row(self):
        scan = next(row for row in self.told if row.kind == "scan")
        (session, _, _) = scan.causes[0]
        self.browser.keys(SEARCH, "spread scan")  # hides the cause
        self.browser.wait(STATUS + ".startsWith('1 of ')")
        self.browser.run("document.querySelector('#%s i a').click()" % self.ids(lambda row: row is scan)[0])
        self.browser.wait("document.activeElement.id.startsWith('r')")
        row = self.told[int(self.browser.run("document.activeElement.id")[1:]) - 1]
        self.assertEqual((row.session, row.kind), (session, "payload"))
        self.assertIn("asn139", row.line)
        box = self.browser.run("document.activeElement.getBoundingClientRect().toJSON()")
        self.assertTrue(0 < box["top"] and box["bottom"] < self.browser.run("innerHeight"), box)
        self.browser.wait(STATUS + " === '%d rows'" % len(self.told))

    def test_finding_leads_to_its_row(self):
        self.browser.run("document.querySelector('#findings li .at a').click()")
        self.browser.wait("document.activeElement.matches('#rows tr')")

    def test_scan_opens(self):
        group = "document.querySelector('#rows tr.g details')"
        self.assertFalse(self.browser.run(group + ".open"))
        self.browser.run(group + ".querySelector('summary').click()")
        self.assertIn("S0", self.browser.run(group + ".querySelector('div').textContent"))

    def test_payload(self):
        nick = self.ids(lambda row: "To >> NICK aihr" in row.line)[0]
        button = self.browser.find("#%s button.more" % nick)
        self.assertEqual(button.get_attribute("aria-expanded"), "false")
        button.send_keys("\n")
        self.assertEqual(button.get_attribute("aria-expanded"), "true")
        shown = "document.querySelector('#rows .payload pre').textContent"
        self.assertTrue(self.browser.run(shown).startswith("NICK aihrwjcjh\nUSER"), self.browser.run(shown))
        self.browser.run("document.querySelectorAll('#rows .payload button')[1].click()")
        self.assertTrue(self.browser.run(shown).startswith("0000  4e 49 43 4b 20 61"))
        button.send_keys("\n")
        self.assertEqual(self.browser.run("document.querySelectorAll('.payload').length"), 0)

    def test_axis(self):
        """Plus halves it, the keys move it, Home shows all."""
        lanes = self.browser.run("Array.from(document.querySelectorAll('#axis text')).map(t => t.textContent)")
        for name in ("C&C", "outbound scan", "IRC", "HTTP"):
            self.assertIn(name, lanes)
        self.browser.keys("#axis svg", "+++++++++")
        self.browser.wait(STATUS + ".includes(' of ')")
        less = self.browser.run(SHOWN)
        self.browser.keys("#axis svg", "\ue011")
        self.browser.wait(STATUS + " === '%d rows'" % len(self.told))
        self.assertLess(len(less), len(self.told))

    def test_axis_drag(self):
        from selenium.webdriver import ActionChains

        self.browser.run("document.getElementById('axis').scrollIntoView()")
        svg = self.browser.find("#axis svg")
        ActionChains(self.browser.driver).move_to_element_with_offset(svg, 100, 0).click_and_hold().move_by_offset(
            150, 5
        ).release().perform()
        self.browser.wait(STATUS + ".includes(' of ')")
        self.assertRegex(self.browser.run(STATUS), r", \d+:\d\d to \d+:\d\d$")

    def test_every_control_has_a_name(self):
        nameless = ("Array.from(document.querySelectorAll('input, select, button, svg')).filter(e => "
                    "!(e.ariaLabel || e.textContent.trim() || e.closest('label'))).length")  # fmt: skip
        self.assertEqual(self.browser.run(nameless), 0)

    def test_wide_enough(self):
        """Nothing is cut off at the side."""
        self.assertEqual(self.browser.run("document.documentElement.scrollWidth"),
                         self.browser.run("document.documentElement.clientWidth"))  # fmt: skip


class WithoutScript(Case):
    def test_is_whole(self):
        self.open(harness.own("figure1"), script=False)
        self.assertEqual(self.browser.run(SHOWN), self.ids(lambda row: True))
        self.assertEqual(self.browser.run("document.querySelectorAll('#axis *, #tools *').length"), 0)
        self.browser.command("Emulation.setScriptExecutionDisabled", {"value": False})


class Hostile(Case):
    # What the bytes would make, were they markup: elements that no report has, and a title.
    STRANGE = "document.querySelectorAll('img, :not(head, body) > style, svg script, body style').length"

    def check_inert(self):
        self.assertEqual(self.browser.run("document.scripts.length"), 1)
        self.assertEqual(self.browser.run(self.STRANGE), 0)
        self.assertNotIn("owned", self.browser.run("document.title"))
        self.assertEqual(self.browser.run("document.querySelectorAll('[onerror], [onclick], [style*=url]').length"), 0)
        text = self.browser.run("document.body.innerText")
        self.assertEqual(set(re.findall(r"[^\n\t -~\u25b8\u25be\u2192\xb7\u2026]", text)), set())
        self.check_quiet()

    def test_markup(self):
        self.open(harness.own("markup"))
        self.assertIn("<script>document.title='owned'</script>", self.browser.run("document.body.innerText"))
        self.assertGreater(self.browser.run("document.querySelectorAll('#rows a[title*=\"<!--\"]').length"), 0)
        self.browser.run("document.querySelectorAll('details').forEach(d => d.open = true)")
        self.browser.run("document.querySelectorAll('button.more').forEach(b => b.click())")
        self.browser.run("document.querySelectorAll('.payload button').forEach(b => b.click())")
        self.browser.keys(SEARCH, "<script>")
        self.browser.wait(STATUS + ".includes(' of ')")
        self.check_inert()

    def test_control_bytes(self):
        self.open(harness.own("control_bytes"))
        self.browser.run("document.querySelectorAll('button.more').forEach(b => b.click())")
        self.check_inert()
        hexed = self.browser.run("(document.querySelectorAll('.payload button').forEach(b => b.click()), "
                                 "Array.from(document.querySelectorAll('pre')).map(p => p.textContent))")  # fmt: skip
        told = [bytes.fromhex("".join(line[6:55] for line in text.splitlines())) for text in hexed]
        for line in cap_hostile.HOSTILE:
            self.assertIn(b":boss!b@c " + line, told)

    def test_policy_stops_what_got_through(self):
        """Were the escaping at fault, nothing would run or load all the same."""
        self.open(harness.own("vlan"))
        self.browser.run("(document.body.insertAdjacentHTML('beforeend', "
                         "'<img src=http://203.0.113.1/x onerror=\"document.title=`owned`\">'), 1)")  # fmt: skip
        self.browser.run("(d => { const s = document.createElement('script'); s.textContent = "
                         "'document.title=`owned`'; document.body.append(s); })()")  # fmt: skip
        self.assertNotIn("owned", self.browser.run("document.title"))
        self.assertTrue(any("Content Security Policy" in said for said in self.browser.complaints()))
        asked, stopped = self.browser.requests()
        self.assertEqual([url for url in asked if url not in stopped], [self.address])


class Real(Case):
    def test_three(self):
        if not harness.shared_names():
            self.skipTest("no real captures here")
        paths = {path.name: path for path in harness.every_shared()}
        for name in REAL:
            with self.subTest(name):
                self.open(paths[name], "")
                self.assertEqual(self.browser.run(SHOWN), self.ids(lambda row: True))
                self.check_quiet()


if __name__ == "__main__":
    harness.main()
