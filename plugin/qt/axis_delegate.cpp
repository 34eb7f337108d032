// SPDX-License-Identifier: GPL-2.0-or-later
// A bar for each session on one time axis lets the eye find what happened together. It is painted
// for every visible row whenever anything scrolls: what the core says of a row is kept (bounded),
// packets of one pixel are one line, and nothing is computed of rows that nobody sees.
#include "qt/axis_delegate.hpp"
#include "qt/colours.hpp"

#include <QAbstractItemView>
#include <QApplication>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <utility>

extern "C" {
#include "core/stage.h"
}

static const uint32_t MostTicks = 2048;
static const int MostKept = 1 << 19; // ticks and rows together: some 4 MiB
static const int RowCost = 8;

struct AxisRow {
    struct mf_story_span span;
    QVector<mf_nanoseconds> ticks;
    QString stages;
    int hue;
};

// What painting one cell needs again and again.
struct AxisRowPaint {
    QPainter *painter;
    QRect cell;
    TimeScale scale;
    QColor ground, text;
    int top, height; // of the bar

    int
    left() const
    {
        return cell.left();
    }
};

AxisDelegate::AxisDelegate(QObject *parent) : QStyledItemDelegate(parent), rows(MostKept)
{
}

AxisDelegate::~AxisDelegate() = default;

void
AxisDelegate::setStory(const mf_story *newStory)
{
    story = newStory;
    rows.clear();
}

void
AxisDelegate::setRange(qint64 first, qint64 last)
{
    rangeFirst = first;
    rangeLast = last;
    gridTicks.clear();
}

void
AxisDelegate::setBand(qint64 first, qint64 last)
{
    bandFirst = qMin(first, last);
    bandLast = qMax(first, last);
}

void
AxisDelegate::setLabels(const TimeLabels &newLabels)
{
    labels = newLabels;
    gridTicks.clear();
}

TimeScale
AxisDelegate::scale(int left, int width) const
{
    TimeScale scale;

    scale.first = rangeFirst;
    scale.last = qMax(rangeLast, rangeFirst + 1);
    scale.left = left + Margin;
    scale.width = qMax(1, width - 2 * Margin);
    return scale;
}

static QString
stageNames(unsigned stages)
{
    QString names;

    for (int stage = 0; stage < MF_STAGES; stage++)
        if ((stages & (1u << stage)) != 0)
            names += (names.isEmpty() ? QString() : QStringLiteral(", ")) +
                     QString::fromUtf8(mf_stage_name(static_cast<mf_stage>(stage)));
    return names;
}

// Only valid until the next call.
const AxisRow *
AxisDelegate::known(const mf_row &row) const
{
    const QPair<quint64, quint64> key(quint64(row.ref) << 32 | row.session,
                                      quint64(row.kind) << 32 | row.frame);
    AxisRow *entry = rows.object(key);

    if (entry != nullptr)
        return entry;
    entry = new AxisRow{};
    mf_story_span(story, &row, &entry->span);
    entry->ticks.resize(int(MostTicks));
    entry->ticks.resize(int(mf_story_ticks(story, &row, entry->ticks.data(), MostTicks)));
    entry->ticks.squeeze();
    entry->stages = stageNames(entry->span.stages);
    entry->hue = protocolHue(entry->span.protocol);
    rows.insert(key, entry, RowCost + entry->ticks.size());
    return entry;
}

QString
AxisDelegate::describe(const mf_row &row) const
{
    if (story == nullptr)
        return QString();

    const AxisRow *entry = known(row);
    const struct mf_story_span &span = entry->span;
    const qint64 step = qMax<qint64>(1, (rangeLast - rangeFirst) / 1000);
    QString text = QString::fromUtf8(span.protocol != nullptr ? span.protocol : "");

    text += QStringLiteral("\n%1 to %2 (%3)")
                .arg(timeText(span.first, labels, step), timeText(span.last, labels, step),
                     durationText(span.last - span.first));
    if (span.hit)
        text += QStringLiteral("\nA signature fired");
    if (!entry->stages.isEmpty())
        text += QStringLiteral("\nStages: ") + entry->stages;
    return text.trimmed();
}

QColor
AxisDelegate::colour(const QColor &ground, int hue) const
{
    const quint64 key = quint64(ground.rgb()) << 16 | quint64(hue + 1);
    const auto found = colours.constFind(key);

    if (found != colours.constEnd())
        return *found;
    if (colours.size() > 1024)
        colours.clear();
    const QColor made = hue < 0 ? readableColour(ground, 0, 0, 3.2)
                                : readableColour(ground, hue, isDark(ground) ? 190 : 170, 3.2);
    colours.insert(key, made);
    return made;
}

void
AxisDelegate::paintGrid(const AxisRowPaint &paint) const
{
    const QRect &cell = paint.cell;

    // Ticks are kept as they are in a cell that begins at 0.
    if (gridTicks.isEmpty() || gridScale.width != paint.scale.width) {
        gridScale = scale(0, cell.width());
        gridTicks = timeTicks(gridScale, labels);
    }
    paint.painter->setPen(blended(paint.ground, paint.text, 0.10));
    for (const TimeTick &tick : std::as_const(gridTicks))
        paint.painter->drawLine(paint.left() + tick.x, cell.top(), paint.left() + tick.x,
                                cell.bottom());
    if (bandFirst < bandLast) {
        const int from = int(paint.scale.x(bandFirst)), to = int(paint.scale.x(bandLast));
        paint.painter->fillRect(QRect(from, cell.top(), qMax(1, to - from), cell.height()),
                                blended(paint.ground, paint.text, 0.16));
    }
}

// A small arrow at the edge behind which the whole session is.
static void
paintBeyond(const AxisRowPaint &paint, const QColor &colour, bool after)
{
    const int middle = paint.top + paint.height / 2;
    const int tip = after ? paint.cell.right() - 1 : paint.cell.left() + 1;
    const int back = tip + (after ? -4 : 4);
    const QPoint arrow[] = {{tip, middle}, {back, middle - 4}, {back, middle + 4}};

    paint.painter->setPen(Qt::NoPen);
    paint.painter->setBrush(colour);
    paint.painter->drawPolygon(arrow, 3);
}

void
AxisDelegate::paintLife(const AxisRowPaint &paint, const AxisRow &row) const
{
    const TimeScale &scale = paint.scale;
    const QColor strong = colour(paint.ground, row.hue);
    const int edge = paint.cell.left() + 1, end = paint.cell.right();
    const int from = qMax(edge, int(scale.x(row.span.first)));
    const int to = qMax(from + 2, qMin(end, int(scale.x(row.span.last)) + 1));
    const double pale = isDark(paint.ground) ? 0.55 : 0.42;
    int before = edge - 1;

    if (row.span.last < scale.first || row.span.first > scale.last) {
        paintBeyond(paint, strong, row.span.first > scale.last);
        return;
    }
    paint.painter->fillRect(QRect(from, paint.top, to - from, paint.height),
                            to - from > 8 ? blended(paint.ground, strong, pale) : strong);
    for (mf_nanoseconds tick : row.ticks) {
        const int x = int(scale.x(tick));
        if (x == before || x < edge || x > end)
            continue;
        paint.painter->fillRect(QRect(x, paint.top, 1, paint.height), strong);
        before = x;
    }
}

// Hits: a red diamond before the bar. Stages: their names beside it, where there is room.
void
AxisDelegate::paintMarks(const AxisRowPaint &paint, const AxisRow &row) const
{
    const TimeScale &scale = paint.scale;
    const int from = qMax(paint.cell.left() + Margin, int(scale.x(row.span.first)));
    const int to = qMin(paint.cell.right(), qMax(from + 2, int(scale.x(row.span.last)) + 1));
    const bool visible = row.span.last >= scale.first && row.span.first <= scale.last;

    if (row.span.hit && visible) {
        const double middle = paint.top + paint.height / 2.0, x = from - 4;
        const QPointF diamond[] = {
            {x - 4, middle}, {x, middle - 5}, {x + 4, middle}, {x, middle + 5}};
        paint.painter->setRenderHint(QPainter::Antialiasing, true);
        paint.painter->setPen(Qt::NoPen);
        paint.painter->setBrush(readableColour(paint.ground, HueHit, 215, 3.6));
        paint.painter->drawPolygon(diamond, 4);
        paint.painter->setRenderHint(QPainter::Antialiasing, false);
    }
    if (!row.stages.isEmpty() && visible)
        paintStages(paint, row, from, to);
}

// Behind the bar, before it, or on it.
void
AxisDelegate::paintStages(const AxisRowPaint &paint, const AxisRow &row, int from, int to) const
{
    const QRect &cell = paint.cell;
    const int width = paint.painter->fontMetrics().horizontalAdvance(row.stages);
    QRect place(to + 5, cell.top(), width, cell.height());

    if (place.right() > cell.right())
        place.moveRight(from - (row.span.hit ? 13 : 5));
    if (place.left() < cell.left()) {
        if (to - from < width + 12)
            return;
        place.moveLeft(from + 6);
        paint.painter->fillRect(place.adjusted(-3, 1, 3, -1), paint.ground);
    }
    paint.painter->setPen(blended(paint.ground, paint.text, 0.78));
    paint.painter->drawText(place, Qt::AlignVCenter | Qt::AlignLeft, row.stages);
}

static AxisRowPaint
paintOf(QPainter *painter, const QStyleOptionViewItem &option, const TimeScale &scale)
{
    const bool selected = (option.state & QStyle::State_Selected) != 0;
    const QPalette::ColorGroup group =
        (option.state & QStyle::State_Enabled) == 0  ? QPalette::Disabled
        : (option.state & QStyle::State_Active) != 0 ? QPalette::Active
                                                     : QPalette::Inactive;
    QColor ground = option.palette.color(group, QPalette::Base);

    if (option.backgroundBrush.style() == Qt::SolidPattern)
        ground = option.backgroundBrush.color();
    else if ((option.features & QStyleOptionViewItem::Alternate) != 0)
        ground = option.palette.color(group, QPalette::AlternateBase);
    // Colours of bars are lost on the colour of what is selected: a breath of it must do.
    if (selected)
        ground = blended(ground, option.palette.color(group, QPalette::Highlight), 0.3);

    const int height = qMax(6, option.rect.height() * 9 / 20);
    return {painter,
            option.rect,
            scale,
            ground,
            option.palette.color(group, QPalette::Text),
            option.rect.top() + (option.rect.height() - height) / 2,
            height};
}

void
AxisDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                    const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    const mf_row *row = rowOf(index);

    initStyleOption(&item, index);
    item.text.clear();
    const QStyle *style = item.widget != nullptr ? item.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
    if (story == nullptr || row == nullptr || rangeLast <= rangeFirst)
        return;

    const AxisRowPaint cell = paintOf(painter, item, scale(item.rect.left(), item.rect.width()));
    const AxisRow *entry = known(*row);
    painter->save();
    painter->setClipRect(item.rect);
    painter->setFont(item.font);
    if ((item.state & QStyle::State_Selected) != 0)
        painter->fillRect(item.rect.adjusted(0, 1, 0, -1), cell.ground);
    paintGrid(cell);
    paintLife(cell, *entry);
    paintMarks(cell, *entry);
    painter->restore();
}

QSize
AxisDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return {16 * option.fontMetrics.averageCharWidth() + 2 * Margin,
            QStyledItemDelegate::sizeHint(option, index).height()};
}

bool
AxisDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view,
                        const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const mf_row *row = index.isValid() ? rowOf(index) : nullptr;

    if (event == nullptr || event->type() != QEvent::ToolTip || story == nullptr || row == nullptr)
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QToolTip::showText(event->globalPos(), describe(*row), view);
    return true;
}
