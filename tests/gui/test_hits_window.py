# SPDX-License-Identifier: GPL-2.0-or-later
"""Statistics > Malflow > Hits: the signatures that fired, in a window."""
import case
import harness
from widgets import wait_for

RULES = (
    'alert tcp any any -> any any (msg:"Joins"; content:"JOIN #"; sid:20; rev:3; priority:2; '
    "classtype:trojan-activity;)\n"
    'alert udp any any -> any any (msg:"Looks up"; content:"cn"; sid:10; priority:3;)\n'
    'alert tcp any any -> any any (msg:"Waits"; flow:to_server; content:"GET /"; '
    'content:!"no such bytes"; distance:0; sid:30;)\n'
)
TITLE, COLUMNS = "Malflow Hits", 10


def rules():
    return "malflow.signatures:%s" % harness.room().put_bytes("window.rules", RULES.encode())


def expected(display_filter=""):
    """What tshark prints, as rows of (frame, session, hits, sessions, sid, message)."""
    name = "malflow,hits" + ("," + display_filter if display_filter else "")
    out = harness.room().run("-q", "-r", case.head(), "-o", rules(), "-z", name).out
    rows = []
    for line in out.splitlines():
        words = line.split()
        if words and words[0].isdigit():
            sid, message = words[6].split(":")[0], line.split("  ")[-1].split(" [")[0]
            rows.append((*words[:4], sid, message))
    return rows


class Hits(case.Case):
    def table(self, window):
        """The rows of the open window, as texts of the same columns."""
        cells = [w.name for w in window.dialogue(TITLE).find("tree").children()]
        header = ["First frame", "First session", "Hits", "Sessions", "Priority", "Message"]
        self.assertEqual([name.strip() for name in cells[: len(header)]], header)
        rows = [cells[at : at + COLUMNS] for at in range(COLUMNS, len(cells), COLUMNS)]
        return [(*row[:4], row[8], row[5]) for row in rows if row[0]]

    def wait_rows(self, window, rows):
        wait_for("the rows", lambda: self.table(window) == rows)

    def test_window(self):
        window = self.open(case.head(), "-o", rules())
        whole, part = expected(), expected("udp")
        self.assertEqual((len(whole), len(part)), (3, 1))
        window.menu("Statistics", "Malflow", "Hits")
        self.wait_rows(window, whole)
        self.filter(window, "udp")
        self.wait_rows(window, part)
        self.close(window)
        window.quit()

    def close(self, window):
        """By its button: Escape may only close what completes the filter."""
        window.dialogue(TITLE).find("push button", "Close").press()
        wait_for("the end of the window", lambda: not window.others())

    def filter(self, window, text):
        line = window.dialogue(TITLE).find("text")
        window.desktop.click(*line.left)
        window.desktop.type(text)
        wait_for("the typed filter", lambda: line.text == text)
        window.dialogue(TITLE).find("push button", "Apply").press()


if __name__ == "__main__":
    case.head()
    harness.main()
