// SPDX-License-Identifier: GPL-2.0-or-later
// A table of a million rows must not be measured; its first rows and some of the others say well
// enough how wide its cells are. Long texts (summary, hits, cause) share what the others leave.
#include "qt/columns.hpp"

#include "qt/story_model.hpp"

#include <QFontMetrics>

enum { SampledRows = 60, Padding = 12, Indent = 34 };

static const ColumnKind kinds[StoryModel::Columns] = {
    // clang-format off
    {"Time", "When it began", "123.456", Qt::AlignRight, 0, 260, 0},
    {"Session", "Number of the session, or of its first member", "1234", Qt::AlignRight, 0, 110, 0},
    {"Duration", "From the first packet to the last (minutes:seconds)", "0:00.00", Qt::AlignRight, 0, 120, 0},
    {"Source", "Originator: who opened it", "10.0.0.1:1234", Qt::AlignLeft, 0, 230, 0},
    {"Destination", "Responder", "10.0.0.1:1234", Qt::AlignLeft, 0, 230, 0},
    {"Protocol", "The first protocol above the transport that was recognised", "UDP:DNS", Qt::AlignLeft, 0, 120, 0},
    {"Summary", "What it says of itself", "", Qt::AlignLeft, 150, 0, 5},
    {"Sent", "Bytes of payload, originator to responder", "1234", Qt::AlignRight, 0, 120, 0},
    {"Reply", "Bytes of payload, responder to originator", "1234", Qt::AlignRight, 0, 120, 0},
    {"Hits", "Signatures that fired", "", Qt::AlignLeft, 100, 0, 3},
    {"Cause", "Where it was caused: session, frame, and how", "", Qt::AlignLeft, 85, 0, 2},
    {"Life", "When it lived, on the time of the whole capture", "", Qt::AlignLeft, 100, 0, 3},
    // clang-format on
};

const ColumnKind &
columnOf(int column)
{
    return kinds[column];
}

// The widest of some rows.
static int
sampledWidth(const QAbstractItemModel *model, const QFontMetrics &metrics, int column)
{
    const int count = model->rowCount();
    const int step = qMax(1, count / SampledRows);
    int width = 0;

    for (int row = 0; row < count; row += row < SampledRows / 2 ? 1 : step)
        width = qMax(width, metrics.horizontalAdvance(model->index(row, column).data().toString()));
    return width;
}

static int
wantedWidth(const QAbstractItemModel *model, const QFontMetrics &metrics, int column)
{
    const ColumnKind &kind = kinds[column];
    const int title = metrics.horizontalAdvance(kind.title) + Padding;
    const int scale = metrics.averageCharWidth();
    int width = metrics.horizontalAdvance(kind.sample);

    if (kind.share == 0)
        width = qMax(width, sampledWidth(model, metrics, column));
    if (column == MF_STORY_SOURCE || column == MF_STORY_DESTINATION) // answers go the other way
        width = qMax(width,
                     sampledWidth(model, metrics, MF_STORY_SOURCE + MF_STORY_DESTINATION - column));
    width += Padding + (column == MF_STORY_TIME ? Indent : 0);
    if (kind.most != 0)
        width = qMin(width, kind.most * scale / 7);
    return qMax(qMax(width, title), kind.least * scale / 7);
}

QVector<int>
columnWidths(const QAbstractItemModel *model, const QFont &font, int room, unsigned hidden)
{
    const QFontMetrics metrics(font);
    QVector<int> widths(StoryModel::Columns, 0);
    int shares = 0;

    for (int column = 0; column < StoryModel::Columns; column++) {
        if (hidden & 1u << column)
            continue;
        widths[column] = wantedWidth(model, metrics, column);
        room -= widths[column];
        shares += kinds[column].share;
    }
    for (int column = 0; column < StoryModel::Columns && room > 0 && shares > 0; column++)
        if (!(hidden & 1u << column))
            widths[column] += room * kinds[column].share / shares;
    return widths;
}
