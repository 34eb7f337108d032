// SPDX-License-Identifier: GPL-2.0-or-later
// What the cells of a row say in full, where columns are too narrow for it: its summary, its hits
// and its causes, each on its own line, to be read and copied.
#ifndef MALFLOW_QT_ROW_DETAILS_HPP
#define MALFLOW_QT_ROW_DETAILS_HPP

#include <QModelIndex>
#include <QPlainTextEdit>

class RowDetails : public QPlainTextEdit
{
  public:
    explicit RowDetails(QWidget *parent = nullptr);

    // INDEX (of a StoryModel; invalid: nothing) is read at once.
    void
    show(const QModelIndex &index);
    using QWidget::show;

    void
    setLineFont(const QFont &font);

  protected:
    void
    changeEvent(QEvent *event) override;

  private:
    QString summary, hits, cause;

    void
    present();
};

#endif
