// SPDX-License-Identifier: GPL-2.0-or-later
// A story is a snapshot. While the window is shown a timer looks whether more is known now, and
// makes a new one; the longer that takes, the rarer. Where the user was is kept as rows, not as
// numbers of rows.
#include "qt/timeline_window.hpp"

#include "qt/axis_header.hpp"
#include "qt/payload_pane.hpp"
#include "qt/row_details.hpp"
#include "qt/story_writer.hpp"
#include "qt/text.hpp"
#include "qt/wireshark_window.hpp"

#include <QAction>
#include <QApplication>
#include <QContextMenuEvent>
#include <QElapsedTimer>
#include <QLabel>
#include <QMenu>
#include <QScreen>
#include <QSplitter>
#include <QStatusBar>
#include <QVBoxLayout>

enum {
    TickMs = 500,
    TickPerRebuild = 5, // at most one fifth of the time goes into stories
    PayloadMs = 60,     // a row is selected that long before its payload is read
    SayMs = 6000,
    MostWidth = 1700 // at first
};

// Nearly all of a small screen.
static QSize
startSize()
{
    const QSize screen = QGuiApplication::primaryScreen()->availableSize();

    return QSize(qMin(screen.width() - 10, int(MostWidth)), screen.height() * 85 / 100);
}

TimelineWindow::TimelineWindow(const mf_window_host *window_host)
    : host(window_host), settings(window_host)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setAttribute(Qt::WA_QuitOnClose, false);
    setWindowTitle(tr("Malflow Timeline"));
    controls = new Controls(&settings, this);
    makeTable();
    rowActions = new RowActions(host, model, view, &marks);

    auto *central = new QWidget(this);
    auto *layout = new QVBoxLayout(central);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(controls);
    layout->addWidget(splitter, 1);
    setCentralWidget(central);
    status = new QLabel(this);
    statusBar()->addWidget(status, 1);

    makeMenus();
    connectParts();
    resize(startSize());
    recall();
    view->setFocus();
    rowActions->update();
}

TimelineWindow::~TimelineWindow()
{
    dropStory();
}

void
TimelineWindow::makeTable()
{
    splitter = new QSplitter(Qt::Vertical, this);
    model = new StoryModel(&marks, this);
    view = new TimelineView(model, splitter);
    axis = new AxisDelegate(this);
    header = new AxisHeader(axis, StoryModel::Life, view);

    auto *below = new QWidget(splitter);
    auto *parts = new QVBoxLayout(below);
    details = new RowDetails(below);
    payload = new PayloadPane(below);
    parts->setContentsMargins(0, 0, 0, 0);
    parts->setSpacing(0);
    parts->addWidget(details);
    parts->addWidget(payload, 1);

    view->setHeader(header);
    view->setItemDelegateForColumn(StoryModel::Life, axis);
    splitter->addWidget(view);
    splitter->addWidget(below);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 1);
    splitter->setCollapsible(0, false);
    splitter->setSizes({500, 250});
}

void
TimelineWindow::connectParts()
{
    timer.setSingleShot(true);
    connect(&timer, &QTimer::timeout, this, &TimelineWindow::tick);
    payloadTimer.setSingleShot(true);
    payloadTimer.setInterval(PayloadMs);
    connect(&payloadTimer, &QTimer::timeout, this, &TimelineWindow::showPayload);

    connect(controls, &Controls::choiceChanged, this, &TimelineWindow::chooseRows);
    connect(controls, &Controls::settingsChanged, this, [this] {
        dirty = true;
        tick();
    });
    connect(controls, &Controls::left, this, [this] { view->setFocus(Qt::OtherFocusReason); });
    connect(model, &StoryModel::chosen, this, &TimelineWindow::tellStatus);
    connect(model, &StoryModel::chosen, this, &TimelineWindow::findCurrent);
    connect(view, &TimelineView::touched, this, [this] { isWanted = false; });
    connect(view, &TimelineView::chosen, rowActions, &RowActions::goToPacket);
    connect(view, &TimelineView::menuWanted, this, &TimelineWindow::showMenu);
    connect(view->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        rowActions->update();
        payloadTimer.start();
    });
    connect(payload, &PayloadPane::goToFrame, this,
            [this](quint32 frame) { host->go_to_frame(frame); });
    connect(rowActions, &RowActions::chainWanted, controls, &Controls::setRoot);
    connect(rowActions, &RowActions::said, this,
            [this](const QString &text) { statusBar()->showMessage(text, SayMs); });
    hearsPackets = onPacketSelected(this, SLOT(followPacket()));
}

// --- life of the story

void
TimelineWindow::dropStory()
{
    if (model->story()) {
        if (!isWanted)
            wanted = view->place();
        isWanted = true;
    }
    setStory(nullptr);
}

// Everything that knows of a story gets STORY, or hears that there is none.
void
TimelineWindow::setStory(mf_story *story)
{
    payloadTimer.stop();
    payload->clear();
    details->show(QModelIndex());
    axis->setStory(nullptr);
    applyChoice([&](const mf_story_choice &choice) { model->setStory(story, choice); });
    header->setStory(story);
    rowActions->update();
}

void
TimelineWindow::applyChoice(const std::function<void(const mf_story_choice &)> &act)
{
    const QByteArray text = controls->text().toUtf8(), hostText = controls->hostText().toUtf8();
    mf_story_choice choice = {};

    choice.text = text.isEmpty() ? nullptr : text.constData();
    choice.host = hostText.isEmpty() ? nullptr : hostText.constData();
    choice.root = controls->root();
    act(choice);
}

bool
TimelineWindow::isStale(const mf_engine *engine) const
{
    return !model->story() || dirty || frames != mf_engine_frame_count(engine) ||
           wasReading != host->is_reading() || shownTimes != settings.timeFormat();
}

// Looks whether there is more to tell now.
void
TimelineWindow::tick()
{
    QElapsedTimer clock;

    clock.start();
    lookAround();

    const mf_engine *engine = host->engine();
    if (!engine && model->story())
        dropStory();
    if (engine && isStale(engine))
        rebuild(engine);
    if (!hearsPackets && host->selected_frame() != polledFrame)
        followPacket();
    tellStatus();
    timer.start(qMax(int(TickMs), int(clock.elapsed()) * TickPerRebuild));
}

// What Wireshark's user may have changed elsewhere.
void
TimelineWindow::lookAround()
{
    const QString text = QString::fromUtf8(host->font());
    const QString name = takenText(host->capture_name());

    if (text != fontText) {
        QFont font;

        fontText = text;
        if (!text.isEmpty() && font.fromString(text)) {
            view->setFont(font);
            details->setLineFont(font);
            payload->setFixedFont(font);
        }
        view->fitColumns();
    }
    if (name == captureName)
        return;
    if (!name.isEmpty() && !captureName.isEmpty()) {
        marks.clear();
        isWanted = false;
    }
    captureName = name;
    setWindowTitle(name.isEmpty() ? tr("Malflow Timeline") : tr("%1 - Malflow Timeline").arg(name));
}

static AxisTimes
axisTimes(mf_time_format format)
{
    static const AxisTimes times[] = {AxisTimes::Relative, AxisTimes::Utc, AxisTimes::Local};

    static_assert(MF_TIME_RELATIVE == 0 && MF_TIME_UTC == 1 && MF_TIME_LOCAL == 2);
    return times[format];
}

void
TimelineWindow::rebuild(const mf_engine *engine)
{
    mf_timeline_options options = settings.options();

    if (model->story() && !isWanted)
        wanted = view->place();
    frames = mf_engine_frame_count(engine);
    wasReading = host->is_reading();
    shownTimes = options.time;
    dirty = false;
    header->setTimes(axisTimes(options.time), mf_engine_first_time(engine));
    setStory(mf_story_new(engine, &options, &host->source));
    mf_timeline_options_clear(&options);
    controls->setStory(model->story());
    view->fitColumns();
    restorePlace();
}

// While a file is read again, rows may yet come that the user was at.
void
TimelineWindow::restorePlace()
{
    view->goTo(wanted, wasReading);
    if (!wasReading)
        isWanted = false;
    findCurrent();
    rowActions->update();
    payloadTimer.start();
}

void
TimelineWindow::chooseRows()
{
    if (!model->story())
        return;

    const ViewPlace place = view->place();
    if (!place.current.isEmpty())
        searched = place.current;
    applyChoice([this](const mf_story_choice &choice) { model->choose(choice); });
    view->goTo(place, false);
    findCurrent();
    view->scrollTo(view->currentIndex());
    rowActions->update();
    tellStatus();
    payloadTimer.start(); // also where no row is left: models that are reset do not tell
}

// Where none of the rows is the current one, that becomes it which was so before the search, once
// it was found, or else the first.
void
TimelineWindow::findCurrent()
{
    if (isWanted || view->currentIndex().isValid() || model->rowCount() == 0)
        return;

    const QModelIndex before = model->find(searched);
    if (before.isValid())
        view->reveal(before);
    else if (!model->isChoosing())
        view->reveal(model->index(0, 0));
}

// --- what is shown

void
TimelineWindow::followPacket()
{
    const uint32_t frame = host->selected_frame();
    const mf_engine *engine = host->engine();
    const mf_row *row = model->row(view->currentIndex());

    polledFrame = frame;
    if (!followSelected->isChecked() || !engine || !model->story() || frame == 0)
        return;
    if (row && row->frame == frame)
        return;

    const uint32_t session = mf_engine_verdict(engine, frame).session;
    const QModelIndex index = view->findSession(session, frame, false);
    if (index.isValid())
        view->reveal(index);
    else
        statusBar()->showMessage(tr("Frame %1 is of none of the rows shown").arg(frame), SayMs);
}

void
TimelineWindow::showPayload()
{
    const mf_row *row = model->row(view->currentIndex());

    details->show(row ? view->currentIndex() : QModelIndex());
    if (row && payload->isVisible())
        payload->show(model->story(), row);
    else
        payload->clear();
}

void
TimelineWindow::tellStatus()
{
    const mf_engine *engine = host->engine();
    const bool reading = engine && host->is_reading();

    if (!model->story()) {
        status->setText(captureName.isEmpty() ? tr("No capture file") : tr("No packets"));
        view->setEmptyText(captureName.isEmpty() ? tr("No capture file is open.")
                                                 : tr("Nothing is known of this file yet."));
        return;
    }

    const uint32_t total = mf_story_total(model->story());
    QString text = tr("%1 of %2 rows, %3 sessions, %4 frames")
                       .arg(mf_story_count(model->story()))
                       .arg(total)
                       .arg(mf_engine_session_count(engine))
                       .arg(frames);
    if (model->isChoosing())
        text += tr(" - searching…");
    if (reading)
        text += tr(" - reading %1…").arg(captureName);
    status->setText(text);
    view->setEmptyText(total == 0 ? tr("There are no sessions in this file.")
                                  : tr("No row matches."));
}

void
TimelineWindow::showMenu(const QPoint &global)
{
    if (model->row(view->currentIndex()))
        rowActions->menu()->popup(global);
}

// As the menu key does, for the part that has the keyboard.
void
TimelineWindow::wishForMenu()
{
    QWidget *part = focusWidget();

    if (!part)
        return;
    const QPoint place = part->inputMethodQuery(Qt::ImCursorRectangle).toRect().center();
    QContextMenuEvent wish(QContextMenuEvent::Keyboard, place, part->mapToGlobal(place));
    QApplication::sendEvent(part, &wish);
}

// --- Qt's events

void
TimelineWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    if (!timer.isActive())
        tick();
}

void
TimelineWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() != QEvent::WindowStateChange)
        return;
    if (isMinimized())
        timer.stop();
    else if (isVisible() && !timer.isActive())
        timer.start(0);
}

void
TimelineWindow::closeEvent(QCloseEvent *event)
{
    remember();
    timer.stop();
    QMainWindow::closeEvent(event);
}
