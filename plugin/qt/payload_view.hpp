// SPDX-License-Identifier: GPL-2.0-or-later
// Payload as lines of text or as a dump: paints what is visible only, whatever there is of it.
#ifndef MALFLOW_QT_PAYLOAD_VIEW_HPP
#define MALFLOW_QT_PAYLOAD_VIEW_HPP

#include "qt/payload_layout.hpp"

#include <QAbstractScrollArea>

struct PayloadColours;

class PayloadView : public QAbstractScrollArea
{
    Q_OBJECT

  public:
    explicit PayloadView(PayloadLayout::Form form, QWidget *parent = nullptr);

    // DOCUMENT outlives the view, and is given again whenever it changed. KEEP: it only became
    // longer: the place and what is selected stay.
    void
    setDocument(const PayloadDocument *document, bool keep);

    // What is told where there is no payload.
    void
    setPlaceholder(const QString &text);

    void
    setFixedFont(const QFont &font);

    // Places of LENGTH bytes that are marked. Sorted.
    void
    setFound(const QVector<quint32> &places, int length);

    // Selects bytes [from, to), with the caret at TO. REVEAL: scrolls there.
    void
    select(quint32 from, quint32 to, bool reveal);
    quint32
    selectionFrom() const
    {
        return qMin(anchor, caret);
    }
    quint32
    selectionTo() const
    {
        return qMax(anchor, caret);
    }
    bool
    hasSelection() const
    {
        return anchor != caret;
    }

    // A whole dump beside text that can still be read.
    QSize
    sizeHint() const override;
    QSize
    minimumSizeHint() const override;

    // First byte of the first visible line.
    quint32
    topPlace() const;
    void
    scrollTo(quint32 place);

    // The frame that the byte at PLACE came in; 0: there is none.
    quint32
    frameAt(quint32 place) const;

    void
    copyText() const;
    void
    copyHex() const;

    // What is read out: the lines as they are shown, at most the first 64 KiB.
    QString
    spokenText() const;

    const PayloadLayout &
    lines() const
    {
        return layout;
    }
    PayloadLayout::Form
    form() const
    {
        return shape;
    }

  signals:
    // The user selected or scrolled.
    void
    selected(quint32 from, quint32 to);
    void
    scrolled(quint32 place);
    void
    goToFrame(quint32 frame);

  protected:
    void
    paintEvent(QPaintEvent *event) override;
    void
    resizeEvent(QResizeEvent *event) override;
    void
    mousePressEvent(QMouseEvent *event) override;
    void
    mouseMoveEvent(QMouseEvent *event) override;
    void
    mouseDoubleClickEvent(QMouseEvent *event) override;
    void
    contextMenuEvent(QContextMenuEvent *event) override;
    void
    keyPressEvent(QKeyEvent *event) override;
    void
    changeEvent(QEvent *event) override;
    bool
    event(QEvent *event) override;
    void
    scrollContentsBy(int dx, int dy) override;

  private:
    void
    relayout(quint32 top);
    void
    updateBars();
    int
    wantedColumns() const;
    int
    visibleLines() const;
    int
    asciiCell() const;
    int
    cellOf(const PayloadLine &line, quint32 place) const;
    int
    indexAt(int cell, bool half) const;
    void
    reveal(quint32 place);
    bool
    takesKey(const QKeyEvent *event) const;
    quint32
    placeAt(const QPoint &position) const;
    void
    moveCaret(quint32 to, bool extend);
    quint32
    caretAfter(int key, bool far, bool extend) const;
    quint32
    linesAway(int by) const;
    quint32
    lineEnd(bool extend) const;
    quint32
    runAway(int by) const;

    QString
    lineText(const PayloadLine &line) const;
    QRect
    spanRect(const PayloadLine &line, quint32 from, quint32 to, bool bytes, int y) const;
    void
    paintLine(QPainter *painter, const PayloadColours &colours, int number, int y) const;
    void
    paintGutter(QPainter *painter, const PayloadColours &colours, const PayloadLine &line,
                int y) const;
    void
    paintSpan(QPainter *painter, const PayloadLine &line, const PayloadLine &span,
              const QColor &colour, int y) const;
    void
    paintMarked(QPainter *painter, const PayloadColours &colours, const PayloadLine &line,
                int y) const;
    void
    paintBytes(QPainter *painter, const PayloadColours &colours, const PayloadLine &line,
               int y) const;
    void
    paintText(QPainter *painter, const QColor &colour, const QString &text, int y) const;
    void
    paintCaret(QPainter *painter, const PayloadColours &colours) const;
    double
    left(int cell) const;

    const PayloadDocument *document;
    PayloadLayout layout;
    PayloadLayout::Form shape;
    QString placeholder;
    QVector<quint32> found;
    int foundLength = 0;
    quint32 anchor = 0, caret = 0;
    bool isFixed = true; // the font has one width for all
    double cellWidth = 8;
    int lineHeight = 16, ascent = 12, gutter = 60;
};

#endif
