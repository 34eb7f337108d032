# SPDX-License-Identifier: GPL-2.0-or-later
"""File > Export Objects > Malflow: the list, all saved, another file, reloading with the list open."""
import hashlib

import case
import harness
from widgets import wait_for

import cap_export  # from tests/tools, whose path harness adds
import cap_files
import protocols as proto

TITLE, COLUMNS = "Malflow object list", 5
HOST = "files.example.org"


def programs():
    """Name to bytes of what stands in the capture http_keepalive."""
    return {
        uri.strip("/"): proto.pe(size, seed + 1)
        for seed, (uri, size) in enumerate(cap_files.KEEPALIVE)
    }


def digests(files):
    return {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}


class Export(case.Case):
    def rows(self, window):
        """Those of the open list: (host, type, name) by packet."""
        cells = [w.name for w in window.dialogue(TITLE).find("tree").children()]
        self.assertEqual(cells[:COLUMNS], ["Packet", "Hostname", "Content Type", "Size", "Filename"])
        rows = [cells[at : at + COLUMNS] for at in range(COLUMNS, len(cells), COLUMNS)]
        return [(int(row[0]), row[1], row[2], row[4]) for row in rows]

    def open_list(self, window, count):
        window.menu("File", "Export Objects", "Malflow\N{HORIZONTAL ELLIPSIS}")
        wait_for("%d objects" % count, lambda: len(self.rows(window)) == count)
        return self.rows(window)

    def save_all(self, window, folder):
        window.dialogue(TITLE).find("push button", "Save All").press()
        window.dialogue("Save All Objects In")
        window.desktop.keys("ctrl+a")
        window.desktop.type(str(folder))
        window.desktop.keys("Return")
        wait_for("the end of the question", lambda: len(window.others()) == 1)

    def close_list(self, window):
        window.dialogue(TITLE).find("push button", "Close").press()
        wait_for("the end of the list", lambda: not window.others())

    def test_list(self):
        window = self.open(harness.own("http_keepalive"))
        wanted = programs()
        rows = self.open_list(window, len(wanted))
        self.assertEqual([row[1:] for row in rows], [(HOST, "PE32", name) for name in wanted])
        self.assertEqual([row[0] for row in rows], sorted(row[0] for row in rows))
        folder = harness.room().home / "saved"
        folder.mkdir()
        self.save_all(window, folder)
        saved = {each.name: each.read_bytes() for each in folder.iterdir()}
        self.assertEqual(digests(saved), digests(wanted))
        self.close_list(window)
        self.assertEqual(self.open_list(window, len(wanted)), rows)  # as often as one likes
        self.close_list(window)
        window.quit()

    def test_other_file(self):
        """Nothing of the file before is in the list; what broke off is marked."""
        window = self.open(harness.own("http_keepalive"))
        self.open_list(window, len(cap_files.KEEPALIVE))
        self.close_list(window)
        window.open_file(harness.own("export_broken"))
        rows = self.open_list(window, 3)
        names = ["%d.exe.broken-off" % number for number in (1050, 1051, 1052)]
        self.assertEqual([row[1:] for row in rows], [(HOST, "PE32 (broken off)", n) for n in names])
        self.close_list(window)
        window.open_file(harness.own("export_names"))
        self.open_list(window, len(cap_export.NAMES))
        self.close_list(window)
        window.quit()

    def test_reload(self):
        """With the list open, and then again."""
        window = self.open(harness.own("http_keepalive"))
        rows = self.open_list(window, len(cap_files.KEEPALIVE))
        window.menu("View", "Reload")
        wait_for("the end of the list", lambda: not window.others())
        window.wait_loaded()
        self.assertEqual(self.open_list(window, len(rows)), rows)
        self.close_list(window)
        window.filter("malflow.file.type", len(rows))  # dissects nothing anew
        self.assertEqual(self.open_list(window, len(rows)), rows)
        self.close_list(window)
        window.quit()


if __name__ == "__main__":
    for name in ("http_keepalive", "export_broken", "export_names"):
        harness.own(name)
    harness.main()
