// SPDX-License-Identifier: GPL-2.0-or-later
// The one symbol that the plugin looks up, and all windows that there are.
#include "qt/timeline_window.hpp"

#include <QApplication>
#include <QPointer>

static const mf_window_host *host;
static QList<QPointer<TimelineWindow>> *windows; // those that were closed are null

static void
openWindow()
{
    auto *window = new TimelineWindow(host);

    windows->removeAll(nullptr);
    windows->append(window);
    window->show();
    window->activateWindow();
}

static void
engineGone()
{
    for (const QPointer<TimelineWindow> &window : *windows)
        if (window)
            window->dropStory();
}

static void
quit()
{
    for (const QPointer<TimelineWindow> &window : *windows) {
        if (window)
            window->close(); // remembers its state
        delete window;
    }
    windows->clear();
}

extern "C" Q_DECL_EXPORT const mf_window *
mf_window_load(const mf_window_host *window_host)
{
    static const mf_window window = {MF_WINDOW_ABI, openWindow, engineGone, quit};

    if (window_host->abi != MF_WINDOW_ABI)
        return nullptr;
    // Null as well where the application runs on another Qt than this was built for.
    if (!qobject_cast<QApplication *>(QCoreApplication::instance()))
        return nullptr;
    host = window_host;
    if (!windows) {
        windows = new QList<QPointer<TimelineWindow>>;
        QObject::connect(qApp, &QCoreApplication::aboutToQuit, quit);
    }
    return &window;
}
