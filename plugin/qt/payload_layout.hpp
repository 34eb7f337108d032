// SPDX-License-Identifier: GPL-2.0-or-later
// Which bytes of a payload stand on which line, as text or as a dump.
#ifndef MALFLOW_QT_PAYLOAD_LAYOUT_HPP
#define MALFLOW_QT_PAYLOAD_LAYOUT_HPP

#include "qt/payload_document.hpp"

struct PayloadLine {
    quint32 from, to; // bytes of it, its line end too
};

class PayloadLayout
{
  public:
    enum Form { Text, Dump };

    // Text: lines end where the payload says so, where the other side (or a datagram)
    // begins, or after COLUMNS.
    // Dump: COLUMNS bytes each, a new line for each run. DOCUMENT outlives the layout, or the
    // layout is built again.
    void
    build(const PayloadDocument *document, Form form, int columns);

    int
    lines() const
    {
        return count;
    }
    int
    columns() const
    {
        return most;
    }

    // NUMBER below lines().
    PayloadLine
    line(int number) const;

    // The line after the one that ends at FROM, within the document.
    PayloadLine
    lineFrom(quint32 from) const;

    // The line that AT is on; the last for the end of the document.
    int
    lineOf(quint32 at) const;

    // Bytes of LINE that have a place on it: without its line end.
    int
    shown(const PayloadLine &line) const;

  private:
    quint32
    textEnd(quint32 from, quint32 limit) const;

    const PayloadDocument *document = nullptr;
    Form form = Text;
    int most = 1, count = 0;
    QVector<quint32> starts; // of every Stride'th line
};

#endif
