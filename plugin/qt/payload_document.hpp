// SPDX-License-Identifier: GPL-2.0-or-later
// The bytes of a payload pane: who sent which, what stands on which line, where something is.
#ifndef MALFLOW_QT_PAYLOAD_DOCUMENT_HPP
#define MALFLOW_QT_PAYLOAD_DOCUMENT_HPP

#include <QByteArray>
#include <QString>
#include <QVector>

#include "qt/host.h"

// What one side sent in one go. Runs of no bytes are dropped.
struct PayloadRun {
    quint32 frame;
    quint32 at, length; // in the document
    quint32 turnEnd;    // end of what the same side sent without the other between, as one stream;
                        // of what is no stream: of the run
    quint32 sideOffset; // bytes of the same side before it
    quint8 direction;   // enum mf_direction
};

class PayloadDocument
{
  public:
    enum Sides { BothSides, Originator, Responder };

    // Reads ROW: at most MOST bytes.
    void
    load(const mf_story *story, const mf_row &row, size_t most);
    void
    clear();

    // What is left of it when only SIDES are told.
    PayloadDocument
    only(Sides sides) const;

    const QByteArray &
    bytes() const
    {
        return content;
    }
    quint32
    size() const
    {
        return quint32(content.size());
    }
    const QVector<PayloadRun> &
    runs() const
    {
        return parts;
    }
    bool
    isCut() const
    {
        return cut;
    }
    // Bytes of one side among what is there.
    quint32
    sent(mf_direction direction) const
    {
        return sides[direction];
    }

    // Index of the run that byte AT is in. There is one where there are bytes.
    int
    runAt(quint32 at) const;

    // Where NEEDLE is, at most MOST places; a place is within what one side sent in one go.
    // Upper and lower case ASCII letters are the same unless EXACT.
    QVector<quint32>
    find(const QByteArray &needle, bool exact, int most) const;

    // Bytes as text: line ends as they are, what cannot be shown as '.'.
    QString
    text(quint32 from, quint32 to) const;
    // "4d 5a 90"
    QString
    hex(quint32 from, quint32 to) const;

  private:
    void
    append(quint32 frame, mf_direction direction, const char *data, quint32 length);
    void
    finish();

    QByteArray content;
    QVector<PayloadRun> parts;
    quint32 sides[2] = {0, 0};
    bool isStream = true;
    bool cut = false;
};

// Bytes that TEXT asks for: as it stands, with hexadecimal bytes between bars as signatures write
// them ("MZ|90 00|"). EXACT: there were such.
QByteArray
payloadNeedle(const QString &text, bool *exact);

inline bool
isShown(char byte)
{
    return byte >= 0x20 && byte < 0x7f;
}

#endif
