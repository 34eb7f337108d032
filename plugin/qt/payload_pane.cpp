// SPDX-License-Identifier: GPL-2.0-or-later
// Who reads a capture wants to see what was said, at once and while walking from row to row. So the
// beginning is read when a row is shown, and the rest when the row stays. Text and dump are two
// views of one document, which scroll and select together.
#include "qt/payload_pane.hpp"
#include "qt/payload_view.hpp"

#include <QAction>
#include <QApplication>
#include <QButtonGroup>
#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMessageBox>
#include <QSaveFile>
#include <QSplitter>
#include <QStyle>
#include <QToolButton>
#include <algorithm>

static const int MostPlaces = 100000;
static const int Pause = 200; // milliseconds that a row stays before all of it is read

PayloadPane::PayloadPane(QWidget *parent)
    : QWidget(parent), textView(new PayloadView(PayloadLayout::Text)),
      hexView(new PayloadView(PayloadLayout::Dump))
{
    auto *views = new QSplitter(Qt::Horizontal);
    auto *all = new QVBoxLayout(this);

    setObjectName(QStringLiteral("payloadPane"));
    setAccessibleName(tr("Payload"));
    textView->setObjectName(QStringLiteral("payloadText"));
    textView->setAccessibleName(tr("Payload as text"));
    hexView->setObjectName(QStringLiteral("payloadHex"));
    hexView->setAccessibleName(tr("Payload as hex"));
    views->addWidget(textView);
    views->addWidget(hexView);
    views->setChildrenCollapsible(false);
    views->setStretchFactor(0, 1); // a dump needs no more room than it takes
    views->setStretchFactor(1, 0);
    makeActions();
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(2);
    all->addWidget(makeBar());
    all->addWidget(views, 1);
    all->addWidget(makeFindBar());
    connectViews(textView, hexView);
    connectViews(hexView, textView);
    whole.setSingleShot(true);
    whole.setInterval(Pause);
    connect(&whole, &QTimer::timeout, this, [this] { load(Most, true); });
    setMode(Text);
    clear();
}

void
PayloadPane::makeActions()
{
    findAction = new QAction(tr("&Find in Payload…"), this);
    findAction->setIconText(tr("Find…"));
    findAction->setObjectName(QStringLiteral("findInPayload"));
    connect(findAction, &QAction::triggered, this, &PayloadPane::openFind);
    saveAction = new QAction(tr("&Save Payload…"), this);
    saveAction->setIconText(tr("Save…"));
    saveAction->setObjectName(QStringLiteral("savePayload"));
    connect(saveAction, &QAction::triggered, this, &PayloadPane::saveAs);
}

QWidget *
PayloadPane::makeBar()
{
    static const char *const names[] = {QT_TR_NOOP("&Text"), QT_TR_NOOP("&Hex"),
                                        QT_TR_NOOP("&Both")};
    auto *bar = new QWidget;
    auto *line = new QHBoxLayout(bar);

    line->setContentsMargins(4, 2, 4, 0);
    line->setSpacing(4);
    modes = new QButtonGroup(this);
    for (int mode = Text; mode <= Both; mode++) {
        auto *button = new QToolButton;
        button->setText(tr(names[mode]));
        button->setCheckable(true);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        modes->addButton(button, mode);
        line->addWidget(button);
    }
    connect(modes, &QButtonGroup::idClicked, this, [this](int mode) { setMode(Mode(mode)); });
    sides = new QComboBox;
    sides->setAccessibleName(tr("Sides"));
    sides->addItems({tr("Both sides"), tr("→ Originator"), tr("← Responder")});
    connect(sides, QOverload<int>::of(&QComboBox::currentIndexChanged), this,
            [this] { present(false); });
    line->addWidget(sides);
    info = new QLabel;
    info->setObjectName(QStringLiteral("payloadInfo"));
    info->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    line->addWidget(info, 1);
    for (QAction *action : {findAction, saveAction}) {
        auto *button = new QToolButton;
        button->setDefaultAction(action);
        button->setAutoRaise(true);
        line->addWidget(button);
    }
    return bar;
}

QWidget *
PayloadPane::makeFindBar()
{
    auto *line = new QHBoxLayout(findBar = new QWidget);
    const auto button = [this, line](const QString &text, auto what) {
        auto *made = new QToolButton;
        made->setText(text);
        made->setAutoRaise(true);
        connect(made, &QToolButton::clicked, this, what);
        line->addWidget(made);
    };

    line->setContentsMargins(4, 0, 4, 2);
    needle = new QLineEdit;
    needle->setObjectName(QStringLiteral("payloadNeedle"));
    needle->setAccessibleName(tr("Find in payload"));
    needle->setPlaceholderText(tr("Text, or bytes as in MZ|90 00|"));
    needle->setClearButtonEnabled(true);
    needle->setMaximumWidth(360);
    connect(needle, &QLineEdit::textChanged, this, &PayloadPane::needleChanged);
    line->addWidget(needle, 1);
    button(tr("Previous"), [this] { findAgain(false); });
    button(tr("Next"), [this] { findAgain(true); });
    found = new QLabel;
    found->setObjectName(QStringLiteral("payloadFound"));
    line->addWidget(found, 1);
    button(tr("Close"), [this] { closeFind(); });
    findBar->hide();
    return findBar;
}

void
PayloadPane::connectViews(PayloadView *view, PayloadView *other)
{
    view->addActions({findAction, saveAction});
    connect(view, &PayloadView::goToFrame, this, &PayloadPane::goToFrame);
    connect(view, &PayloadView::selected, other,
            [other](quint32 from, quint32 to) { other->select(from, to, false); });
    // Only what the user scrolls moves the other one.
    connect(view, &PayloadView::scrolled, other, [other](quint32 place) {
        const QSignalBlocker quiet(other);
        if (other->isVisible())
            other->scrollTo(place);
    });
}

// --- what is shown ---

void
PayloadPane::show(const mf_story *newStory, const mf_row *newRow)
{
    if (newStory == nullptr || newRow == nullptr) {
        clear();
        return;
    }
    story = newStory;
    row = *newRow;
    load(AtOnce, false);
    if (loaded.isCut())
        whole.start();
}

void
PayloadPane::clear()
{
    whole.stop();
    story = nullptr;
    loaded.clear();
    present(false);
}

void
PayloadPane::load(size_t most, bool keep)
{
    whole.stop();
    loaded.load(story, row, most);
    present(keep);
}

void
PayloadPane::present(bool keep)
{
    shown = loaded.only(PayloadDocument::Sides(sides->currentIndex()));
    for (PayloadView *view : {textView, hexView}) {
        view->setPlaceholder(story == nullptr     ? tr("Select a row to see its payload.")
                             : loaded.size() == 0 ? tr("This row has no payload.")
                                                  : tr("This side sent no payload."));
        view->setDocument(&shown, keep);
    }
    info->setText(summary());
    info->setToolTip(info->text());
    setAccessibleDescription(info->text());
    findAction->setEnabled(shown.size() > 0);
    saveAction->setEnabled(shown.size() > 0);
    if (!findBar->isHidden())
        needleChanged();
}

QString
PayloadPane::summary() const
{
    const QLocale locale;

    if (story == nullptr || loaded.size() == 0)
        return QString();
    const auto runs = loaded.runs().size();
    QString text =
        tr("→ %1, ← %2 bytes in %3 %4")
            .arg(locale.toString(loaded.sent(MF_ORIG)), locale.toString(loaded.sent(MF_RESP)),
                 locale.toString(runs), runs == 1 ? tr("run") : tr("runs"));
    if (loaded.isCut())
        text += tr("; there is more than these %1").arg(locale.formattedDataSize(loaded.size()));
    return text;
}

void
PayloadPane::setFixedFont(const QFont &font)
{
    textView->setFixedFont(font);
    hexView->setFixedFont(font);
}

void
PayloadPane::setMode(Mode mode)
{
    const bool differs = modes->checkedId() != mode;
    PayloadView *before = textView->isHidden() ? hexView : textView;
    const quint32 top = before->topPlace();

    modes->button(mode)->setChecked(true);
    textView->setVisible(mode != Hex);
    hexView->setVisible(mode != Text);
    setFocusProxy(mode == Hex ? hexView : textView);
    for (PayloadView *view : {textView, hexView}) {
        const QSignalBlocker quiet(view);
        view->scrollTo(top);
    }
    if (differs)
        emit modeChanged(mode);
}

PayloadPane::Mode
PayloadPane::mode() const
{
    return Mode(modes->checkedId());
}

// --- finding ---

void
PayloadPane::openFind()
{
    const PayloadView *view = mode() == Hex ? hexView : textView;
    const quint32 from = view->selectionFrom(), to = view->selectionTo();

    findBar->show();
    if (from < to && to - from <= 64)
        needle->setText(shown.text(from, to).section(QLatin1Char('\n'), 0, 0));
    needle->setFocus();
    needle->selectAll();
}

void
PayloadPane::closeFind()
{
    findBar->hide();
    places.clear();
    for (PayloadView *view : {textView, hexView})
        view->setFound(places, 0);
    focusProxy()->setFocus();
}

void
PayloadPane::needleChanged()
{
    bool exact;
    const QByteArray bytes = payloadNeedle(needle->text(), &exact);

    places = shown.find(bytes, exact, MostPlaces);
    needleLength = int(bytes.size());
    for (PayloadView *view : {textView, hexView})
        view->setFound(places, needleLength);
    tellFound(-1);
}

void
PayloadPane::tellFound(int number)
{
    const QString count = QLocale().toString(places.size()) +
                          (places.size() == MostPlaces ? QStringLiteral("+") : QString());

    if (needle->text().isEmpty())
        found->clear();
    else if (places.isEmpty())
        found->setText(tr("Not found"));
    else
        found->setText(number < 0 ? tr("%1 found").arg(count)
                                  : tr("%1 of %2").arg(QLocale().toString(number + 1), count));
}

void
PayloadPane::findAgain(bool forward)
{
    PayloadView *view = mode() == Hex ? hexView : textView;
    const quint32 from = view->selectionFrom(), to = view->selectionTo();
    const bool onPlace = int(to - from) == needleLength;

    if (places.isEmpty())
        return;
    auto next = forward ? std::lower_bound(places.begin(), places.end(), from + (onPlace ? 1 : 0))
                        : std::lower_bound(places.begin(), places.end(), from);
    if (forward && next == places.end())
        next = places.begin();
    else if (!forward)
        next = next == places.begin() ? places.end() - 1 : next - 1;
    for (PayloadView *any : {textView, hexView})
        any->select(*next, *next + quint32(needleLength), true);
    tellFound(int(next - places.begin()));
}

// --- keys ---

bool
PayloadPane::takesKey(const QKeyEvent *event) const
{
    const bool finding = !findBar->isHidden();

    return event->matches(QKeySequence::Find) ||
           (finding && (event->key() == Qt::Key_Escape || event->matches(QKeySequence::FindNext) ||
                        event->matches(QKeySequence::FindPrevious)));
}

bool
PayloadPane::event(QEvent *event)
{
    // The window has a Ctrl+F of its own: here it means the payload.
    if (event->type() == QEvent::ShortcutOverride && takesKey(static_cast<QKeyEvent *>(event))) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void
PayloadPane::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;

    if (enter && needle->hasFocus())
        findAgain((event->modifiers() & Qt::ShiftModifier) == 0);
    else if (!takesKey(event))
        QWidget::keyPressEvent(event);
    else if (event->matches(QKeySequence::Find))
        findAction->trigger();
    else if (event->key() == Qt::Key_Escape)
        closeFind();
    else
        findAgain(event->matches(QKeySequence::FindNext));
}

// --- saving ---

QString
PayloadPane::suggestedName() const
{
    static const char *const ends[] = {"", "-originator", "-responder"};

    return QStringLiteral("session-%1%2.bin")
        .arg(row.session)
        .arg(QLatin1String(ends[sides->currentIndex()]));
}

bool
PayloadPane::saveTo(const QString &path, QString *message) const
{
    QSaveFile file(path);

    if (file.open(QIODevice::WriteOnly) && file.write(shown.bytes()) == qint64(shown.size()) &&
        file.commit())
        return true;
    *message = file.errorString();
    return false;
}

void
PayloadPane::saveAs()
{
    // The rest must not be missing because the user was quick.
    if (whole.isActive())
        load(Most, true);

    const QString path = QFileDialog::getSaveFileName(this, tr("Save Payload"), suggestedName());
    QString message;
    if (!path.isEmpty() && !saveTo(path, &message))
        QMessageBox::warning(this, tr("Save Payload"),
                             tr("%1 was not written: %2").arg(path, message));
}
