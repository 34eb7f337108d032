// SPDX-License-Identifier: GPL-2.0-or-later
// How a payload looks: each side in its colour on a breath of it, as people know from Wireshark's
// Follow Stream; who sent what in which frame stands in the margin, so that what is selected is
// nothing but payload.
#include "qt/colours.hpp"
#include "qt/payload_cells.hpp"
#include "qt/payload_view.hpp"

#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>
#include <algorithm>

struct PayloadColours {
    QColor base, text, margin, rule;
    QColor side[2], ground[2], dim[2];
    QColor found, selected, selectedText;
};

static PayloadColours
coloursOf(const QPalette &palette, bool active)
{
    const auto group = active ? QPalette::Active : QPalette::Inactive;
    PayloadColours c;

    c.base = palette.color(QPalette::Base);
    c.text = palette.color(QPalette::Text);
    c.margin = blended(c.base, c.text, 0.05);
    c.rule = blended(c.base, c.text, 0.22);
    for (int side = MF_ORIG; side <= MF_RESP; side++) {
        const int hue = side == MF_ORIG ? HueOriginator : HueResponder;
        const QColor strong = QColor::fromHsl(hue, 255, 128);
        c.ground[side] = blended(c.base, strong, isDark(c.base) ? 0.09 : 0.055);
        c.side[side] = readableColour(c.ground[side], hue, 190, isDark(c.base) ? 7 : 9);
        c.dim[side] = blended(c.ground[side], c.side[side], 0.52);
    }
    c.found = blended(c.base, QColor::fromHsl(HueFound, 255, 128), isDark(c.base) ? 0.38 : 0.6);
    c.selected = palette.color(group, QPalette::Highlight);
    c.selectedText = palette.color(group, QPalette::HighlightedText);
    return c;
}

const PayloadRun *
payloadRunIn(const PayloadDocument &document, const PayloadLine &line)
{
    const QVector<PayloadRun> &runs = document.runs();
    const auto run =
        std::lower_bound(runs.begin(), runs.end(), line.from,
                         [](const PayloadRun &a, quint32 place) { return a.at < place; });

    return run != runs.end() && run->at < line.to ? &*run : nullptr;
}

double
PayloadView::left(int cell) const
{
    return gutter + cell * cellWidth - horizontalScrollBar()->value();
}

int
PayloadView::cellOf(const PayloadLine &line, quint32 place) const
{
    const int index = int(place - line.from);

    return shape == PayloadLayout::Text ? index : payloadHexCell(index);
}

QString
PayloadView::lineText(const PayloadLine &line) const
{
    const int count = layout.shown(line);
    QByteArray text;

    if (shape == PayloadLayout::Dump) {
        const PayloadRun &run = document->runs()[document->runAt(line.from)];
        text = QByteArray::number(run.sideOffset + (line.from - run.at), 16).rightJustified(8, '0');
        for (int i = 0; i < count; i++) {
            text = text.leftJustified(payloadHexCell(i), ' ');
            text += document->bytes().mid(int(line.from) + i, 1).toHex();
        }
        text = text.leftJustified(asciiCell(), ' ');
    }
    for (int i = 0; i < count; i++) {
        const char byte = document->bytes()[int(line.from) + i];
        text += isShown(byte) ? byte : byte == '\t' && shape == PayloadLayout::Text ? ' ' : '.';
    }
    return QString::fromLatin1(text);
}

// Where bytes [FROM, TO) of LINE stand; BYTES: their digits in a dump.
QRect
PayloadView::spanRect(const PayloadLine &line, quint32 from, quint32 to, bool bytes, int y) const
{
    int first = int(from - line.from), end = int(to - line.from);

    if (bytes) {
        first = payloadHexCell(first);
        end = payloadHexCell(end - 1) + 2;
    } else if (shape == PayloadLayout::Dump) {
        first += asciiCell();
        end += asciiCell();
    }
    const int x = int(left(first));
    return QRect(x, y, int(left(end)) - x, lineHeight);
}

void
PayloadView::paintSpan(QPainter *painter, const PayloadLine &line, const PayloadLine &span,
                       const QColor &colour, int y) const
{
    const quint32 end = line.from + quint32(layout.shown(line));
    const quint32 from = qMax(span.from, line.from), to = qMin(span.to, end);

    if (from < to) {
        painter->fillRect(spanRect(line, from, to, false, y), colour);
        if (shape == PayloadLayout::Dump)
            painter->fillRect(spanRect(line, from, to, true, y), colour);
    }
    // A line end that is within shows as a little more.
    if (span.from <= end && span.to > end && line.to > end)
        painter->fillRect(int(left(int(end - line.from))), y, int(cellWidth / 2), lineHeight,
                          colour);
}

void
PayloadView::paintMarked(QPainter *painter, const PayloadColours &colours, const PayloadLine &line,
                         int y) const
{
    const quint32 length = quint32(foundLength);
    auto place =
        std::lower_bound(found.begin(), found.end(), line.from > length ? line.from - length : 0);

    for (; place != found.end() && *place < line.to; ++place)
        paintSpan(painter, line, {*place, *place + length}, colours.found, y);
    if (hasSelection())
        paintSpan(painter, line, {selectionFrom(), selectionTo()}, colours.selected, y);
}

// One character for each cell, whatever the font makes of them.
void
PayloadView::paintText(QPainter *painter, const QColor &colour, const QString &text, int y) const
{
    painter->setPen(colour);
    if (isFixed)
        painter->drawText(QPointF(left(0), y + ascent), text);
    for (int i = 0; !isFixed && i < text.size(); i++)
        if (text[i] != QLatin1Char(' '))
            painter->drawText(QPointF(left(i), y + ascent), text.mid(i, 1));
}

void
PayloadView::paintBytes(QPainter *painter, const PayloadColours &colours, const PayloadLine &line,
                        int y) const
{
    const QString all = lineText(line);
    const QString blank(all.size(), QLatin1Char(' '));
    const int side = document->runs()[document->runAt(line.from)].direction;
    QString plain = blank, dim = blank, chosen = blank;
    const int count = layout.shown(line), ascii = shape == PayloadLayout::Dump ? asciiCell() : 0;

    for (int i = 0; i < qMin(ascii, 8); i++)
        dim[i] = all[i];
    for (int i = 0; i < count; i++) {
        const quint32 place = line.from + quint32(i);
        const bool within = place >= selectionFrom() && place < selectionTo();
        QString *text = within ? &chosen : isShown(document->bytes()[int(place)]) ? &plain : &dim;
        (*text)[ascii + i] = all[ascii + i];
        if (ascii == 0)
            continue;
        text = within ? &chosen : &plain;
        (*text)[payloadHexCell(i)] = all[payloadHexCell(i)];
        (*text)[payloadHexCell(i) + 1] = all[payloadHexCell(i) + 1];
    }
    paintText(painter, colours.side[side], plain, y);
    paintText(painter, colours.dim[side], dim, y);
    paintText(painter, colours.selectedText, chosen, y);
}

// The margin names the frame and the direction of the first run that begins on the line; the first
// visible line names its own in any case.
void
PayloadView::paintGutter(QPainter *painter, const PayloadColours &colours, const PayloadLine &line,
                         int y) const
{
    const PayloadRun *run = payloadRunIn(*document, line);
    const PayloadRun &own = document->runs()[document->runAt(line.from)];
    const PayloadRun &named = run != nullptr ? *run : own;
    const QString text =
        QString::number(named.frame) + QString::fromUtf8(named.direction == MF_ORIG ? " →" : " ←");
    const double width = painter->fontMetrics().horizontalAdvance(text);

    painter->fillRect(0, y, gutter - int(cellWidth / 2), lineHeight, colours.margin);
    if (run == nullptr && y > 0)
        return;
    painter->setPen(run != nullptr ? colours.side[named.direction] : colours.dim[named.direction]);
    painter->drawText(QPointF(gutter - cellWidth - width, y + ascent), text);
}

void
PayloadView::paintLine(QPainter *painter, const PayloadColours &colours, int number, int y) const
{
    const PayloadLine line = layout.line(number);
    const int index = document->runAt(line.from);
    const PayloadRun &first = document->runs()[index];
    const int width = viewport()->width();

    painter->fillRect(0, y, width, lineHeight, colours.ground[first.direction]);
    paintMarked(painter, colours, line, y);
    paintBytes(painter, colours, line, y);
    if (shape == PayloadLayout::Text)
        for (int i = index + 1; i < document->runs().size() && document->runs()[i].at < line.to;
             i++)
            painter->fillRect(
                QRectF(left(cellOf(line, document->runs()[i].at)) - 0.5, y, 1, lineHeight),
                blended(colours.ground[first.direction], colours.side[first.direction], 0.4));
    paintGutter(painter, colours, line, y);
    const bool turns = first.at == line.from && index > 0 &&
                       document->runs()[index - 1].direction != first.direction;
    if (turns)
        painter->fillRect(0, y, width, 1, colours.rule);
}

void
PayloadView::paintCaret(QPainter *painter, const PayloadColours &colours) const
{
    const int number = layout.lineOf(caret),
              y = (number - verticalScrollBar()->value()) * lineHeight;
    const PayloadLine line = layout.line(number);

    if (!hasFocus() || y < 0 || y > viewport()->height())
        return;
    const int x = int(left(cellOf(line, caret)));
    if (x >= gutter - 1)
        painter->fillRect(x - 1, y, 2, lineHeight, colours.text);
}

void
PayloadView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    const PayloadColours colours = coloursOf(palette(), isActiveWindow());
    const int top = verticalScrollBar()->value();
    const int from = event->rect().top() / lineHeight, to = event->rect().bottom() / lineHeight;

    painter.fillRect(event->rect(), colours.base);
    if (layout.lines() == 0) {
        painter.setPen(blended(colours.base, colours.text, 0.6));
        painter.setFont(parentWidget() != nullptr ? parentWidget()->font() : font());
        painter.drawText(viewport()->rect().adjusted(12, 8, -12, -8),
                         Qt::AlignHCenter | Qt::AlignVCenter | Qt::TextWordWrap, placeholder);
        return;
    }
    painter.setFont(font());
    for (int i = from; i <= to && top + i < layout.lines(); i++)
        paintLine(&painter, colours, top + i, i * lineHeight);
    paintCaret(&painter, colours);
}
