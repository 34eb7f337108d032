// SPDX-License-Identifier: GPL-2.0-or-later
// A table of a million rows must not be measured; its first rows and some of the others say well
// enough how wide its cells are. Long texts (summary, hits, cause) share what the others leave.
#include "qt/columns.hpp"

#include "qt/story_model.hpp"

#include <QFontMetrics>

enum {
    SampledRows = 60,
    LongText = 200,    // letters: not measured
    MostSampled = 700, // pixels
    LifeWish = 300,
    UsualLetter = 7, // width of one, for which the widths below are given
    Padding = 12,
    Indent = 34
};

static const ColumnKind kinds[StoryModel::Columns] = {
    // clang-format off
    {"Time", "When it began", "123.456", Qt::AlignRight, 0, 260},
    {"Session", "Number of the session, or of its first member", "1234", Qt::AlignRight, 0, 110},
    {"Duration", "From the first packet to the last (minutes:seconds)", "0:00.00", Qt::AlignRight, 0, 120},
    {"Source", "Originator: who opened it", "10.0.0.1:1234", Qt::AlignLeft, 0, 230},
    {"Destination", "Responder", "10.0.0.1:1234", Qt::AlignLeft, 0, 230},
    {"Protocol", "The first protocol above the transport that was recognised", "UDP:DNS", Qt::AlignLeft, 0, 120},
    {"Summary", "What it says of itself", "", Qt::AlignLeft, 150, 0},
    {"Sent", "Bytes of payload, originator to responder", "1234", Qt::AlignRight, 0, 120},
    {"Reply", "Bytes of payload, responder to originator", "1234", Qt::AlignRight, 0, 120},
    {"Hits", "Signatures that fired", "", Qt::AlignLeft, 85, 400},
    {"Cause", "Where it was caused: session, frame, and how", "", Qt::AlignLeft, 75, 180},
    {"Life", "When it lived, on the time of the whole capture", "", Qt::AlignLeft, 100, 0},
    // clang-format on
};

const ColumnKind &
columnOf(int column)
{
    return kinds[column];
}

// The widest of some rows; MostSampled if they are wider.
static int
sampledWidth(const QAbstractItemModel *model, const QFontMetrics &metrics, int column)
{
    const int count = model->rowCount();
    const int step = qMax(1, count / SampledRows);
    int width = 0;

    for (int row = 0; row < count; row += row < SampledRows / 2 ? 1 : step) {
        const QString text = model->index(row, column).data().toString();

        width = qMax(width, text.size() > LongText ? MostSampled : metrics.horizontalAdvance(text));
    }
    return qMin(width, int(MostSampled));
}

// Answers go the other way, so that either address may stand in either column.
static int
textWidth(const QAbstractItemModel *model, const QFontMetrics &metrics, int column)
{
    const int width = sampledWidth(model, metrics, column);

    if (column != MF_STORY_SOURCE && column != MF_STORY_DESTINATION)
        return width;
    return qMax(width,
                sampledWidth(model, metrics, MF_STORY_SOURCE + MF_STORY_DESTINATION - column));
}

static ColumnNeed
needOf(const QAbstractItemModel *model, const QFontMetrics &metrics, int column)
{
    const ColumnKind &kind = kinds[column];
    const int margin = Padding + (column == MF_STORY_TIME ? Indent : 0);
    const int scale = metrics.averageCharWidth();
    const int title = metrics.horizontalAdvance(kind.title) + Padding;
    int text = qMax(metrics.horizontalAdvance(kind.sample), textWidth(model, metrics, column));
    ColumnNeed need;

    text = column == StoryModel::Life ? int(LifeWish) : qMax(title, text + margin);
    need.wish = kind.most == 0 ? text : qMin(text, kind.most * scale / UsualLetter);
    need.least = kind.least == 0 ? need.wish : qMin(need.wish, kind.least * scale / UsualLetter);
    return need;
}

// Gives ROOM to those who wish for more, each as much of it as its part of all wishes. Returns what
// nobody wishes for.
static int
grantWishes(QVector<int> &widths, const QVector<ColumnNeed> &needs, int room)
{
    int wishes = 0;

    for (int column = 0; column < widths.size(); column++)
        wishes += needs[column].wish - widths[column];
    if (wishes <= 0)
        return room;

    const int granted = qMin(room, wishes);
    for (int column = 0; column < widths.size(); column++)
        widths[column] += int(qint64(granted) * (needs[column].wish - widths[column]) / wishes);
    return room - granted;
}

QVector<ColumnNeed>
columnNeeds(const QAbstractItemModel *model, const QFont &font)
{
    const QFontMetrics metrics(font);
    QVector<ColumnNeed> needs;

    for (int column = 0; column < StoryModel::Columns; column++)
        needs.append(needOf(model, metrics, column));
    return needs;
}

QVector<int>
columnWidths(const QVector<ColumnNeed> &needs, int room, unsigned hidden)
{
    QVector<ColumnNeed> shown = needs;
    QVector<int> widths;

    for (int column = 0; column < shown.size(); column++) {
        if (hidden & 1u << column)
            shown[column] = ColumnNeed();
        widths.append(shown[column].least);
        room -= widths[column];
    }
    if (room <= 0)
        return widths;
    room = grantWishes(widths, shown, room);
    for (int column : {int(StoryModel::Life), int(MF_STORY_SUMMARY)})
        if (!(hidden & 1u << column))
            widths[column] += room / 2;
    return widths;
}
