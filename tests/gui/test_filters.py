# SPDX-License-Identifier: GPL-2.0-or-later
"""Display filters, typed and from the menu of conversation filters."""
import case
import harness

TYPED = [
    "malflow.session.id == 7",
    'malflow.hit.msg contains "Executable"',
    'malflow.session.app == "IRC"',
    'malflow.payload contains "NICK"',
    "malflow.scan.type == spread || malflow.session.hits > 0",
]
CONVERSATIONS = "Analyze", "Conversation Filter"
HTTP_FRAME, SCAN_FRAME = 26, 100
HIT = 'malflow.hit.msg contains "Executable"'


class Filters(case.OneWindow):
    def test_typed(self):
        for text in TYPED:
            with self.subTest(filter=text):
                expected = len(case.ask(case.head(), text, "frame.number"))
                self.assertGreater(expected, 0)
                self.window.filter(text, expected)

    def test_unknown_field(self):
        """Nothing is filtered; the line's colour says why, which no one can read off the bus."""
        self.window.filter("malflow.session.nothing", case.HEAD)

    def test_session(self):
        self.window.select(HTTP_FRAME)
        self.window.menu(*CONVERSATIONS, "malflow session")
        self.window.wait_filter("malflow.session.id == 7")
        self.window.wait_displayed(len(case.ask(case.head(), "tcp.port == 1033", "frame.number")))
        self.assertFalse(self.window.menu_item(*CONVERSATIONS, "malflow scan group").enabled)

    def test_signature(self):
        """All of the sessions in which the signatures of the packet fired."""
        number, sid = case.ask(case.head(), HIT, "frame.number", "malflow.hit.sid")[0]
        self.window.select(int(number))
        self.window.menu(*CONVERSATIONS, "malflow signature")
        self.window.wait_filter("malflow.session.sid == %s" % sid)
        self.window.wait_displayed(len(case.ask(case.head(), "tcp.port == 1033", "frame.number")))

    def test_scan_group(self):
        self.window.select(SCAN_FRAME)
        self.assertTrue(self.window.menu_item(*CONVERSATIONS, "malflow session").enabled)
        self.window.menu(*CONVERSATIONS, "malflow scan group")
        self.window.wait_filter("malflow.scan.id == 1")
        self.window.wait_displayed(len(case.ask(case.head(), "tcp.port == 139", "frame.number")))


if __name__ == "__main__":
    case.head()
    harness.main()
