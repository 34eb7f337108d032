# SPDX-License-Identifier: GPL-2.0-or-later
"""All scenarios of the bundled signatures in one capture, and what each of them must say."""
from dataclasses import dataclass

import pcapgen as pg
import sig_base

import sig_attacks
import sig_c2
import sig_docs
import sig_files
import sig_http
import sig_irc
import sig_net

CASES = [
    case
    for module in (
        sig_files,
        sig_docs,
        sig_http,
        sig_irc,
        sig_c2,
        sig_attacks,
        sig_net,
    )
    for case in module.CASES
]


@dataclass(frozen=True)
class Play:
    """One piece of traffic in the capture: whose, of which case, and the sids that must fire."""

    client: str
    name: str
    kind: str
    expected: frozenset


def build():
    """(Capture, list of Play)."""
    capture, plays = pg.Capture(), []
    for case in CASES:
        for kind in ("fires", "misses"):
            number = len(plays)
            stage = sig_base.Stage(capture, number, float(number * sig_base.GAP))
            getattr(case, kind)(stage)
            expected = {case.sid, *case.also} if kind == "fires" else set(case.instead)
            name = "%d %s" % (case.sid, case.what)
            plays.append(Play(stage.client, name.strip(), kind, frozenset(expected)))
    return capture, plays
