# SPDX-License-Identifier: GPL-2.0-or-later
"""Reloading, closing, opening another file, other post-dissectors, a disabled protocol."""
import os
import shutil
from pathlib import Path

import case
import harness
from widgets import wait_for

MATE = "Pdu tcp_pdu Proto tcp Transport ip {\n\tExtract addr From ip.addr;\n};\nDone;\n"
FRAME = 26
SESSION = "[Malflow, Session 7, HTTP]"


def add_others():
    """Post-dissectors that are plugins of Wireshark's own."""
    folder = harness.room().plugin.parent
    for name in ("transum.so", "mate.so"):
        found = Path(os.environ["MALFLOW_GUI_PLUGINS"]) / "epan" / name
        shutil.copyfile(found, folder / name)
        (folder / name).chmod(0o755)
    harness.room().put_bytes("mate.config", MATE.encode())


class Files(case.Case):
    def test_reload(self):
        """Whatever stands behind the name by now."""
        first, second = case.head(), harness.own("http_pe_image")
        frames = len(case.ask(second, "malflow.session.id == 1", "frame.number"))
        path = harness.room().inputs / "changing.pcap"
        shutil.copyfile(first, path)
        window = self.open(path)
        window.filter("malflow.session.id == 1", 2)
        for source, keys, displayed in (
            (second, "ctrl+r", frames),
            (first, "ctrl+r", 2),
            (second, "ctrl+shift+f", None),  # as the format of the file, not a capture
            (second, "ctrl+shift+f", frames),
            (first, "ctrl+r", 2),
        ):
            shutil.copyfile(source, path)
            window.keys(keys)
            if displayed is not None:
                window.wait_displayed(displayed)
        window.filter("malflow.session.id == 7", 62)
        window.select(FRAME)
        window.detail(SESSION)
        window.quit()

    def test_close_and_open(self):
        other = harness.own("scan_three_hosts")
        frames = len(case.ask(other, "frame", "frame.number"))
        window = self.open(case.head())
        for path, count in ((other, frames), (case.head(), case.HEAD)):
            window.keys("ctrl+w")
            wait_for("no packets", lambda: not window.status())
            window.open_file(path)
            window.wait_displayed(count)
            window.select(1)
            window.detail("[Malflow, Session 1,")
        window.open_file(harness.own("http_pe_image"))  # without closing the other
        window.filter("malflow.hit.sid == 9000001", 1)
        window.quit()

    def test_disabled(self):
        window = self.open(case.head(), "--disable-protocol", "malflow")
        window.select(FRAME)
        self.assertFalse([row for row in window.details() if "alflow" in row])
        item = window.menu_item("Analyze", "Conversation Filter", "malflow session")
        self.assertFalse(item.enabled)
        window.keys("ctrl+r")
        window.wait_loaded()
        window.quit()

    def test_others(self):
        arguments = ["-o", "mate.config:%s" % (harness.room().inputs / "mate.config")]
        for name in ("communityid", "transum", "mate"):
            arguments += ["--enable-protocol", name]
        window = self.open(case.head(), *arguments)
        window.filter("malflow.session.id == 7 && communityid && mate && tcp", 62)
        window.filter("malflow.session.id == 7 && transum", 2)
        window.filter("malflow.hit.sid == 9000001", 1)
        window.detail(SESSION)
        window.menu("Analyze", "Follow", "TCP Stream")
        dialogue = window.dialogue("Follow TCP Stream")
        window.close(dialogue)
        window.quit()


if __name__ == "__main__":
    case.head()
    for name in ("scan_three_hosts", "http_pe_image"):
        harness.own(name)
    add_others()
    harness.main()
