// SPDX-License-Identifier: GPL-2.0-or-later
#include "qt/timeline_view.hpp"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QPainter>
#include <QScrollBar>
#include <QSettings>

#include <algorithm>

// More open rows than that are not opened again, and more selected ones not selected.
enum { MostOpen = 1000, MostSelected = 200 };

TimelineView::TimelineView(StoryModel *model, QWidget *parent) : QTreeView(parent), rows(model)
{
    setModel(model);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setSelectionMode(ExtendedSelection);
    setSelectionBehavior(SelectRows);
    setVerticalScrollMode(ScrollPerItem);
    setHorizontalScrollMode(ScrollPerPixel);
    setExpandsOnDoubleClick(false);
    setEditTriggers(NoEditTriggers);
    setIndentation(14);
    setTextElideMode(Qt::ElideRight);
    setAlternatingRowColors(false);
    setTabKeyNavigation(false);
    setAccessibleName(tr("Timeline"));
    setHeader(new QHeaderView(Qt::Horizontal, this));
}

void
TimelineView::setHeader(QHeaderView *header)
{
    QTreeView::setHeader(header);
    header->setSectionsMovable(true);
    header->setSectionsClickable(false);
    header->setStretchLastSection(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    connect(header, &QHeaderView::sectionResized, this,
            [this] { ownWidths = ownWidths || !fitting; });
    arrangeColumns();
}

// The drawn column stands behind the times that it shows.
void
TimelineView::arrangeColumns()
{
    header()->moveSection(header()->visualIndex(StoryModel::Life),
                          header()->visualIndex(MF_STORY_DURATION) + 1);
}

// --- where the user is

// Rows that are open, each before those below it.
QModelIndexList
TimelineView::openRows() const
{
    QModelIndexList open;

    rows->eachOpen([&](const QModelIndex &index) {
        if (open.size() < MostOpen && isExpanded(index))
            open.append(index);
    });
    return open;
}

QModelIndexList
TimelineView::selectedInOrder() const
{
    QModelIndexList selected = selectionModel()->selectedRows();

    std::sort(selected.begin(), selected.end(), [this](const QModelIndex &a, const QModelIndex &b) {
        if (a.internalPointer() == b.internalPointer())
            return a.row() < b.row();

        const RowPath x = rows->path(a), y = rows->path(b);
        return std::lexicographical_compare(x.begin(), x.end(), y.begin(), y.end(), rowBefore);
    });
    return selected;
}

ViewPlace
TimelineView::place() const
{
    ViewPlace place;

    for (const QModelIndex &index : openRows())
        place.open.append(rows->path(index));
    place.current = rows->path(currentIndex());
    place.top = rows->path(indexAt(QPoint(1, 1)));
    place.atEnd = verticalScrollBar()->value() == verticalScrollBar()->maximum() &&
                  verticalScrollBar()->maximum() > 0;

    const QItemSelection ranges = selectionModel()->selection();
    int count = 0;
    for (const QItemSelectionRange &range : ranges)
        count += range.height();
    if (count <= MostSelected)
        for (const QModelIndex &index : selectionModel()->selectedRows())
            place.selected.append(rows->path(index));
    return place;
}

void
TimelineView::goTo(const ViewPlace &place, bool follow)
{
    for (const RowPath &path : place.open) {
        const QModelIndex index = rows->find(path);

        if (index.isValid() && sameRow(*rows->row(index), path.last()))
            setExpanded(index, true);
    }
    selectionModel()->setCurrentIndex(rows->find(place.current), QItemSelectionModel::NoUpdate);
    for (const RowPath &path : place.selected)
        selectionModel()->select(rows->find(path),
                                 QItemSelectionModel::Select | QItemSelectionModel::Rows);
    if (follow && place.atEnd)
        scrollToBottom();
    else if (!place.top.isEmpty())
        scrollTo(rows->find(place.top), PositionAtTop);
}

void
TimelineView::reveal(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    for (QModelIndex above = index.parent(); above.isValid(); above = above.parent())
        setExpanded(above, true);
    // Not the view's own way, which looks at which keys are held: this may come of one with Ctrl.
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect |
                                                 QItemSelectionModel::Rows);
    scrollTo(index, EnsureVisible);
}

QModelIndex
TimelineView::findSession(uint32_t session, uint32_t frame, bool enter) const
{
    const mf_story *story = rows->story();
    const int64_t top = story && session != 0 ? mf_story_find_session(story, session) : -1;

    if (top < 0 || top >= rows->rowCount())
        return QModelIndex();

    QModelIndex found = rows->index(int(top), 0);
    const bool isGroup = rows->row(found)->kind != MF_ROW_SESSION;
    if (isGroup && (enter || isExpanded(found))) {
        const QModelIndex member = rows->findBelow(found, session, 0);

        found = member.isValid() ? member : found;
    }
    if (rows->row(found)->kind == MF_ROW_SESSION && (enter || isExpanded(found))) {
        const QModelIndex packet = rows->findBelow(found, 0, frame);

        found = packet.isValid() && frame != rows->row(found)->frame ? packet : found;
    }
    return found;
}

// --- columns

unsigned
TimelineView::hiddenColumns() const
{
    unsigned hidden = 0;

    for (int column = 0; column < StoryModel::Columns; column++)
        hidden |= unsigned(isColumnHidden(column)) << column;
    return hidden;
}

void
TimelineView::fitColumns()
{
    if (needs.isEmpty() || rows->rowCount() > 0)
        needs = columnNeeds(rows, font());
    layColumns();
}

// Brings them into the room that there is.
void
TimelineView::layColumns()
{
    if (ownWidths || needs.isEmpty())
        return;

    const QVector<int> widths = columnWidths(needs, viewport()->width(), hiddenColumns());
    fitting = true;
    for (int column = 0; column < widths.size(); column++)
        if (widths[column] > 0)
            setColumnWidth(column, widths[column]);
    fitting = false;
}

void
TimelineView::resetColumns()
{
    ownWidths = false;
    for (int column = 0; column < StoryModel::Columns; column++) {
        setColumnHidden(column, false);
        header()->moveSection(header()->visualIndex(column), column);
    }
    arrangeColumns();
    fitColumns();
}

void
TimelineView::setColumnShown(int column, bool shown)
{
    setColumnHidden(column, !shown);
    layColumns();
}

void
TimelineView::rememberColumns(QSettings &settings) const
{
    settings.setValue("columns", header()->saveState());
    settings.setValue("own_widths", ownWidths);
}

void
TimelineView::recallColumns(const QSettings &settings)
{
    const QByteArray state = settings.value("columns").toByteArray();

    fitting = true;
    if (!state.isEmpty())
        header()->restoreState(state);
    fitting = false;
    ownWidths = settings.value("own_widths", false).toBool();
}

// --- what Qt asks for

void
TimelineView::setEmptyText(const QString &text)
{
    if (emptyText == text)
        return;
    emptyText = text;
    viewport()->update();
}

void
TimelineView::paintEvent(QPaintEvent *event)
{
    QTreeView::paintEvent(event);
    if (rows->rowCount() > 0)
        return;

    QPainter painter(viewport());
    painter.setPen(palette().color(QPalette::Disabled, QPalette::Text));
    painter.drawText(viewport()->rect().adjusted(20, 20, -20, -20),
                     Qt::AlignCenter | Qt::TextWordWrap, emptyText);
}

// What stands below another row, and marks, have a ground of their own: across the branches too.
void
TimelineView::drawRow(QPainter *painter, const QStyleOptionViewItem &option,
                      const QModelIndex &index) const
{
    const QVariant ground = index.data(Qt::BackgroundRole);

    if (ground.isValid())
        painter->fillRect(option.rect, ground.value<QColor>());
    else if (index.parent().isValid())
        painter->fillRect(option.rect, palette().color(QPalette::AlternateBase));
    QTreeView::drawRow(painter, option, index);
}

void
TimelineView::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        layColumns();
}

void
TimelineView::keyPressEvent(QKeyEvent *event)
{
    emit touched();
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (currentIndex().isValid())
            emit chosen(currentIndex());
        return;
    }
    QTreeView::keyPressEvent(event);
}

void
TimelineView::mousePressEvent(QMouseEvent *event)
{
    emit touched();
    QTreeView::mousePressEvent(event);
}

void
TimelineView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->pos());

    QTreeView::mouseDoubleClickEvent(event);
    if (event->button() == Qt::LeftButton && index.isValid())
        emit chosen(index);
}

void
TimelineView::wheelEvent(QWheelEvent *event)
{
    emit touched();
    QTreeView::wheelEvent(event);
}

void
TimelineView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QPoint place = byKey ? visualRect(currentIndex()).bottomLeft() : event->pos();

    emit menuWanted(viewport()->mapToGlobal(place));
}
