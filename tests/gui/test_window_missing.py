# SPDX-License-Identifier: GPL-2.0-or-later
"""Statistics > Malflow > Timeline without the window's shared object: what is missing, what to do."""
import case
import harness

MENU = ("Statistics", "Malflow", "Timeline")
MEANWHILE = "tshark -q -r FILE -z malflow,timeline"


class Missing(case.Case):
    def test_message(self):
        """The same each time, and Wireshark goes on as before."""
        window = self.open(case.head())
        for _ in range(2):
            window.menu(*MENU)
            text = " ".join(w.name for w in window.message(MEANWHILE).walk())
            self.assertIn("Malflow: the timeline window cannot be opened", text)
            self.assertRegex(text, self.expected())
            window.dismiss(MEANWHILE)
        window.select(26)
        window.detail("[Malflow, Session 7, HTTP]")
        window.quit()

    def expected(self):
        if case.window_object():
            return r"(?s)/malflow/malflow-qt\.so is missing.*\./malflow install"
        return r"development files of Qt (5 .*qtbase5-dev|6 .*qt6-base-dev).*\./malflow install"


if __name__ == "__main__":
    case.head()
    harness.main()
