# SPDX-License-Identifier: GPL-2.0-or-later
"""What the accessibility bus tells of a window: widgets with a role, a name, a text and actions."""
import time

from desktop import Atspi

PATIENCE = 120  # seconds: machines may have much else to do
MANY = 400  # a table with more cells than this is never walked through
ROLES = {"button": "push button"}  # what later AT-SPI calls what earlier does


class Gone(Exception):
    """The widget was destroyed while it was being looked at."""


class Missing(AssertionError):
    """What was awaited did not come."""


def asking(function, *arguments):
    try:
        return function(*arguments)
    except Exception as error:  # GLib.Error, which every call over the bus may raise
        if type(error).__name__ in ("Error", "GError"):
            raise Gone(str(error)) from error
        raise


def wait_for(what, check, seconds=PATIENCE):
    """What CHECK returns as soon as it is true; CHECK may look at widgets that vanish."""
    end = time.monotonic() + seconds
    while True:
        try:
            found = check()
            if found:
                return found
        except Gone:
            pass
        if time.monotonic() > end:
            raise Missing("waited %d s in vain for %s" % (seconds, what))
        time.sleep(0.1)


class Widget:
    def __init__(self, accessible):
        self.accessible = accessible

    @property
    def role(self):
        said = asking(self.accessible.get_role_name)
        return ROLES.get(said, said)

    @property
    def name(self):
        return asking(self.accessible.get_name)

    @property
    def text(self):
        """The content of a text field."""
        return asking(Atspi.Text.get_text, self.accessible, 0, -1)

    def _has(self, state):
        return asking(self.accessible.get_state_set).contains(state)

    @property
    def enabled(self):
        return self._has(Atspi.StateType.ENABLED)

    @property
    def showing(self):
        return self._has(Atspi.StateType.SHOWING)

    @property
    def expanded(self):
        return self._has(Atspi.StateType.EXPANDED)

    @property
    def selected(self):
        return self._has(Atspi.StateType.SELECTED)

    @property
    def active(self):
        """A window that has the keyboard."""
        self.forget()
        return self._has(Atspi.StateType.ACTIVE)

    @property
    def left(self):
        """A point within, near the upper left corner."""
        box = asking(Atspi.Component.get_extents, self.accessible, Atspi.CoordType.SCREEN)
        return box.x + min(40, box.width // 2), box.y + min(8, box.height // 2)

    def press(self):
        """A menu item, button or box. What opens a dialogue answers only after it was closed."""
        try:
            asking(Atspi.Action.do_action, self.accessible, 0)
        except Gone:
            pass

    def forget(self):
        """What was kept of it on this side of the bus, which may have missed a change."""
        asking(self.accessible.clear_cache)

    def count(self):
        return asking(self.accessible.get_child_count)

    def child(self, index):
        found = asking(self.accessible.get_child_at_index, index)
        if found is None:
            raise Gone("child %d" % index)
        return Widget(found)

    def children(self):
        return [self.child(index) for index in range(self.count())]

    def names(self):
        """Of the children, in order; none of a long table."""
        return [child.name for child in self.children()] if self.count() <= MANY else []

    def walk(self):
        """This widget and all below it, without the cells of long tables."""
        yield self
        if self.count() <= MANY:
            for child in self.children():
                yield from child.walk()

    def every(self, role, name=None):
        for widget in self.walk():
            if widget.role == role and (name is None or widget.name == name):
                yield widget

    def all(self, role, name=None):
        return list(self.every(role, name))

    def find(self, role, name=None):
        """The first of them. Ends there: each step is a question over the bus."""
        return next(self.every(role, name), None)
