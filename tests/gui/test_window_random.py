# SPDX-License-Identifier: GPL-2.0-or-later
"""What a user does to the timeline window, whatever it is, crashes nothing: with sanitizers in the
plugin and in the window's own object.

MALFLOW_GUI_SEED is another run than the usual one, MALFLOW_GUI_CAPTURE a real capture in the place
of that of Figure 1. A failure tells the seed and all that was done.
"""
import os

import case
import harness
import profiles
import random_user
import timeline
import window
from widgets import wait_for

SEED = int(os.environ.get("MALFLOW_GUI_SEED", "1"))
ACTIONS = int(os.environ.get("MALFLOW_GUI_ACTIONS", "200"))
CAPTURE = os.environ.get("MALFLOW_GUI_CAPTURE")
OTHERS = "scan_three_hosts", "everything"


def first_file():
    return harness.shared(CAPTURE) if CAPTURE else harness.own("figure1")


def files():
    return [first_file(), case.head(), *map(harness.own, OTHERS)]


class Random(case.Case):
    def test_random(self):
        profiles.make("other", "malflow.spread_scan_hosts: 200", "malflow.packet_protocols: all")
        main = self.open(first_file())
        user = random_user.RandomUser(main, files())
        try:
            user.act(random_user.draw(SEED, ACTIONS))
            wait_for("the main window", user.to_main)
            main.quit()  # with the timeline open
            undone = sum(line.endswith(random_user.NOT_DONE) for line in user.done)
            self.assertLess(undone, ACTIONS / 4)
        except Exception:
            print("MALFLOW_GUI_SEED=%d\n%s" % (SEED, "\n".join(user.done)), flush=True)
            raise


if __name__ == "__main__":
    window.use_sanitized()
    files()
    timeline.install()
    harness.main()
