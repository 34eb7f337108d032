// SPDX-License-Identifier: GPL-2.0-or-later
// How wide the columns of the table are. Widths follow from what stands in some rows, and from the
// room that there is; never from all rows.
#ifndef MALFLOW_QT_COLUMNS_HPP
#define MALFLOW_QT_COLUMNS_HPP

#include "qt/host.h"

#include <QFont>
#include <QString>
#include <QVector>

struct ColumnKind {
    const char *title;
    const char *help;
    const char *sample; // as wide as most are
    Qt::Alignment alignment;
    int least, most; // pixels at the usual size of letters; 0: what the sample takes
    int share;       // of the room that is left
};

class QAbstractItemModel;

// COLUMN: of StoryModel.
const ColumnKind &
columnOf(int column);

// Widths of the columns of MODEL in ROOM pixels; of hidden ones (bits 1 << column) 0.
QVector<int>
columnWidths(const QAbstractItemModel *model, const QFont &font, int room, unsigned hidden);

#endif
