// SPDX-License-Identifier: GPL-2.0-or-later
// Payloads for tests.
#ifndef MALFLOW_TESTS_PAYLOAD_KIT_HPP
#define MALFLOW_TESTS_PAYLOAD_KIT_HPP

#include "made_up_story.hpp"
#include "qt/payload_document.hpp"

inline mf_story
saying(const QVector<MadeUpRun> &payload)
{
    return {{}, payload, 0, 1, 0, 0};
}

inline PayloadDocument
documentOf(const QVector<MadeUpRun> &payload, const char *protocol = "TCP:HTTP")
{
    mf_story story = saying(payload);
    PayloadDocument document;

    story.protocol = protocol;
    document.load(&story, madeUpRow(0), size_t(16) << 20);
    return document;
}

inline QVector<MadeUpRun>
request()
{
    return {{4, MF_ORIG, "GET /a.exe HTTP/1.1\r\nHost: a.example\r\n"},
            {5, MF_ORIG, "\r\n"},
            {7, MF_RESP, QByteArray("HTTP/1.1 200 OK\r\n\r\nMZ\x90\x00\x03\x00", 25)},
            {8, MF_RESP, QByteArray("This program cannot be run in DOS mode.\r\n")}};
}

// Bytes that have all of it: long and short lines, line ends of all kinds, both sides.
inline QVector<MadeUpRun>
mixed(int size, unsigned seed)
{
    QVector<MadeUpRun> runs;
    unsigned state = seed;
    const auto next = [&state] { return (state = state * 1103515245u + 12345u) >> 16; };

    for (quint32 frame = 1; size > 0; frame++) {
        QByteArray bytes;
        for (int left = qMin(size, int(next() % 200)); left > 0; left--)
            bytes += "ab\r\n\n\tz\x01"[next() % 8];
        size -= qMax(1, int(bytes.size()));
        runs.append({frame, int(next() % 3 == 0), bytes});
    }
    return runs;
}

#endif
