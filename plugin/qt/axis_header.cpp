// SPDX-License-Identifier: GPL-2.0-or-later
// The axis stands in the header of its own column, so that it scrolls, moves and grows with it. The
// rest of the header is Qt's own: a press on the axis begins a selection of time, one on the edge
// of the section still changes its width.
#include "qt/axis_header.hpp"
#include "qt/colours.hpp"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyleOptionHeader>
#include <QToolTip>
#include <QWheelEvent>
#include <cmath>

static const int Grip = 5;      // edges of a section that change its width
static const int LeastDrag = 4; // pixels: less is a click
static const qint64 LeastRange = 1000;
static const double WheelStep = 0.8;

AxisHeader::AxisHeader(AxisDelegate *axis, int logicalIndex, QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent), delegate(axis), section(logicalIndex)
{
    const auto key = [](int modifiers, Qt::Key with) { return QKeySequence(modifiers | with); };
    const int zoom = int(Qt::CTRL) | int(Qt::SHIFT), shift = int(Qt::ALT) | int(Qt::SHIFT);

    zoomIn = action("zoomIn", tr("Zoom &In on the Time Axis"), key(zoom, Qt::Key_Right));
    zoomOut = action("zoomOut", tr("Zoom &Out on the Time Axis"), key(zoom, Qt::Key_Left));
    zoomAll = action("zoomAll", tr("Show &All of the Time Axis"), key(zoom, Qt::Key_Home));
    earlier = action("earlier", tr("&Earlier on the Time Axis"), key(shift, Qt::Key_Left));
    later = action("later", tr("&Later on the Time Axis"), key(shift, Qt::Key_Right));
    const auto middle = [this] { return shownFirst + (shownLast - shownFirst) / 2; };
    connect(zoomIn, &QAction::triggered, this, [=] { zoomBy(0.5, middle()); });
    connect(zoomOut, &QAction::triggered, this, [=] { zoomBy(2, middle()); });
    connect(zoomAll, &QAction::triggered, this, [this] { setRange(fullFirst, fullLast); });
    connect(earlier, &QAction::triggered, this, [this] { shiftBy(-0.25); });
    connect(later, &QAction::triggered, this, [this] { shiftBy(0.25); });
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    if (auto *view = qobject_cast<QAbstractItemView *>(parent))
        view->viewport()->installEventFilter(this);
    take(0, 0);
}

QAction *
AxisHeader::action(const char *name, const QString &text, const QKeySequence &key)
{
    auto *made = new QAction(text, this);

    made->setObjectName(QLatin1String(name));
    made->setShortcut(key);
    return made;
}

QList<QAction *>
AxisHeader::zoomActions() const
{
    return {zoomIn, zoomOut, zoomAll, earlier, later};
}

void
AxisHeader::setStory(const mf_story *story)
{
    mf_nanoseconds first = 0, last = 0;

    delegate->setStory(story);
    if (story != nullptr)
        mf_story_axis(story, &first, &last);
    // A capture of one moment has an axis, too.
    setFull(first, story != nullptr ? qMax<qint64>(last, first + 1000000) : first);
}

void
AxisHeader::setFull(qint64 first, qint64 last)
{
    const bool all = !isZoomed();

    fullFirst = first;
    fullLast = last;
    if (all || shownLast <= first || shownFirst >= last)
        take(first, last);
    else
        take(qMax(shownFirst, first), qMin(shownLast, last));
}

bool
AxisHeader::isZoomed() const
{
    return shownFirst != fullFirst || shownLast != fullLast;
}

// Keeps within what there is; the width that is asked for matters more than where.
void
AxisHeader::setRange(qint64 first, qint64 last)
{
    const qint64 full = fullLast - fullFirst;
    const qint64 width = qBound(qMin(LeastRange, full), last - first, full);
    const qint64 from = qBound(fullFirst, first, fullLast - width);

    if (from != shownFirst || from + width != shownLast)
        take(from, from + width);
}

void
AxisHeader::take(qint64 first, qint64 last)
{
    const bool differs = first != shownFirst || last != shownLast;

    shownFirst = first;
    shownLast = last;
    delegate->setRange(first, last);
    zoomIn->setEnabled(last - first > LeastRange);
    for (QAction *any : {zoomOut, zoomAll})
        any->setEnabled(isZoomed());
    earlier->setEnabled(first > fullFirst);
    later->setEnabled(last < fullLast);
    repaintAll();
    if (differs)
        emit rangeChanged(first, last);
}

void
AxisHeader::setTimes(AxisTimes times, qint64 origin)
{
    labels.times = times;
    labels.origin = origin;
    // What relative times usually say is shorter; a label that would touch another is left out.
    labels.distance = 12 + fontMetrics().horizontalAdvance(times == AxisTimes::Relative
                                                               ? QStringLiteral("00 min")
                                                               : QStringLiteral("00:00:00"));
    delegate->setLabels(labels);
    repaintAll();
}

void
AxisHeader::repaintAll()
{
    viewport()->update();
    if (auto *view = qobject_cast<QAbstractItemView *>(parentWidget()))
        view->viewport()->update();
}

TimeScale
AxisHeader::scale() const
{
    return delegate->scale(sectionViewportPosition(section), sectionSize(section));
}

bool
AxisHeader::isOnAxis(const QPoint &position) const
{
    const int left = sectionViewportPosition(section), width = sectionSize(section);

    return !isSectionHidden(section) && fullLast > fullFirst && position.x() >= left + Grip &&
           position.x() < left + width - Grip;
}

// --- moving on the axis ---

void
AxisHeader::zoomBy(double factor, qint64 around)
{
    const double width = double(shownLast - shownFirst);
    const double share = width > 0 ? double(around - shownFirst) / width : 0.5;
    const double wanted = qMin(width * factor, double(fullLast - fullFirst));
    const qint64 first = around - qint64(std::llround(share * wanted));

    setRange(first, first + qint64(std::llround(wanted)));
}

void
AxisHeader::shiftBy(double share)
{
    const qint64 by = qint64(std::llround(share * double(shownLast - shownFirst)));

    setRange(shownFirst + by, shownLast + by);
}

// Ctrl: zoom around the mouse; Shift: earlier and later.
bool
AxisHeader::zoomByWheel(const QWheelEvent *event)
{
    const QPoint delta = event->angleDelta();
    const double steps = (delta.y() != 0 ? delta.y() : delta.x()) / 120.0;

    if (!isOnAxis(event->position().toPoint()) || steps == 0)
        return false;
    if ((event->modifiers() & Qt::ControlModifier) != 0)
        zoomBy(std::pow(WheelStep, steps), scale().time(event->position().x()));
    else if ((event->modifiers() & Qt::ShiftModifier) != 0 && isZoomed())
        shiftBy(-0.1 * steps);
    else
        return false;
    return true;
}

void
AxisHeader::drag(int from, int to)
{
    const int left = sectionViewportPosition(section), right = left + sectionSize(section) - 1;

    dragFrom = from;
    dragTo = from < 0 ? -1 : qBound(left, to, right);
    if (dragFrom >= 0 && qAbs(dragTo - dragFrom) >= LeastDrag)
        delegate->setBand(scale().time(dragFrom), scale().time(dragTo));
    else
        delegate->setBand(0, 0);
    repaintAll();
}

void
AxisHeader::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && isOnAxis(event->pos()))
        drag(event->pos().x(), event->pos().x());
    else
        QHeaderView::mousePressEvent(event);
}

void
AxisHeader::mouseMoveEvent(QMouseEvent *event)
{
    if (dragFrom >= 0) {
        drag(dragFrom, event->pos().x());
        return;
    }
    QHeaderView::mouseMoveEvent(event);
    if (event->buttons() == Qt::NoButton && isOnAxis(event->pos()))
        viewport()->setCursor(Qt::CrossCursor);
    else
        viewport()->unsetCursor();
}

void
AxisHeader::mouseReleaseEvent(QMouseEvent *event)
{
    if (dragFrom < 0) {
        QHeaderView::mouseReleaseEvent(event);
        return;
    }
    const TimeScale now = scale();
    const int from = qMin(dragFrom, dragTo), to = qMax(dragFrom, dragTo);
    drag(-1, -1);
    if (to - from >= LeastDrag)
        setRange(qMax(now.time(from), shownFirst), qMin(now.time(to), shownLast));
}

void
AxisHeader::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && isOnAxis(event->pos()))
        setRange(fullFirst, fullLast);
    else
        QHeaderView::mouseDoubleClickEvent(event);
}

void
AxisHeader::wheelEvent(QWheelEvent *event)
{
    if (zoomByWheel(event))
        event->accept();
    else
        QHeaderView::wheelEvent(event);
}

bool
AxisHeader::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Wheel && zoomByWheel(static_cast<QWheelEvent *>(event)))
        return true;
    return QHeaderView::eventFilter(watched, event);
}

bool
AxisHeader::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QHeaderView::viewportEvent(event);

    const auto *help = static_cast<QHelpEvent *>(event);
    if (!isOnAxis(help->pos()))
        return QHeaderView::viewportEvent(event);
    const qint64 step = qMax<qint64>(1, (shownLast - shownFirst) / 1000);
    QToolTip::showText(help->globalPos(),
                       tr("%1\nShown: %2 to %3 (%4)\nDrag to zoom, double-click to show all, "
                          "Ctrl+wheel to zoom, Shift+wheel to move")
                           .arg(timeText(scale().time(help->pos().x()), labels, step),
                                timeText(shownFirst, labels, step),
                                timeText(shownLast, labels, step),
                                durationText(shownLast - shownFirst)),
                       viewport());
    return true;
}

// --- painting ---

QSize
AxisHeader::sectionSizeFromContents(int logicalIndex) const
{
    const QSize size = QHeaderView::sectionSizeFromContents(logicalIndex);

    return logicalIndex != section ? size : QSize(qMax(size.width(), 160), size.height());
}

// Which part of the whole is shown: a line along the upper edge.
void
AxisHeader::paintShare(QPainter *painter, const QRect &rect) const
{
    const double full = double(fullLast - fullFirst);
    const int left = rect.left() + AxisDelegate::Margin,
              width = rect.width() - 2 * AxisDelegate::Margin;
    const int from = int(double(shownFirst - fullFirst) / full * width);
    const int to = int(std::ceil(double(shownLast - fullFirst) / full * width));
    const QColor ground = palette().color(QPalette::Button);

    painter->fillRect(left, rect.top() + 1, width, 2,
                      blended(ground, palette().color(QPalette::ButtonText), 0.2));
    painter->fillRect(left + from, rect.top() + 1, qMax(3, to - from), 2,
                      palette().color(QPalette::Highlight));
}

void
AxisHeader::paintLabels(QPainter *painter, const QRect &rect) const
{
    const TimeScale axis = delegate->scale(rect.left(), rect.width());
    const QColor text = palette().color(QPalette::ButtonText);
    int free = rect.left() + 2;

    for (const TimeTick &tick : timeTicks(axis, labels)) {
        const int width = painter->fontMetrics().horizontalAdvance(tick.label);
        const int most = rect.right() - 2 - width;
        const int left = qMin(qMax(rect.left() + 2, tick.x - width / 2), most);

        painter->setPen(blended(palette().color(QPalette::Button), text, 0.5));
        painter->drawLine(tick.x, rect.bottom() - 3, tick.x, rect.bottom());
        if (left < free)
            continue;
        painter->setPen(text);
        painter->drawText(QRect(left, rect.top() + 1, width + 1, rect.height() - 4),
                          Qt::AlignVCenter | Qt::AlignLeft, tick.label);
        free = left + width + 8;
    }
}

void
AxisHeader::paintSection(QPainter *painter, const QRect &rect, int logicalIndex) const
{
    if (logicalIndex != section || !rect.isValid()) {
        QHeaderView::paintSection(painter, rect, logicalIndex);
        return;
    }
    QStyleOptionHeader option;
    initStyleOption(&option);
    option.rect = rect;
    option.section = logicalIndex;
    option.position = QStyleOptionHeader::Middle;
    style()->drawControl(QStyle::CE_HeaderSection, &option, painter, this);
    if (fullLast <= fullFirst)
        return;
    painter->save();
    painter->setClipRect(rect);
    painter->setFont(font());
    if (dragFrom >= 0 && dragFrom != dragTo) {
        QColor band = palette().color(QPalette::Highlight);
        band.setAlpha(90);
        painter->fillRect(
            QRect(qMin(dragFrom, dragTo), rect.top(), qAbs(dragTo - dragFrom), rect.height()),
            band);
    }
    paintLabels(painter, rect);
    if (isZoomed())
        paintShare(painter, rect);
    painter->restore();
}
