// SPDX-License-Identifier: GPL-2.0-or-later
// Qt's text widgets lay out all of a document before they show any of it; sixteen megabytes of
// bytes that nobody will read must not make anyone wait. Here a line is a number, and what stands
// on it is found when it is painted (payload_paint.cpp).
#include "qt/payload_view.hpp"
#include "qt/payload_cells.hpp"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFontDatabase>
#include <QFontInfo>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QScrollBar>
#include <algorithm>
#include <cmath>

static const PayloadDocument nothing;
static const int MostSpoken = 64 << 10;

// Not every platform knows what its monospaced font is.
static QFont
monospaced()
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);

    for (const char *family : {"monospace", "DejaVu Sans Mono", "Menlo", "Consolas"}) {
        if (QFontInfo(font).fixedPitch())
            break;
        font.setFamily(QLatin1String(family));
        font.setStyleHint(QFont::Monospace);
    }
    return font;
}

PayloadView::PayloadView(PayloadLayout::Form form, QWidget *parent)
    : QAbstractScrollArea(parent), document(&nothing), shape(form)
{
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setAutoFillBackground(false);
    installPayloadAccessible();
    setFixedFont(monospaced());
}

void
PayloadView::setFixedFont(const QFont &font)
{
    QFont fixed = font;

    if (!QFontInfo(fixed).fixedPitch()) {
        fixed = monospaced();
        if (font.pointSizeF() > 0)
            fixed.setPointSizeF(font.pointSizeF());
    }
    fixed.setKerning(false);
    isFixed = QFontInfo(fixed).fixedPitch();
    setFont(fixed);
}

void
PayloadView::setPlaceholder(const QString &text)
{
    placeholder = text;
    viewport()->update();
}

void
PayloadView::setDocument(const PayloadDocument *newDocument, bool keep)
{
    const quint32 top = keep && layout.lines() > 0 ? topPlace() : 0;

    document = newDocument != nullptr ? newDocument : &nothing;
    found.clear();
    if (!keep)
        anchor = caret = 0;
    anchor = qMin(anchor, document->size());
    caret = qMin(caret, document->size());
    relayout(top);
    tellAccessible(this);
}

void
PayloadView::setFound(const QVector<quint32> &places, int length)
{
    found = places;
    foundLength = length;
    viewport()->update();
}

// --- geometry ---

int
PayloadView::visibleLines() const
{
    return qMax(1, viewport()->height() / lineHeight);
}

int
PayloadView::wantedColumns() const
{
    const int room = int((viewport()->width() - gutter) / cellWidth) - 1;

    if (shape == PayloadLayout::Text)
        return qMax(16, room);
    return payloadDumpCells(16) <= room ? 16 : 8;
}

QSize
PayloadView::sizeHint() const
{
    const int cells = shape == PayloadLayout::Text ? 60 : payloadDumpCells(16) + 1;
    const int around = 2 * frameWidth() + verticalScrollBar()->sizeHint().width();

    return {gutter + int(std::ceil(cells * cellWidth)) + around, 10 * lineHeight};
}

QSize
PayloadView::minimumSizeHint() const
{
    return {gutter + int(30 * cellWidth), 3 * lineHeight};
}

// TOP: the place that shall stand on the first visible line.
void
PayloadView::relayout(quint32 top)
{
    const QFontMetricsF metrics(font());
    const quint32 frame = document->runs().isEmpty() ? 0 : document->runs().last().frame;

    cellWidth = metrics.horizontalAdvance(QString(64, QLatin1Char(isFixed ? '0' : 'W'))) / 64;
    lineHeight = int(std::ceil(metrics.height())) + 1;
    ascent = int(std::ceil(metrics.ascent()));
    gutter = int(std::ceil((qMax(4, QString::number(frame).size()) + 3.5) * cellWidth));
    layout.build(document, shape, wantedColumns());
    updateBars();
    scrollTo(top);
    viewport()->update();
}

void
PayloadView::updateBars()
{
    const int wide = shape == PayloadLayout::Text
                         ? 0
                         : gutter + int((payloadDumpCells(layout.columns()) + 1) * cellWidth);

    verticalScrollBar()->setPageStep(visibleLines());
    verticalScrollBar()->setRange(0, qMax(0, layout.lines() - visibleLines()));
    horizontalScrollBar()->setSingleStep(int(cellWidth) * 4);
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setRange(0, qMax(0, wide - viewport()->width()));
}

quint32
PayloadView::topPlace() const
{
    return layout.lines() > 0
               ? layout.line(qMin(verticalScrollBar()->value(), layout.lines() - 1)).from
               : 0;
}

void
PayloadView::scrollTo(quint32 place)
{
    verticalScrollBar()->setValue(layout.lineOf(place));
}

void
PayloadView::reveal(quint32 place)
{
    const int line = layout.lineOf(place), top = verticalScrollBar()->value();

    if (line < top)
        verticalScrollBar()->setValue(line);
    else if (line >= top + visibleLines())
        verticalScrollBar()->setValue(line - visibleLines() + 1);
}

// Which byte of a line CELL belongs to; HALF: which boundary between bytes is nearest.
int
PayloadView::indexAt(int cell, bool half) const
{
    if (shape == PayloadLayout::Text || cell >= asciiCell())
        return cell - (shape == PayloadLayout::Text ? 0 : asciiCell());
    for (int i = 0; i < layout.columns(); i++)
        if (cell <= payloadHexCell(i) + (half ? 0 : 2))
            return i;
    return layout.columns();
}

int
PayloadView::asciiCell() const
{
    return payloadAsciiCell(layout.columns());
}

// The boundary between bytes that is nearest to POSITION.
quint32
PayloadView::placeAt(const QPoint &position) const
{
    const int row = int(std::floor(double(position.y()) / lineHeight));
    const double x = position.x() + horizontalScrollBar()->value() - gutter;

    if (layout.lines() == 0)
        return 0;
    const int number = verticalScrollBar()->value() + row;
    if (number >= layout.lines())
        return document->size();
    const PayloadLine line = layout.line(qMax(0, number));
    const int index = indexAt(int(std::lround(x / cellWidth)), true);
    return line.from + quint32(qBound(0, index, layout.shown(line)));
}

quint32
PayloadView::frameAt(quint32 place) const
{
    return document->runs().isEmpty() ? 0 : document->runs()[document->runAt(place)].frame;
}

// --- selecting ---

void
PayloadView::select(quint32 from, quint32 to, bool show)
{
    anchor = qMin(from, document->size());
    caret = qMin(to, document->size());
    if (show) {
        reveal(caret);
        reveal(anchor);
    }
    viewport()->update();
}

void
PayloadView::moveCaret(quint32 to, bool extend)
{
    caret = qMin(to, document->size());
    if (!extend)
        anchor = caret;
    reveal(caret);
    viewport()->update();
    emit selected(anchor, caret);
}

void
PayloadView::copyText() const
{
    if (hasSelection())
        QApplication::clipboard()->setText(document->text(selectionFrom(), selectionTo()));
}

void
PayloadView::copyHex() const
{
    if (hasSelection())
        QApplication::clipboard()->setText(document->hex(selectionFrom(), selectionTo()));
}

void
PayloadView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        moveCaret(placeAt(event->pos()), (event->modifiers() & Qt::ShiftModifier) != 0);
}

void
PayloadView::mouseMoveEvent(QMouseEvent *event)
{
    if ((event->buttons() & Qt::LeftButton) != 0)
        moveCaret(placeAt(event->pos()), true);
    viewport()->setCursor(event->pos().x() < gutter ? Qt::ArrowCursor : Qt::IBeamCursor);
}

void
PayloadView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const int number = verticalScrollBar()->value() + event->pos().y() / lineHeight;

    if (event->button() != Qt::LeftButton || number >= layout.lines())
        return;
    // What the gutter names is meant there, and the byte under the mouse elsewhere.
    const PayloadLine line = layout.line(number);
    quint32 place = line.from;
    if (event->pos().x() >= gutter)
        place = qMin(placeAt(event->pos()), line.to - 1);
    else if (const PayloadRun *run = payloadRunIn(*document, line))
        place = run->at;
    emit goToFrame(frameAt(place));
}

void
PayloadView::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this); // not on the stack: the view may go while it is open
    const bool keyboard = event->reason() == QContextMenuEvent::Keyboard;
    const quint32 frame = frameAt(keyboard ? caret : placeAt(event->pos()));

    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (frame != 0)
        menu->addAction(tr("&Go to Packet %1").arg(frame), this, [=] { emit goToFrame(frame); });
    menu->addSeparator();
    menu->addAction(tr("&Copy as Text"), this, [this] { copyText(); })->setEnabled(hasSelection());
    menu->addAction(tr("Copy as &Hex"), this, [this] { copyHex(); })->setEnabled(hasSelection());
    menu->addAction(tr("Select &All"), this, [this] {
        select(0, document->size(), false);
        emit selected(anchor, caret);
    });
    menu->addSeparator();
    menu->addActions(actions());
    menu->popup(event->globalPos());
}

// --- keys ---

quint32
PayloadView::linesAway(int by) const
{
    if (layout.lines() == 0)
        return 0;
    const int here = layout.lineOf(caret);
    const int index = int(caret - layout.line(here).from);
    const PayloadLine line = layout.line(qBound(0, here + by, layout.lines() - 1));

    return line.from + quint32(qMin(index, layout.shown(line)));
}

quint32
PayloadView::lineEnd(bool extend) const
{
    if (layout.lines() == 0)
        return 0;
    const PayloadLine line = layout.line(layout.lineOf(caret));
    const quint32 end = line.from + quint32(layout.shown(line));

    // Behind the last byte of a line that goes on is the next line.
    return end == line.to && end < document->size() && !extend ? end - 1 : end;
}

// The beginning of the run before or after that of the caret.
quint32
PayloadView::runAway(int by) const
{
    const QVector<PayloadRun> &runs = document->runs();

    if (runs.isEmpty())
        return 0;
    const int run = document->runAt(caret);
    if (by < 0 && caret > runs[run].at)
        return runs[run].at;
    return runs[qBound(0, run + by, int(runs.size()) - 1)].at;
}

quint32
PayloadView::caretAfter(int key, bool far, bool extend) const
{
    switch (key) {
    case Qt::Key_Left:
        return caret > 0 ? caret - 1 : 0;
    case Qt::Key_Right:
        return caret + 1;
    case Qt::Key_Up:
        return far ? runAway(-1) : linesAway(-1);
    case Qt::Key_Down:
        return far ? runAway(1) : linesAway(1);
    case Qt::Key_PageUp:
        return linesAway(-visibleLines());
    case Qt::Key_PageDown:
        return linesAway(visibleLines());
    case Qt::Key_Home:
        return far || layout.lines() == 0 ? 0 : layout.line(layout.lineOf(caret)).from;
    default:
        return far ? document->size() : lineEnd(extend);
    }
}

static bool
movesCaret(int key)
{
    static const int keys[] = {Qt::Key_Left, Qt::Key_Right,  Qt::Key_Up,       Qt::Key_Down,
                               Qt::Key_Home, Qt::Key_PageUp, Qt::Key_PageDown, Qt::Key_End};

    return std::find(std::begin(keys), std::end(keys), key) != std::end(keys);
}

bool
PayloadView::takesKey(const QKeyEvent *event) const
{
    const bool plain =
        (event->modifiers() & ~(Qt::ShiftModifier | Qt::ControlModifier | Qt::KeypadModifier)) == 0;

    return event->matches(QKeySequence::Copy) || event->matches(QKeySequence::SelectAll) ||
           (plain && movesCaret(event->key()));
}

void
PayloadView::keyPressEvent(QKeyEvent *event)
{
    const bool extend = (event->modifiers() & Qt::ShiftModifier) != 0;
    const bool far = (event->modifiers() & Qt::ControlModifier) != 0;

    if (event->matches(QKeySequence::Copy))
        shape == PayloadLayout::Text ? copyText() : copyHex();
    else if (event->matches(QKeySequence::SelectAll)) {
        select(0, document->size(), false);
        emit selected(anchor, caret);
    } else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) &&
               frameAt(caret) != 0)
        emit goToFrame(frameAt(caret));
    else if (takesKey(event))
        moveCaret(caretAfter(event->key(), far, extend), extend);
    else
        event->ignore();
}

bool
PayloadView::event(QEvent *event)
{
    // The window's own shortcuts must not take what is meant here.
    if (event->type() == QEvent::ShortcutOverride && takesKey(static_cast<QKeyEvent *>(event))) {
        event->accept();
        return true;
    }
    return QAbstractScrollArea::event(event);
}

// --- changes ---

void
PayloadView::resizeEvent(QResizeEvent *)
{
    if (wantedColumns() != layout.columns())
        relayout(topPlace());
    else
        updateBars();
}

void
PayloadView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        relayout(topPlace());
}

void
PayloadView::scrollContentsBy(int, int dy)
{
    viewport()->update();
    if (dy != 0)
        emit scrolled(topPlace());
}

QString
PayloadView::spokenText() const
{
    QString text;

    for (int i = 0; i < layout.lines() && text.size() < MostSpoken; i++)
        text += lineText(layout.line(i)) + QLatin1Char('\n');
    text.truncate(MostSpoken);
    return text;
}
