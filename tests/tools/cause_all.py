#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""cause_all.py NAME OUT: writes one scenario of what caused what ("all": all of them, at the same
time, in one capture); cause_all.py alone lists them."""
import sys
from dataclasses import dataclass

import cause_command
import cause_dns
import cause_drop
import cause_exec
import cause_redirect
import cause_relay
import cause_url
import pcapgen as pg
from cause_base import Scene

FILES = (cause_dns, cause_url, cause_relay, cause_redirect, cause_command, cause_drop, cause_exec)
SCENARIOS = {
    function.__name__: function for module in FILES for function in module.scenario.functions
}
STAGGER = 0.37  # seconds between the beginnings of two scenarios played in one capture


@dataclass(frozen=True)
class Truth:
    """What is to be found in a capture, in numbers of frames: links are (effect, frames that may be
    shown as the cause, kinds that may be shown, required)."""

    name: str
    story: str
    links: tuple
    firsts: tuple  # (effect, its best cause)
    roots: tuple  # (first frame of a session, the same of its root)
    frames: frozenset  # all that belong to it


def played():
    """A Scene for each scenario, played."""
    out = []
    for number, function in enumerate(SCENARIOS.values()):
        scene = Scene(number + 1)
        function(scene)
        out.append((function, scene))
    return out


def truth(function, scene, number_of):
    """NUMBER_OF: the number of the frame of a mark."""
    links = [
        (
            number_of[effect],
            frozenset(number_of[mark] for mark in cause.marks),
            cause.kinds,
            cause.required,
        )
        for effect, cause in scene.links
    ]
    return Truth(
        function.__name__,
        (function.__doc__ or "").strip(),
        tuple(links),
        tuple((number_of[a], number_of[b]) for a, b in scene.firsts),
        tuple((number_of[a], number_of[b]) for a, b in scene.roots),
        frozenset(number_of),
    )


def numbers(times):
    """TIMES of frames in order of writing: their numbers in the capture, from 1."""
    order = sorted(range(len(times)), key=lambda index: times[index])
    out = [0] * len(times)
    for position, index in enumerate(order):
        out[index] = position + 1
    return out


def one(function, scene):
    """(Capture, Truth) of one scenario."""
    times = [time for time, _ in scene.capture.frames]
    return scene.capture, truth(function, scene, numbers(times))


def together():
    """(Capture, list of Truth): all scenarios at the same time."""
    capture, scenes = pg.Capture(), played()
    starts = []
    for index, (_, scene) in enumerate(scenes):
        starts.append(len(capture.frames))
        begin = round(index * STAGGER * 1000000)
        capture.frames += [(begin + time, frame) for time, frame in scene.capture.frames]
    number_of = numbers([time for time, _ in capture.frames])
    out = []
    for (function, scene), start in zip(scenes, starts):
        own = number_of[start : start + scene.mark()]
        out.append(truth(function, scene, own))
    return capture, out


def main():
    if len(sys.argv) == 3 and sys.argv[1] == "all":
        together()[0].write(sys.argv[2])
        return
    for function, scene in played():
        capture, said = one(function, scene)
        if len(sys.argv) == 3 and said.name == sys.argv[1]:
            capture.write(sys.argv[2])
            for link in said.links:
                print(*link)
            return
        if len(sys.argv) == 1:
            print("%-34s %s" % (said.name, said.story))
    if len(sys.argv) > 1:
        sys.exit("usage: cause_all.py NAME OUT")


if __name__ == "__main__":
    main()
