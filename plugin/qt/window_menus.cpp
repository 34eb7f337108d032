// SPDX-License-Identifier: GPL-2.0-or-later
// The menus of the window, and what it remembers between runs.
#include "qt/axis_header.hpp"
#include "qt/columns.hpp"
#include "qt/payload_pane.hpp"
#include "qt/story_writer.hpp"
#include "qt/text.hpp"
#include "qt/timeline_window.hpp"

#include <QAction>
#include <QMenuBar>
#include <QSettings>
#include <QShortcut>
#include <QSplitter>

void
TimelineWindow::makeMenus()
{
    makeFileMenu();
    makeViewMenu();
    makeGoMenu();
    menuBar()->addMenu(rowActions->menu());
    // Known to the window for their shortcuts, also while their menus are closed.
    addActions(rowActions->actions());
    addActions(controls->findActions());
    addActions(header->zoomActions());
    // Not all keyboards have a menu key, and Qt knows these only on Windows.
    connect(new QShortcut(QKeySequence("Shift+F10"), this), &QShortcut::activated, this,
            &TimelineWindow::wishForMenu);
}

void
TimelineWindow::makeFileMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&File"));
    QAction *save = menu->addAction(tr("&Save as Displayed…"));
    QAction *again = menu->addAction(tr("&Reload"));

    save->setShortcut(QKeySequence::Save);
    connect(save, &QAction::triggered, this, [this] {
        if (!model->story())
            return;
        mf_story_name(model->story(), captureName.toUtf8().constData());
        saveStory(view, model, captureName.section('.', 0, 0) + "-timeline");
    });
    again->setShortcut(QKeySequence::Refresh);
    connect(again, &QAction::triggered, this, [this] {
        dirty = true;
        tick();
    });
    menu->addSeparator();
    menu->addAction(payload->saveAction);
    menu->addSeparator();

    QAction *close = menu->addAction(tr("&Close"));
    close->setShortcut(QKeySequence::Close);
    connect(close, &QAction::triggered, this, &QWidget::close);
}

void
TimelineWindow::makeViewMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&View"));

    menu->addMenu(controls->packetsMenu());
    menu->addActions(controls->switchActions());
    menu->addMenu(controls->timesMenu());
    QAction *reset = menu->addAction(tr("&As in the Preferences"));
    connect(reset, &QAction::triggered, this, [this] {
        settings.reset();
        dirty = true;
        tick();
    });
    menu->addSeparator();
    menu->addActions(header->zoomActions());
    menu->addSeparator();

    QAction *pane = menu->addAction(tr("Payload Pa&ne"));
    pane->setObjectName("pane");
    pane->setCheckable(true);
    pane->setChecked(true);
    pane->setShortcut(QKeySequence("F4"));
    connect(pane, &QAction::toggled, this, [this](bool on) {
        payload->setVisible(on);
        payloadTimer.start();
    });
    makeColumnsMenu(menu->addMenu(tr("&Columns")));

    QAction *fold = menu->addAction(tr("C&lose All Rows"));
    fold->setShortcut(QKeySequence("Ctrl+Left"));
    connect(fold, &QAction::triggered, view, &QTreeView::collapseAll);
}

void
TimelineWindow::makeColumnsMenu(QMenu *menu)
{
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        for (QAction *action : menu->actions())
            if (action->isCheckable())
                action->setChecked(!view->isColumnHidden(action->data().toInt()));
    });
    for (int column = 1; column < StoryModel::Columns; column++) { // the first has the branches
        QAction *action = menu->addAction(columnOf(column).title);

        action->setCheckable(true);
        action->setData(column);
        connect(action, &QAction::triggered, this,
                [this, column](bool on) { view->setColumnShown(column, on); });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("&Reset")), &QAction::triggered, view, &TimelineView::resetColumns);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this,
            [this, menu](const QPoint &at) { menu->popup(header->mapToGlobal(at)); });
}

void
TimelineWindow::makeGoMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&Go"));

    followSelected = menu->addAction(tr("&Follow the Selected Packet"));
    followSelected->setCheckable(true);
    followSelected->setShortcut(QKeySequence("F8"));
    connect(followSelected, &QAction::toggled, this, &TimelineWindow::followPacket);
    menu->addSeparator();
    menu->addActions(controls->findActions());
    menu->addAction(payload->findAction);

    QAction *none = menu->addAction(tr("Show &All Rows"));
    none->setShortcut(QKeySequence("Ctrl+Shift+A"));
    connect(none, &QAction::triggered, controls, &Controls::clearChoice);
    menu->addSeparator();
    for (const bool forward : {true, false}) {
        QAction *part = menu->addAction(forward ? tr("&Next Part") : tr("&Previous Part"));

        part->setShortcut(QKeySequence(forward ? "F6" : "Shift+F6"));
        connect(part, &QAction::triggered, this, [this, forward] { nextPart(forward); });
    }
}

// Controls, table, payload: gives the next of them the keyboard.
void
TimelineWindow::nextPart(bool forward)
{
    const QList<QWidget *> parts = {controls, view, payload};
    int at = 0;

    for (int part = 0; part < parts.size(); part++)
        if (focusWidget() &&
            (parts[part] == focusWidget() || parts[part]->isAncestorOf(focusWidget())))
            at = part;

    const int count = payload->isVisible() ? int(parts.size()) : int(parts.size()) - 1;
    at = (at + (forward ? 1 : count - 1)) % count;
    if (at == 0)
        controls->findActions().first()->trigger();
    else
        parts[at]->setFocus(Qt::TabFocusReason);
}

// --- state

void
TimelineWindow::recall()
{
    const QSettings stored(takenText(host->profile_file("malflow_timeline")), QSettings::IniFormat);

    settings.recall(stored);
    restoreGeometry(stored.value("geometry").toByteArray());
    splitter->restoreState(stored.value("splitter").toByteArray());
    view->recallColumns(stored);
    followSelected->setChecked(stored.value("follow", false).toBool());
    findChild<QAction *>("pane")->setChecked(stored.value("pane", true).toBool());
    payload->setMode(PayloadPane::Mode(stored.value("payload_mode", payload->mode()).toInt()));
    controls->refresh();
}

void
TimelineWindow::remember() const
{
    QSettings stored(takenText(host->profile_file("malflow_timeline")), QSettings::IniFormat);

    settings.remember(stored);
    stored.setValue("geometry", saveGeometry());
    stored.setValue("splitter", splitter->saveState());
    view->rememberColumns(stored);
    stored.setValue("follow", followSelected->isChecked());
    stored.setValue("pane", findChild<QAction *>("pane")->isChecked());
    stored.setValue("payload_mode", int(payload->mode()));
}
