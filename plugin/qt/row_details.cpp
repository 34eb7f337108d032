// SPDX-License-Identifier: GPL-2.0-or-later
// Its height is the same for every row, so that what stands below does not jump while one walks
// from row to row; the rare row that says more is scrolled.
#include "qt/row_details.hpp"

#include "qt/colours.hpp"
#include "qt/story_model.hpp"

#include <QEvent>
#include <QTextLayout>
#include <QtMath>

enum {
    Lines = 3,
    Slack = 2 // pixels, by which a text must be lower than its view not to be scrolled
};

// As lines are laid out: some fonts' own metrics say less.
static int
lineHeight(const QFont &font)
{
    QTextLayout layout(QStringLiteral("Ag"), font);

    layout.beginLayout();
    const QTextLine line = layout.createLine();
    layout.endLayout();
    return qCeil(line.height());
}

RowDetails::RowDetails(QWidget *parent) : QPlainTextEdit(parent)
{
    setObjectName(QStringLiteral("rowDetails"));
    setAccessibleName(tr("Row"));
    setReadOnly(true);
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setLineFont(font());
}

void
RowDetails::setLineFont(const QFont &line_font)
{
    setFont(line_font);
    setFixedHeight(Lines * lineHeight(line_font) + 2 * int(document()->documentMargin()) + Slack);
}

void
RowDetails::show(const QModelIndex &index)
{
    const auto cell = [&index](int column) {
        return index.sibling(index.row(), column).data().toString();
    };

    summary = cell(MF_STORY_SUMMARY);
    hits = cell(MF_STORY_HITS);
    cause = cell(MF_STORY_CAUSE);
    present();
}

void
RowDetails::present()
{
    const QColor ground = palette().color(QPalette::Base);
    QTextCharFormat plain, alarm;
    QTextCursor cursor(document());

    alarm.setForeground(readableColour(ground, HueHit, 200, 4.5));
    clear();
    cursor.insertText(summary, plain);
    // A row of a hit has its name for a summary.
    if (!hits.isEmpty() && hits != summary)
        cursor.insertText(QLatin1Char('\n') + hits, alarm);
    if (!cause.isEmpty())
        cursor.insertText(tr("\nCaused by %1").arg(cause), plain);
    moveCursor(QTextCursor::Start);
}

// The colours are those of the theme.
void
RowDetails::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        present();
}
