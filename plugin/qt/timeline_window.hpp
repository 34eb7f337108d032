// SPDX-License-Identifier: GPL-2.0-or-later
// One timeline window: the table, its controls, the payload of the selected row; and when the story
// is told anew.
#ifndef MALFLOW_QT_TIMELINE_WINDOW_HPP
#define MALFLOW_QT_TIMELINE_WINDOW_HPP

#include "qt/controls.hpp"
#include "qt/row_actions.hpp"

#include <QMainWindow>

class AxisDelegate;
class AxisHeader;
class PayloadPane;
class RowDetails;
class QLabel;
class QSplitter;

class TimelineWindow : public QMainWindow
{
    Q_OBJECT

  public:
    explicit TimelineWindow(const mf_window_host *host);
    ~TimelineWindow() override;

    // Nothing of the engine is used from now on.
    void
    dropStory();

  protected:
    void
    showEvent(QShowEvent *event) override;
    void
    closeEvent(QCloseEvent *event) override;
    void
    changeEvent(QEvent *event) override;

  private slots:
    void
    followPacket();

  private:
    const mf_window_host *host;
    TimelineSettings settings;
    Marks marks;
    StoryModel *model;
    TimelineView *view;
    Controls *controls;
    RowActions *rowActions;
    AxisDelegate *axis;
    AxisHeader *header;
    RowDetails *details;
    PayloadPane *payload;
    QSplitter *splitter;
    QLabel *status;
    QAction *followSelected;
    QTimer timer, payloadTimer;

    QString captureName;
    QString fontText;
    RowPath searched;      // the current row before the search
    ViewPlace wanted;      // where the user was before the story was dropped
    bool isWanted = false; // and is to be again
    bool wasReading = false;
    bool dirty = true; // settings have changed
    uint32_t frames = 0;
    mf_time_format shownTimes = MF_TIME_RELATIVE;
    uint32_t polledFrame = 0;
    bool hearsPackets = false;

    void
    makeTable();
    void
    makeMenus();
    void
    makeFileMenu();
    void
    makeViewMenu();
    void
    makeColumnsMenu(QMenu *menu);
    void
    makeGoMenu();
    void
    connectParts();
    void
    recall();
    void
    remember() const;

    void
    tick();
    void
    lookAround();
    bool
    isStale(const mf_engine *engine) const;
    void
    rebuild(const mf_engine *engine);
    void
    setStory(mf_story *story);
    void
    chooseRows();
    void
    restorePlace();
    void
    findCurrent();
    void
    applyChoice(const std::function<void(const mf_story_choice &)> &act);

    void
    showPayload();
    void
    tellStatus();
    void
    nextPart(bool forward);
    void
    showMenu(const QPoint &global);
    void
    wishForMenu();
};

#endif
