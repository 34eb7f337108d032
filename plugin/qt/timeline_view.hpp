// SPDX-License-Identifier: GPL-2.0-or-later
// The table of the timeline: where the user is in it, kept while stories come and go beneath.
#ifndef MALFLOW_QT_TIMELINE_VIEW_HPP
#define MALFLOW_QT_TIMELINE_VIEW_HPP

#include "qt/columns.hpp"
#include "qt/story_model.hpp"

#include <QTreeView>

class QSettings;

// What is open, chosen and seen.
struct ViewPlace {
    QVector<RowPath> open;
    QVector<RowPath> selected;
    RowPath current;
    RowPath top;
    bool atEnd = false;
};

class TimelineView : public QTreeView
{
    Q_OBJECT

  public:
    // MODEL is set here.
    TimelineView(StoryModel *model, QWidget *parent = nullptr);

    ViewPlace
    place() const;

    // FOLLOW: who was at the end is brought to the new end.
    void
    goTo(const ViewPlace &place, bool follow);

    // Opens what is above INDEX, and makes it the one selected row.
    void
    reveal(const QModelIndex &index);

    // The row of SESSION (0: of the row found by its frame) that is nearest to FRAME; ENTER: also
    // rows that are not open yet are looked into. Invalid: there is none.
    QModelIndex
    findSession(uint32_t session, uint32_t frame, bool enter) const;

    // The selected rows, in order.
    QModelIndexList
    selectedInOrder() const;

    // Said where there are no rows.
    void
    setEmptyText(const QString &text);

    // Looks at the rows that there are for how wide columns must be; unless the user said it.
    void
    fitColumns();
    void
    resetColumns();
    void
    setColumnShown(int column, bool shown);
    void
    rememberColumns(QSettings &settings) const;
    void
    recallColumns(const QSettings &settings);

    void
    setHeader(QHeaderView *header);

  signals:
    // The user did something here.
    void
    touched();
    // Double-click or Enter.
    void
    chosen(const QModelIndex &index);
    void
    menuWanted(const QPoint &global);

  protected:
    void
    keyPressEvent(QKeyEvent *event) override;
    void
    mousePressEvent(QMouseEvent *event) override;
    void
    mouseDoubleClickEvent(QMouseEvent *event) override;
    void
    wheelEvent(QWheelEvent *event) override;
    void
    contextMenuEvent(QContextMenuEvent *event) override;
    void
    paintEvent(QPaintEvent *event) override;
    void
    drawRow(QPainter *painter, const QStyleOptionViewItem &option,
            const QModelIndex &index) const override;
    void
    resizeEvent(QResizeEvent *event) override;

  private:
    StoryModel *rows;
    QVector<ColumnNeed> needs;
    QString emptyText;
    bool fitting = false; // they are being set by us
    bool ownWidths = false;

    void
    arrangeColumns();
    void
    layColumns();
    unsigned
    hiddenColumns() const;
    QModelIndexList
    openRows() const;
};

#endif
