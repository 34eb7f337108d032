// SPDX-License-Identifier: GPL-2.0-or-later
// The header of the table. Above the drawn column it is the time axis: labels, and zoom by
// dragging.
#ifndef MALFLOW_QT_AXIS_HEADER_HPP
#define MALFLOW_QT_AXIS_HEADER_HPP

#include "qt/axis_delegate.hpp"

#include <QAction>
#include <QHeaderView>
#include <QList>

class AxisHeader : public QHeaderView
{
    Q_OBJECT

  public:
    // SECTION: the logical index of the drawn column. DELEGATE is told of every change of the range
    // and outlives the header. For QTreeView::setHeader().
    AxisHeader(AxisDelegate *delegate, int section, QWidget *parent = nullptr);

    // All that there is to see. Who saw all of it before sees all of it afterwards (live capture);
    // a zoomed range stays as far as it still is within.
    void
    setFull(qint64 first, qint64 last);

    // The same by mf_story_axis(), for the delegate too. NULL: there is nothing to see.
    void
    setStory(const mf_story *story);

    // Zooms; emits rangeChanged if anything changes.
    void
    setRange(qint64 first, qint64 last);

    // How labels tell times. ORIGIN: what relative ones count from (the capture's first frame).
    void
    setTimes(AxisTimes times, qint64 origin);

    qint64
    rangeFirst() const
    {
        return shownFirst;
    }
    qint64
    rangeLast() const
    {
        return shownLast;
    }
    bool
    isZoomed() const;

    // For menus and keys, enabled as they make sense. They have object names, texts and shortcuts;
    // the window adds them to itself.
    QAction *zoomIn, *zoomOut, *zoomAll, *earlier, *later;
    QList<QAction *>
    zoomActions() const;

  signals:
    void
    rangeChanged(qint64 first, qint64 last);

  protected:
    void
    paintSection(QPainter *painter, const QRect &rect, int logicalIndex) const override;
    QSize
    sectionSizeFromContents(int logicalIndex) const override;
    void
    mousePressEvent(QMouseEvent *event) override;
    void
    mouseMoveEvent(QMouseEvent *event) override;
    void
    mouseReleaseEvent(QMouseEvent *event) override;
    void
    mouseDoubleClickEvent(QMouseEvent *event) override;
    void
    wheelEvent(QWheelEvent *event) override;
    bool
    viewportEvent(QEvent *event) override;
    // Wheel above the drawn column of the table itself.
    bool
    eventFilter(QObject *watched, QEvent *event) override;

  private:
    QAction *
    action(const char *name, const QString &text, const QKeySequence &key);
    TimeScale
    scale() const;
    bool
    isOnAxis(const QPoint &position) const;
    void
    drag(int from, int to);
    void
    zoomBy(double factor, qint64 around);
    void
    shiftBy(double share);
    bool
    zoomByWheel(const QWheelEvent *event);
    void
    take(qint64 first, qint64 last);
    void
    repaintAll();
    void
    paintLabels(QPainter *painter, const QRect &rect) const;
    void
    paintShare(QPainter *painter, const QRect &rect) const;

    AxisDelegate *delegate;
    int section;
    qint64 fullFirst = 0, fullLast = 0;
    qint64 shownFirst = 0, shownLast = 0;
    int dragFrom = -1, dragTo = -1;
    TimeLabels labels;
};

#endif
