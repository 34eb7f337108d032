// SPDX-License-Identifier: GPL-2.0-or-later
// What can be done with the selected row: the menu "Row", and the one of the right button.
#ifndef MALFLOW_QT_ROW_ACTIONS_HPP
#define MALFLOW_QT_ROW_ACTIONS_HPP

#include "qt/timeline_view.hpp"

class QAction;
class QKeySequence;
class QMenu;

class RowActions : public QObject
{
    Q_OBJECT

  public:
    // ALL outlive the actions.
    RowActions(const mf_window_host *host, StoryModel *model, TimelineView *view, Marks *marks);

    // The menu, which is kept up to date; owned here.
    QMenu *
    menu() const;

    // To be known to the window, since they have shortcuts.
    QList<QAction *>
    actions() const;

    void
    goToPacket();

    // Enables what can be done now.
    void
    update();

  signals:
    // Show only what SESSION led to.
    void
    chainWanted(uint32_t session);
    // To be told to the user.
    void
    said(const QString &text);

  private:
    const mf_window_host *host;
    StoryModel *model;
    TimelineView *view;
    Marks *marks;
    QMenu *all, *apply, *prepare;
    QAction *go, *follow, *copyText, *copyCsv, *mark, *unmark, *next, *previous, *cause, *chain;
    QList<RowPath> before; // where "Go to cause" was asked for

    QAction *back;

    QAction *
    action(const QString &text, const QKeySequence &key, void (RowActions::*act)());
    void
    makeMenu();
    const mf_row *
    current() const;
    bool
    goToFrame(uint32_t frame);
    void
    followStreamOfRow();
    void
    setFilter(const QByteArray &text, bool applies);
    void
    fillFilters(QMenu *menu, bool applies);
    void
    copy(mf_story_format format);
    void
    copyAsText();
    void
    copyAsCsv();
    void
    toggleMarks();
    void
    unmarkAll();
    void
    goToMark(bool forward);
    void
    goToNextMark();
    void
    goToPreviousMark();
    void
    goToCause();
    void
    goBack();
    void
    showChain();
};

#endif
