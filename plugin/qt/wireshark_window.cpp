// SPDX-License-Identifier: GPL-2.0-or-later
#include "qt/wireshark_window.hpp"

#include <QAction>
#include <QApplication>
#include <QLineEdit>
#include <QMenu>
#include <QWidget>

QWidget *
wiresharkWindow()
{
    for (QWidget *widget : QApplication::topLevelWidgets())
        if (widget->inherits("WiresharkMainWindow") || widget->inherits("MainWindow"))
            return widget;
    return nullptr;
}

bool
onPacketSelected(QObject *receiver, const char *slot)
{
    QWidget *window = wiresharkWindow();

    if (!window || window->metaObject()->indexOfSignal("framesSelected(QList<int>)") < 0)
        return false;
    return QObject::connect(window, SIGNAL(framesSelected(QList<int>)), receiver, slot,
                            Qt::UniqueConnection);
}

bool
prepareFilter(const QString &text)
{
    QWidget *window = wiresharkWindow();
    const QWidget *bar = window ? window->findChild<QWidget *>("displayFilterToolBar") : nullptr;
    QLineEdit *line = bar ? bar->findChild<QLineEdit *>() : nullptr;

    if (!line)
        return false;
    line->setText(text);
    window->activateWindow();
    line->setFocus();
    return true;
}

// Menus have a key's mark somewhere in their texts. What is no TCP or UDP has no stream.
static QAction *
followAction(const QMenu *menu, const QString &protocol)
{
    for (QAction *action : menu->actions())
        if (action->isEnabled() && action->text().remove('&').startsWith(protocol))
            return action;
    return nullptr;
}

bool
followStream(mf_l4 l4)
{
    const QWidget *window = wiresharkWindow();
    const QMenu *menu = window ? window->findChild<QMenu *>("menuFollow") : nullptr;
    QAction *action = menu ? followAction(menu, QString::fromUtf8(mf_l4_name(l4))) : nullptr;

    if (!action)
        return false;
    action->trigger();
    return true;
}
