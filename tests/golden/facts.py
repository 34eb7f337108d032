# SPDX-License-Identifier: GPL-2.0-or-later
"""What malflow knows of one real capture, in the form in which the facts about it are written."""
import functools

import harness
import story


class Known:
    """One capture: its timeline without payload rows, its sessions, and who owns which frame."""

    def __init__(self, name, *arguments):
        self.path = harness.shared(name)
        self.arguments = arguments
        self.told = story.tell(self.path, "packets=none", *arguments)
        extra = ("frame.number", "malflow.hit.msg", "malflow.file.size", "malflow.file.name")
        self.sessions, self.owner, self.hits, self.files = {}, {}, [], {}
        names = ["malflow.session." + n for n in story.SESSION_FIELDS] + list(extra)
        for row in story.frames(self.path, names, "-Y", "malflow.session.id", *arguments):
            self._take(row)

    def _take(self, row):
        flat = {k.replace("malflow.session.", ""): v[-1] if v else "" for k, v in row.items()}
        frame, session = int(flat["frame.number"]), int(flat["id"])
        self.sessions[session] = flat
        self.owner[frame] = session
        for message in row["malflow.hit.msg"]:
            self.hits.append((frame, message))
        if row["malflow.file.size"]:
            self.files[frame] = (
                row["malflow.file.name"],
                [int(s) for s in row["malflow.file.size"]],
            )

    def pe_frames(self):
        return [frame for frame, message in self.hits if message == story.PE]

    def row_of(self, frame):
        """The timeline row of the session that frame FRAME belongs to."""
        return self.told.session(self.owner[frame])

    def starts(self, frame):
        """The final state of the session that begins with frame FRAME."""
        found = self.sessions[self.owner[frame]]
        assert found["first_frame"] == str(frame), "session %s begins at %s, not at %d" % (
            found["id"],
            found["first_frame"],
            frame,
        )
        return found

    def requests(self, session):
        """Texts of all requests of SESSION: its own row, then its sub-rows."""
        rows = [row for row in self.told.rows if row.session == session]
        return [row.details or row.text for row in rows]


@functools.lru_cache(maxsize=None)
def known(name, *arguments):
    return Known(name, *arguments)
