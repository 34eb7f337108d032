// SPDX-License-Identifier: GPL-2.0-or-later
// Whatever the plugin is asked to do may end the story: rows are copied before, and not used after.
#include "qt/row_actions.hpp"

#include "qt/story_writer.hpp"
#include "qt/text.hpp"
#include "qt/wireshark_window.hpp"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QMenu>

enum { MostBack = 100 }; // places to go back to

RowActions::RowActions(const mf_window_host *window_host, StoryModel *story_model,
                       TimelineView *timeline_view, Marks *row_marks)
    : QObject(timeline_view), host(window_host), model(story_model), view(timeline_view),
      marks(row_marks)
{
    go = action(tr("Go to &Packet"), QKeySequence("Ctrl+Return"), &RowActions::goToPacket);
    follow = action(tr("&Follow Stream"), QKeySequence("Ctrl+Alt+Shift+T"),
                    &RowActions::followStreamOfRow);
    copyText = action(tr("&Copy as Text"), QKeySequence::Copy, &RowActions::copyAsText);
    copyCsv = action(tr("Copy as C&SV"), QKeySequence("Ctrl+Shift+C"), &RowActions::copyAsCsv);
    mark = action(tr("&Mark/Unmark"), QKeySequence("Ctrl+M"), &RowActions::toggleMarks);
    unmark = action(tr("&Unmark All"), QKeySequence("Ctrl+Alt+M"), &RowActions::unmarkAll);
    next = action(tr("&Next Mark"), QKeySequence("Ctrl+Shift+N"), &RowActions::goToNextMark);
    previous =
        action(tr("Pre&vious Mark"), QKeySequence("Ctrl+Shift+B"), &RowActions::goToPreviousMark);
    cause = action(tr("Go to C&ause"), QKeySequence("Ctrl+Up"), &RowActions::goToCause);
    back = action(tr("Go &Back"), QKeySequence("Alt+Left"), &RowActions::goBack);
    chain = action(tr("Show C&hain"), QKeySequence("Ctrl+L"), &RowActions::showChain);
    makeMenu();
}

QAction *
RowActions::action(const QString &text, const QKeySequence &key, void (RowActions::*act)())
{
    auto *made = new QAction(text, this);

    made->setShortcut(key);
    connect(made, &QAction::triggered, this, act);
    return made;
}

void
RowActions::makeMenu()
{
    all = new QMenu(tr("&Row"), view);
    all->addActions({go, follow});
    all->addSeparator();
    apply = all->addMenu(tr("Appl&y as Filter"));
    prepare = all->addMenu(tr("Prepar&e as Filter"));
    all->addSeparator();
    all->addActions({cause, back, chain});
    all->addSeparator();
    all->addActions({copyText, copyCsv});
    all->addSeparator();
    all->addActions({mark, next, previous, unmark});
    connect(all, &QMenu::aboutToShow, this, &RowActions::update);
    connect(apply, &QMenu::aboutToShow, this, [this] { fillFilters(apply, true); });
    connect(prepare, &QMenu::aboutToShow, this, [this] { fillFilters(prepare, false); });
}

QMenu *
RowActions::menu() const
{
    return all;
}

QList<QAction *>
RowActions::actions() const
{
    return {go, follow, cause, back, chain, copyText, copyCsv, mark, next, previous, unmark};
}

// Null: none.
const mf_row *
RowActions::current() const
{
    return model->row(view->currentIndex());
}

void
RowActions::update()
{
    const mf_row *row = current();
    uint32_t session = 0, frame = 0;

    for (QAction *each : {go, follow, chain, copyText, copyCsv, mark})
        each->setEnabled(row);
    for (QMenu *each : {apply, prepare})
        each->setEnabled(row);
    cause->setEnabled(row && mf_story_cause(model->story(), row, &session, &frame));
    back->setEnabled(!before.isEmpty() && model->story());
    for (QAction *each : {next, previous, unmark})
        each->setEnabled(!marks->isEmpty());
}

// --- Wireshark's main window

bool
RowActions::goToFrame(uint32_t frame)
{
    host->go_to_frame(frame);
    if (host->selected_frame() == frame)
        return true;
    emit said(tr("Frame %1 is not among the displayed packets").arg(frame));
    return false;
}

void
RowActions::goToPacket()
{
    if (const mf_row *row = current())
        goToFrame(row->frame);
}

void
RowActions::followStreamOfRow()
{
    const mf_row *row = current();
    const mf_engine *engine = host->engine();
    const mf_session *session = row && engine ? mf_engine_session(engine, row->session) : nullptr;

    if (!session)
        return;

    const auto l4 = mf_l4(session->l4);
    if (goToFrame(row->frame) && !followStream(l4))
        emit said(tr("This packet belongs to no stream"));
}

void
RowActions::fillFilters(QMenu *menu, bool applies)
{
    const mf_row *row = current();

    menu->clear();
    for (int kind = 0; row && kind < MF_STORY_FILTERS; kind++) {
        const CoreText filter;

        if (!mf_story_append_filter(model->story(), row, mf_story_filter(kind), filter.get()))
            continue;

        const QByteArray text(filter.get()->str);
        const QString name = QString::fromUtf8(mf_story_filter_name(mf_story_filter(kind)));
        QAction *made = menu->addAction(
            QString("&%1 %2:  %3").arg(kind + 1).arg(name, filter.string().replace('&', "&&")));
        connect(made, &QAction::triggered, this,
                [this, text, applies] { setFilter(text, applies); });
    }
}

void
RowActions::setFilter(const QByteArray &text, bool applies)
{
    if (!host->set_filter(text.constData(), applies) && !prepareFilter(QString::fromUtf8(text)))
        emit said(tr("The line of the display filter was not found"));
}

// --- copies

void
RowActions::copy(mf_story_format format)
{
    if (model->story())
        QApplication::clipboard()->setText(writtenRows(model, view->selectedInOrder(), format));
}

void
RowActions::copyAsText()
{
    copy(MF_STORY_TEXT);
}

void
RowActions::copyAsCsv()
{
    copy(MF_STORY_CSV);
}

// --- marks

// All selected rows become what the current one was not.
void
RowActions::toggleMarks()
{
    const mf_row *row = current();
    const bool on = row && !marks->has(*row);

    for (const QModelIndex &index : view->selectedInOrder()) {
        if (on)
            marks->add(model->path(index));
        else
            marks->remove(*model->row(index));
    }
    view->viewport()->update();
    update();
}

void
RowActions::unmarkAll()
{
    marks->clear();
    view->viewport()->update();
    update();
}

void
RowActions::goToMark(bool forward)
{
    const mf_row *row = current();
    const mf_row from = row ? *row : mf_row();

    if (marks->isEmpty() || !model->story())
        return;

    const RowPath path = forward ? marks->next(from) : marks->previous(from);
    const QModelIndex index = model->find(path);
    if (index.isValid())
        view->reveal(index);
    else
        emit said(tr("The marked row is not among those shown"));
}

void
RowActions::goToNextMark()
{
    goToMark(true);
}

void
RowActions::goToPreviousMark()
{
    goToMark(false);
}

// --- causes

void
RowActions::goToCause()
{
    const mf_row *row = current();
    uint32_t session, frame;

    if (!row || !mf_story_cause(model->story(), row, &session, &frame))
        return;

    const QModelIndex index = view->findSession(session, frame, true);
    if (!index.isValid()) {
        emit said(tr("Session %1, the cause, is not among the rows shown").arg(session));
        return;
    }
    before.append(model->path(view->currentIndex()));
    if (before.size() > MostBack)
        before.removeFirst();
    view->reveal(index);
    emit said(tr("The cause: session %1, frame %2").arg(session).arg(frame));
    update();
}

void
RowActions::goBack()
{
    if (before.isEmpty() || !model->story())
        return;
    view->reveal(model->find(before.takeLast()));
    update();
}

void
RowActions::showChain()
{
    if (const mf_row *row = current())
        emit chainWanted(mf_story_root(model->story(), row));
}
