# SPDX-License-Identifier: GPL-2.0-or-later
"""Columns, colour rules, expert information and links from frame to frame."""
import case
import harness
from widgets import wait_for
from window import write_profile

COLUMNS = '"No.","%m","Session","%Cus:malflow.session.id:0:R","Hit","%Cus:malflow.hit.msg:0:R"'
COLOURS = "@a malflow hit@malflow.hit.msg@[65535,0,0][65535,65535,65535]\n"
HIT = "Detect Windows Executable File"
PE_FRAME, FIRST_FRAME = 26, 18


class Columns(case.OneWindow):
    arguments = ("-o", "gui.column.format:" + COLUMNS)

    @classmethod
    def setUpClass(cls):
        case.desktop()  # whose user must be able to read the profile
        write_profile("colorfilters", COLOURS)
        super().setUpClass()

    def test_columns(self):
        fields = "frame.number", "malflow.session.id", "malflow.hit.msg"
        expected = case.ask(case.head(), "frame.number <= 40", *fields)
        shown = [[self.window.cell(row, column) for column in range(3)] for row in range(40)]
        self.assertEqual(shown, expected)
        self.assertEqual(shown[PE_FRAME - 1][2], HIT)

    def test_colour_rule(self):
        """The frame's own part of the packet tree names the rule that coloured it."""
        for frame, coloured in ((PE_FRAME, True), (PE_FRAME + 1, False)):
            self.window.select(frame)
            self.window.expand("Frame %d:" % frame)
            self.assertEqual(
                "[Coloring Rule Name: a malflow hit]" in self.window.details(), coloured
            )

    def test_expert_information(self):
        self.window.menu("Analyze", "Expert Information")
        dialogue = self.window.dialogue("Expert Information")
        wait_for("the hits", lambda: "Malflow" in [w.name for w in dialogue.all("table cell")])
        cells = [w.name for w in dialogue.all("table cell")]
        at = cells.index("Malflow")
        self.assertEqual(cells[at - 3 : at], ["Error", "Signature hit of priority 1", "Security"])
        self.window.close(dialogue)

    def test_expert_report(self):
        """The same from tshark, which lists single messages."""
        report = harness.room().run("-q", "-r", case.head(), "-z", "expert").out
        self.assertRegex(report, r"\b1 +Security +Malflow +%s\n" % HIT)

    def test_link(self):
        session = case.ask(
            case.head(), "malflow.session.first_frame == %d" % FIRST_FRAME, "frame.number"
        )
        later = int(session[-1][0])
        for follow in (self.window.double_click, self.window.go_to_linked):
            self.window.select(later)
            self.window.expand("[Malflow")
            self.window.show_detail("[First frame: %d]" % FIRST_FRAME)
            follow("[First frame: %d]" % FIRST_FRAME)
            self.window.wait_frame(FIRST_FRAME)


if __name__ == "__main__":
    case.head()
    harness.main()
