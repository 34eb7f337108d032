# SPDX-License-Identifier: GPL-2.0-or-later
"""Edit > Preferences > Protocols > Malflow, driven by hand."""
from widgets import wait_for

FIRST = "Protocols shown packet by packet"
SPREAD = "Addresses that make a spread scan"


def page(window):
    """The dialogue, and the page of our preferences in it."""
    window.keys("ctrl+shift+p")
    dialogue = window.dialogue("Preferences")
    protocols = wait_for("the list", lambda: dialogue.find("table cell", "Protocols"))
    window.desktop.click(*protocols.left)
    window.desktop.keys("Right")
    window.desktop.type("Malflow")
    label = wait_for("the page", lambda: dialogue.find("label", FIRST))
    wait_for("the page to be shown", lambda: label.showing)
    return dialogue, next(w for w in dialogue.walk() if label.name in w.names())


def change(window, label, value):
    """Types VALUE into the line behind LABEL, and leaves."""
    shown = page(window)[1]
    line = shown.children()[shown.names().index(label) + 1]
    assert line.role == "text", line.role
    window.desktop.click(*line.left)
    window.desktop.keys("ctrl+a")
    window.desktop.type(value)
    wait_for("the typed value", lambda: line.text == value)
    window.desktop.keys("Return")
    wait_for("the dialogue's end", lambda: not window.named("Preferences"))
