# SPDX-License-Identifier: GPL-2.0-or-later
"""Edit > Configuration Profiles, driven by hand."""
import harness
from widgets import wait_for


def make(name, *preferences):
    """A profile of the user, of which PREFERENCES differ (lines of Wireshark's file of them)."""
    folder = harness.room().home / ".config" / "wireshark" / "profiles" / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "preferences").write_text("".join("%s\n" % line for line in preferences))


def choose(window, name):
    """The profile NAME from now on."""
    window.keys("ctrl+shift+a")
    dialogue = window.dialogue("Configuration Profiles")
    cell = wait_for("the profile %s" % name, lambda: dialogue.find("table cell", name))
    window.desktop.click(*cell.left)
    wait_for("the chosen profile", lambda: cell.selected)
    window.desktop.keys("Return")
    wait_for("the end of the dialogue", lambda: not window.named("Configuration Profiles"))
