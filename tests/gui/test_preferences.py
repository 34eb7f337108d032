# SPDX-License-Identifier: GPL-2.0-or-later
"""Edit > Preferences > Protocols > Malflow: what stands there, and that a change acts at once."""
import case
import harness
import preferences
from preferences import SPREAD

LABELS = [
    "Protocols shown packet by packet",
    "Roll up scans and beacons",
    "Payload bytes per row",
    "Addresses that make a spread scan",
    "Ports that make a port scan",
    "Longest pause within a scan (seconds)",
    "UDP and ICMP time-out (seconds)",
    "TCP time-out after the end (seconds)",
    "Sessions at most",
    "Bytes inspected per stream direction",
    "Rule files and folders (empty: the bundled ones)",
]
MANY_HOSTS = "200"  # more than the scan of the capture's beginning has


class Preferences(case.OneWindow):
    def test_labels(self):
        dialogue, page = preferences.page(self.window)
        shown = page.names()
        self.assertEqual([label for label in LABELS if label not in shown], [], shown)
        self.window.close(dialogue)

    def test_change(self):
        """Packets are dissected anew as soon as the dialogue is closed. Wireshark filters them in the
        same pass, when the scan is not yet known at its first packets; the next filter sees all."""
        scanned = len(case.ask(case.head(), "malflow.scan.id", "frame.number"))
        self.window.filter("malflow.scan.id", scanned)
        preferences.change(self.window, SPREAD, MANY_HOSTS)
        self.window.wait_displayed(0)
        preferences.change(self.window, SPREAD, "10")
        self.window.wait_display("the scan", lambda count: count > 0)
        self.window.filter("malflow.scan.id", scanned)


class Options(case.Case):
    def test_options(self):
        """From the command line, then a reload."""
        window = self.open(case.head(), "-o", "malflow.spread_scan_hosts:" + MANY_HOSTS)
        window.filter("malflow.scan.id", 0)
        window.keys("ctrl+r")
        window.wait_loaded()
        window.wait_displayed(0)
        window.quit()


if __name__ == "__main__":
    case.head()
    harness.main()
