// SPDX-License-Identifier: GPL-2.0-or-later
// A story as Qt's views take it. What stands below a row is asked of the core when the row is
// opened, so that of a closed row nothing is held. An index knows the branch that it stands in, and
// its place there.
#ifndef MALFLOW_QT_STORY_MODEL_HPP
#define MALFLOW_QT_STORY_MODEL_HPP

#include "qt/marks.hpp"

#include <QAbstractItemModel>
#include <QElapsedTimer>
#include <QTimer>

#include <functional>
#include <memory>

struct Branch;

class StoryModel : public QAbstractItemModel
{
    Q_OBJECT
  public:
    // The columns of the core, and behind them:
    enum Column { Life = MF_STORY_COLUMNS, Columns };

    // MARKS are looked at only.
    StoryModel(const Marks *marks, QObject *parent);
    ~StoryModel() override;

    // Takes STORY, of which CHOICE is shown; null: nothing is.
    void
    setStory(mf_story *story, const mf_story_choice &choice);

    // Of the story that there is.
    void
    choose(const mf_story_choice &choice);

    // Null: there is none.
    const mf_story *
    story() const;

    // Whether rows are still being chosen.
    bool
    isChoosing() const;

    // Null: INDEX is none of a row.
    const mf_row *
    row(const QModelIndex &index) const;

    RowPath
    path(QModelIndex index) const;

    // The row of PATH, or the nearest above it that there is; invalid: there is none.
    QModelIndex
    find(const RowPath &path) const;

    // The row below INDEX, of SESSION or frame if not 0; invalid: none.
    QModelIndex
    findBelow(const QModelIndex &index, uint32_t session, uint32_t frame) const;

    // Every row whose branch was asked for, a row before those below it.
    void
    eachOpen(const std::function<void(const QModelIndex &)> &tell) const;

    QModelIndex
    index(int row, int column, const QModelIndex &parent = QModelIndex()) const override;
    QModelIndex
    parent(const QModelIndex &index) const override;
    int
    rowCount(const QModelIndex &parent = QModelIndex()) const override;
    int
    columnCount(const QModelIndex &parent = QModelIndex()) const override;
    bool
    hasChildren(const QModelIndex &parent = QModelIndex()) const override;
    QVariant
    data(const QModelIndex &index, int role) const override;
    QVariant
    headerData(int section, Qt::Orientation orientation, int role) const override;

  signals:
    // Further rows were added, or all are chosen, after the call that began it.
    void
    chosen();

  private:
    const Marks *marks;
    mf_story *held = nullptr;
    std::unique_ptr<Branch> root;
    int known = 0;          // top rows that the views have heard of
    bool choosing = false;  // there are further ones
    bool hasChoice = false; // not all rows are chosen
    QTimer more;
    QElapsedTimer told; // since views last heard of further rows
    int pause = 0;      // ms until they may hear again

    Branch *
    below(const QModelIndex &index) const;
    QModelIndex
    findTop(const mf_row &row) const;
    void
    begin(const mf_story_choice &choice);
    bool
    chooseForAWhile();
    void
    chooseMore();
    QString
    cell(const mf_row &row, int column) const;
    QVariant
    look(const mf_row &row, int column, int role) const;
};

#endif
