// SPDX-License-Identifier: GPL-2.0-or-later
// Colours that can be read on whatever ground the theme has: the hue is ours, the lightness follows
// from the ground.
#ifndef MALFLOW_QT_COLOURS_HPP
#define MALFLOW_QT_COLOURS_HPP

#include <QColor>
#include <QPalette>

// Contrast after WCAG 2.1: 1 (none) to 21.
double
contrast(const QColor &a, const QColor &b);

// HUE (0 to 359), as colourful as SATURATION (0 to 255) says and with at least CONTRAST on GROUND.
QColor
readableColour(const QColor &ground, int hue, int saturation, double minimum);

// SHARE (0 to 1) of OVER on GROUND.
QColor
blended(const QColor &ground, const QColor &over, double share);

bool
isDark(const QColor &ground);

// A stable hue for what mf_story_span() calls the protocol: the well-known have their own, the
// others get one by their name. -1: grey, no protocol is known.
int
protocolHue(const char *protocol);

// The same for everyone: what one side sent, hits.
enum { HueOriginator = 4, HueResponder = 222, HueHit = 0, HueFound = 48 };

#endif
