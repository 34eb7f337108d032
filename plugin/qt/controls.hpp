// SPDX-License-Identifier: GPL-2.0-or-later
// The line of controls above the table: what is searched for, and what is told.
#ifndef MALFLOW_QT_CONTROLS_HPP
#define MALFLOW_QT_CONTROLS_HPP

#include "qt/timeline_settings.hpp"

#include <QTimer>
#include <QWidget>

class QAction;
class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;

class Controls : public QWidget
{
    Q_OBJECT

  public:
    // SETTINGS are changed by what the user does here.
    Controls(TimelineSettings *settings, QWidget *parent = nullptr);

    // Shows what SETTINGS are now.
    void
    refresh();

    // What can be checked: the protocols of STORY; null: none.
    void
    setStory(const mf_story *story);

    // What is searched for; empty: all.
    QString
    text() const;
    QString
    hostText() const;

    // The session of which only what it led to is shown; 0: all.
    uint32_t
    root() const;
    void
    setRoot(uint32_t root);

    void
    clearChoice();

    // For the window's menu: to give the keyboard to the lines, and protocols, switches, times.
    QList<QAction *>
    findActions() const;
    QMenu *
    packetsMenu() const;
    QList<QAction *>
    switchActions() const;
    QMenu *
    timesMenu() const;

  signals:
    // Other rows are searched for.
    void
    choiceChanged();
    // The story must be told anew.
    void
    settingsChanged();
    // The keyboard is to go to the table.
    void
    left();

  protected:
    void
    keyPressEvent(QKeyEvent *event) override;

  private:
    TimelineSettings *settings;
    QLineEdit *find, *hostLine;
    QPushButton *packets;
    QMenu *packetList, *timeList;
    QWidget *chain;
    QLabel *chainText;
    QTimer typed;
    QList<QAction *> finders, switches;
    QStringList names; // of the story's protocols
    uint32_t onlyRoot = 0;

    QLineEdit *
    makeLine(const QString &name, const QString &help, const QKeySequence &key);
    void
    makeSwitches();
    void
    makeTimes();
    QWidget *
    makeChain();
    void
    arrange();
    void
    fillPackets();
    void
    choosePackets(const QString &name, bool on);
};

#endif
