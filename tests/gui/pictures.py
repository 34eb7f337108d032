# SPDX-License-Identifier: GPL-2.0-or-later
"""Takes the pictures of pictures/ anew: run it with the environment of the gui tests (CMakeLists.txt);
with the word "timeline", those of the timeline window, which wants a wider screen.

They have few colours, so that they stay small.
"""
import sys
import time
from pathlib import Path

import case
import desktop
import harness
import timeline
from window import Window

OUT = Path(__file__).parent / "pictures"
COLUMNS = (
    '"No.","%m","Time","%t","Source","%s","Destination","%d","Protocol","%p",'
    '"Session","%Cus:malflow.session.id:0:R","Info","%i"'
)
ARGUMENTS = ("-o", "gui.layout_content_3:NONE", "-o", "gui.column.format:" + COLUMNS)
NAMES = TREE, FILTER = "packet-tree.png", "conversation-filter.png"
PE_FRAME, SCAN_FRAME = 26, 100
SCREEN = (1000, 860)
TIMELINE_SCREEN = (1280, 760)
# What is typed in the timeline window before a picture of it is taken.
TIMELINES = {
    # the command and control session opened, its payload below
    "timeline.png": ("Home", "Down", "Down", "Down", "Right"),
    # what that chat led to alone, and the members of the scan
    "timeline-chain.png": ("Left", "End", "Up", "ctrl+l", "End", "Right"),
}
LIST_END = 270  # of the packet list; the rest is the packet's


def take(screen, name):
    time.sleep(1)  # until menus have faded in and the last row is drawn
    path = harness.room().path / name
    screen.picture("png8:%s" % path, "+dither", "-colors", "48", "-strip", "-quality", "95")
    return path


def move_splitter(window):
    top = window.packet_details.left[1] - 10  # the splitter lies above the details
    window.desktop.drag((SCREEN[0] // 2, top), (SCREEN[0] // 2, LIST_END))


def packet_tree(window):
    window.select(PE_FRAME)
    window.expand("[Malflow")
    return take(window.desktop, TREE)


def conversation_filter(window):
    window.select(SCAN_FRAME)
    window.desktop.click(*window.menu_item("Analyze").left)
    for path in ("Conversation Filter",), ("Conversation Filter", "malflow scan group"):
        time.sleep(1)
        window.desktop.hover(*window.menu_item("Analyze", *path).left)
    return take(window.desktop, FILTER)


def timeline_windows(capture):
    timeline.install()
    outputs = [open(OUT / name, "wb") for name in TIMELINES]
    desktop.SCREEN = TIMELINE_SCREEN
    window = Window(case.desktop(), capture)
    shown = timeline.Timeline(window)
    shown.desktop.keys("super+Up")
    for (name, keys), output in zip(TIMELINES.items(), outputs):
        shown.desktop.keys(*keys)
        output.write(take(window.desktop, name).read_bytes())
        output.close()
    window.kill()


def main():
    if sys.argv[1:] == ["timeline"]:
        timeline_windows(harness.own("figure1"))
        return
    capture = harness.own("figure1")
    outputs = [open(OUT / name, "wb") for name in NAMES]  # while that is still allowed
    desktop.SCREEN = SCREEN
    window = Window(case.desktop(), capture, *ARGUMENTS)
    move_splitter(window)
    taken = packet_tree(window), conversation_filter(window)
    window.kill()
    for path, out in zip(taken, outputs):
        out.write(path.read_bytes())


if __name__ == "__main__":
    main()
