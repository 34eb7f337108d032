// SPDX-License-Identifier: GPL-2.0-or-later
// What is taken of Wireshark's main window beside the plugin interface: found by name, and left out
// where a version of Wireshark has no such thing.
#ifndef MALFLOW_QT_WIRESHARK_WINDOW_HPP
#define MALFLOW_QT_WIRESHARK_WINDOW_HPP

#include "qt/host.h"

class QObject;
class QString;
class QWidget;

// Null: there is none.
QWidget *
wiresharkWindow();

// Lets SLOT (as SLOT() gives it) of RECEIVER be called when a packet was selected; false: that
// cannot be heard of.
bool
onPacketSelected(QObject *receiver, const char *slot);

// Puts TEXT into the line of the display filter, and gives it the keyboard; false: it was not
// found.
bool
prepareFilter(const QString &text);

// Opens Follow Stream for the packet that is selected, for a session over L4; false: it cannot be
// followed.
bool
followStream(mf_l4 l4);

#endif
