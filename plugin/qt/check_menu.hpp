// SPDX-License-Identifier: GPL-2.0-or-later
// A menu that stays open while its entries are checked, since mostly several are.
#ifndef MALFLOW_QT_CHECK_MENU_HPP
#define MALFLOW_QT_CHECK_MENU_HPP

#include <QKeyEvent>
#include <QMenu>

class CheckMenu : public QMenu
{
  public:
    using QMenu::QMenu;

  protected:
    void
    mouseReleaseEvent(QMouseEvent *event) override
    {
        if (!check(actionAt(event->pos())))
            QMenu::mouseReleaseEvent(event);
    }

    void
    keyPressEvent(QKeyEvent *event) override
    {
        if (event->key() != Qt::Key_Space || !check(activeAction()))
            QMenu::keyPressEvent(event);
    }

  private:
    static bool
    check(QAction *action)
    {
        if (!action || !action->isCheckable() || !action->isEnabled())
            return false;
        action->trigger();
        return true;
    }
};

#endif
