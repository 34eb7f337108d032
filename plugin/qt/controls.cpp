// SPDX-License-Identifier: GPL-2.0-or-later
#include "qt/controls.hpp"

#include "qt/check_menu.hpp"

#include <QAction>
#include <QActionGroup>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

enum { TypingMs = 150 }; // until what was typed is searched for

static const struct {
    const char *text, *help;
} switch_texts[TimelineSettings::Switches] = {
    {"Group &Scans", "One row for the attempts of a scan"},
    {"Group Be&acons", "One row for the contacts of a beacon"},
    {"Fold Ro&utine", "One row for sessions of ordinary operation, per host and purpose"},
    {"H&its Only", "Only sessions in which a signature fired"},
};

static const char *const times_texts[] = {"As in &Wireshark", "&Relative to the Start", "&UTC",
                                          "&Local Time"};

Controls::Controls(TimelineSettings *timeline_settings, QWidget *parent)
    : QWidget(parent), settings(timeline_settings)
{
    find = makeLine(tr("Find"), tr("Text in any column"), QKeySequence::Find);
    hostLine = makeLine(tr("Host"), tr("Part of an address or a name"), QKeySequence("Ctrl+H"));
    packetList = new CheckMenu(tr("&Payload Rows"), this);
    packets = new QPushButton(tr("&Payload Rows"), this);
    packets->setAccessibleName(tr("Payload Rows"));
    packets->setToolTip(tr("Protocols whose packets with payload stand below their session"));
    packets->setMenu(packetList);
    makeSwitches();
    makeTimes();
    arrange();

    typed.setSingleShot(true);
    typed.setInterval(TypingMs);
    connect(&typed, &QTimer::timeout, this, &Controls::choiceChanged);
    refresh();
}

// --- parts

QLineEdit *
Controls::makeLine(const QString &name, const QString &help, const QKeySequence &key)
{
    auto *line = new QLineEdit(this);
    auto *action = new QAction(tr("%1…").arg(name), this);

    line->setAccessibleName(name);
    line->setPlaceholderText(help);
    line->setToolTip(help);
    line->setClearButtonEnabled(true);
    connect(line, &QLineEdit::textChanged, this, [this] { typed.start(); });
    connect(line, &QLineEdit::returnPressed, this, &Controls::left);
    action->setShortcut(key);
    connect(action, &QAction::triggered, line, [line] {
        line->setFocus(Qt::ShortcutFocusReason);
        line->selectAll();
    });
    finders.append(action);
    return line;
}

void
Controls::makeSwitches()
{
    for (int which = 0; which < TimelineSettings::Switches; which++) {
        auto *action = new QAction(tr(switch_texts[which].text), this);

        action->setCheckable(true);
        action->setToolTip(tr(switch_texts[which].help));
        connect(action, &QAction::triggered, this, [this, which](bool on) {
            settings->setOn(TimelineSettings::Switch(which), on);
            emit settingsChanged();
        });
        switches.append(action);
    }
}

void
Controls::makeTimes()
{
    auto *group = new QActionGroup(this);

    timeList = new QMenu(tr("Ti&me"), this);
    for (int times = 0; times <= TimelineSettings::TimesLocal; times++) {
        QAction *action = timeList->addAction(tr(times_texts[times]));

        action->setCheckable(true);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, times] {
            settings->setTimes(TimelineSettings::Times(times));
            emit settingsChanged();
        });
    }
}

// Stands there only while one chain is shown.
QWidget *
Controls::makeChain()
{
    auto *line = new QHBoxLayout;
    auto *all = new QPushButton(tr("Show A&ll"), this);

    chain = new QWidget(this);
    chain->setLayout(line);
    chainText = new QLabel(chain);
    chainText->setAccessibleName(tr("Chain"));
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(chainText);
    line->addWidget(all);
    line->addStretch();
    connect(all, &QPushButton::clicked, this, [this] {
        setRoot(0);
        emit left();
    });
    chain->hide();
    return chain;
}

// A box that is another sight of ACTION.
static QCheckBox *
boxOf(QAction *action)
{
    auto *box = new QCheckBox(action->text());

    box->setAccessibleName(action->text().remove('&'));
    box->setToolTip(action->toolTip());
    // Not clicked(), which is not emitted when a screen reader toggles the box.
    QObject::connect(box, &QCheckBox::toggled, action, [action](bool on) {
        if (on != action->isChecked())
            action->trigger();
    });
    QObject::connect(action, &QAction::changed, box,
                     [box, action] { box->setChecked(action->isChecked()); });
    return box;
}

void
Controls::arrange()
{
    auto *all = new QVBoxLayout(this);
    auto *line = new QHBoxLayout;
    auto *times = new QPushButton(timeList->title(), this);
    const struct {
        QString text;
        QLineEdit *line;
        int stretch;
    } lines[] = {{tr("Fin&d:"), find, 3}, {tr("H&ost:"), hostLine, 2}};

    all->setContentsMargins(6, 6, 6, 2);
    all->addLayout(line);
    for (const auto &each : lines) {
        auto *label = new QLabel(each.text, this);

        label->setBuddy(each.line);
        line->addWidget(label);
        line->addWidget(each.line, each.stretch);
    }
    line->addWidget(packets);
    for (QAction *action : switches)
        line->addWidget(boxOf(action));
    times->setAccessibleName(tr("Time"));
    times->setToolTip(tr("How times are told"));
    times->setMenu(timeList);
    line->addWidget(times);
    all->addWidget(makeChain());
}

// --- what is chosen

void
Controls::refresh()
{
    for (int which = 0; which < switches.size(); which++)
        switches[which]->setChecked(settings->isOn(TimelineSettings::Switch(which)));
    timeList->actions().at(settings->times())->setChecked(true);

    // Beacons are grouped with scans or not at all.
    switches[TimelineSettings::Beacons]->setEnabled(settings->isOn(TimelineSettings::Aggregate));
    for (QAction *action : packetList->actions())
        if (action->isCheckable())
            action->setChecked(settings->showsPackets(action->data().toByteArray().constData()));
}

void
Controls::setStory(const mf_story *story)
{
    QStringList found;

    if (story) {
        GPtrArray *protocols = mf_story_protocols(story);

        for (guint at = 0; at < protocols->len; at++)
            found.append(QString::fromUtf8(static_cast<char *>(g_ptr_array_index(protocols, at))));
        g_ptr_array_unref(protocols);
    }
    if (story && found != names) {
        names = found;
        fillPackets();
    }
    packets->setEnabled(!names.isEmpty());
    packetList->setEnabled(!names.isEmpty());
    refresh();
}

void
Controls::fillPackets()
{
    packetList->clear();
    for (const auto &all : {qMakePair(tr("&All"), true), qMakePair(tr("&None"), false)})
        connect(packetList->addAction(all.first), &QAction::triggered, this, [this, all] {
            settings->setPackets(all.second ? QStringList("all") : QStringList());
            emit settingsChanged();
        });
    packetList->addSeparator();
    for (const QString &name : names) {
        QAction *action = packetList->addAction(name);

        action->setCheckable(true);
        action->setData(name.toUtf8());
        connect(action, &QAction::triggered, this,
                [this, name](bool on) { choosePackets(name, on); });
    }
}

// NAME and all others that are checked now; also those that are not of this capture.
void
Controls::choosePackets(const QString &name, bool on)
{
    QStringList checked = settings->packetsBeside(names);

    for (const QString &each : names)
        if (each == name ? on : settings->showsPackets(each.toUtf8().constData()))
            checked.append(each);
    settings->setPackets(checked);
    emit settingsChanged();
}

QString
Controls::text() const
{
    return find->text().trimmed();
}

QString
Controls::hostText() const
{
    return hostLine->text().trimmed();
}

uint32_t
Controls::root() const
{
    return onlyRoot;
}

void
Controls::setRoot(uint32_t root)
{
    if (root == onlyRoot)
        return;
    onlyRoot = root;
    chainText->setText(tr("Only what session %1 led to").arg(root));
    chain->setVisible(root != 0);
    emit choiceChanged();
}

void
Controls::clearChoice()
{
    find->clear();
    hostLine->clear();
    setRoot(0);
}

QList<QAction *>
Controls::findActions() const
{
    return finders;
}

QMenu *
Controls::packetsMenu() const
{
    return packetList;
}

QList<QAction *>
Controls::switchActions() const
{
    return switches;
}

QMenu *
Controls::timesMenu() const
{
    return timeList;
}

// Escape empties the line that has the keyboard, then leaves it.
void
Controls::keyPressEvent(QKeyEvent *event)
{
    auto *line = qobject_cast<QLineEdit *>(focusWidget());

    if (event->key() == Qt::Key_Down)
        emit left();
    else if (event->key() != Qt::Key_Escape)
        QWidget::keyPressEvent(event);
    else if (line && line->hasFocus() && !line->text().isEmpty())
        line->clear();
    else
        emit left();
}
