// SPDX-License-Identifier: GPL-2.0-or-later
// Private to the payload view: where what stands on a line.
#ifndef MALFLOW_QT_PAYLOAD_CELLS_HPP
#define MALFLOW_QT_PAYLOAD_CELLS_HPP

#include "qt/payload_layout.hpp"

class PayloadView;

// A dump: eight digits of the offset, two blanks, two digits and a blank for each byte with a
// further one in the middle, a blank, and the bytes as text.
inline int
payloadHexCell(int index)
{
    return 10 + 3 * index + (index >= 8 ? 1 : 0);
}

inline int
payloadAsciiCell(int columns)
{
    return payloadHexCell(columns - 1) + 4;
}

inline int
payloadDumpCells(int columns)
{
    return payloadAsciiCell(columns) + columns;
}

// The first run that begins on LINE; NULL: none does.
const PayloadRun *
payloadRunIn(const PayloadDocument &document, const PayloadLine &line);

// Makes views readable for assistive technology (and for tests); once is enough.
void
installPayloadAccessible();
void
tellAccessible(PayloadView *view);

#endif
