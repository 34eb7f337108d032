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
    // Pixels at the usual size of letters. LEAST: which a long text may be cut to; 0: it is not
    // cut. MOST: beyond which it is; 0: any.
    int least, most;
};

class QAbstractItemModel;

// COLUMN: of StoryModel.
const ColumnKind &
columnOf(int column);

// Pixels that a column of some rows asks for.
struct ColumnNeed {
    int least = 0; // below which it tells nothing
    int wish = 0;  // with which nothing is cut
};

// Of the columns of MODEL, by what stands in some of its rows.
QVector<ColumnNeed>
columnNeeds(const QAbstractItemModel *model, const QFont &font);

// Widths by NEEDS in ROOM pixels; of hidden columns (bits 1 << column) 0.
QVector<int>
columnWidths(const QVector<ColumnNeed> &needs, int room, unsigned hidden);

#endif
