// SPDX-License-Identifier: GPL-2.0-or-later
// The drawn column: when the session of a row lived, on the time axis of the capture.
#ifndef MALFLOW_QT_AXIS_DELEGATE_HPP
#define MALFLOW_QT_AXIS_DELEGATE_HPP

#include "qt/roles.hpp"
#include "qt/time_scale.hpp"

#include <QCache>
#include <QColor>
#include <QHash>
#include <QPair>
#include <QStyledItemDelegate>

struct AxisRow;
struct AxisRowPaint;

class AxisDelegate : public QStyledItemDelegate
{
    Q_OBJECT

  public:
    // Space left of the first and right of the last time, within a cell.
    static constexpr int Margin = 9;

    explicit AxisDelegate(QObject *parent = nullptr);
    ~AxisDelegate() override;

    // What rows are asked of. NULL: nothing is painted. To be called again (with the same or
    // another) whenever sessions may have grown, and before the story is freed.
    void
    setStory(const mf_story *story);

    // Nanoseconds, absolute; what is shown from edge to edge.
    void
    setRange(qint64 first, qint64 last);

    // What is being selected with the mouse; FIRST == LAST: nothing.
    void
    setBand(qint64 first, qint64 last);

    void
    setLabels(const TimeLabels &labels);

    // The scale of a cell of WIDTH pixels that begins at LEFT.
    TimeScale
    scale(int left, int width) const;

    // What the tooltip of ROW says: several lines of plain text.
    QString
    describe(const mf_row &row) const;

    void
    paint(QPainter *painter, const QStyleOptionViewItem &option,
          const QModelIndex &index) const override;

    QSize
    sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    bool
    helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
              const QModelIndex &index) override;

  private:
    const AxisRow *
    known(const mf_row &row) const;

    QColor
    colour(const QColor &ground, int hue) const;

    void
    paintGrid(const AxisRowPaint &paint) const;
    void
    paintLife(const AxisRowPaint &paint, const AxisRow &row) const;
    void
    paintMarks(const AxisRowPaint &paint, const AxisRow &row) const;
    void
    paintStages(const AxisRowPaint &paint, const AxisRow &row, int from, int to) const;

    const mf_story *story = nullptr;
    qint64 rangeFirst = 0, rangeLast = 0;
    qint64 bandFirst = 0, bandLast = 0;
    TimeLabels labels;
    // A view paints the same rows again and again; the core is asked once for each.
    mutable QCache<QPair<quint64, quint64>, AxisRow> rows;
    mutable QHash<quint64, QColor> colours;
    mutable QVector<TimeTick> gridTicks;
    mutable TimeScale gridScale;
};

#endif
