// SPDX-License-Identifier: GPL-2.0-or-later
// A story that a test makes up: the widgets ask it as they ask the core's.
#ifndef MALFLOW_TESTS_MADE_UP_STORY_HPP
#define MALFLOW_TESTS_MADE_UP_STORY_HPP

#include <QByteArray>
#include <QVector>

#include "qt/host.h"

struct MadeUpRun {
    quint32 frame;
    int direction;
    QByteArray bytes;
};

struct MadeUpRow {
    struct mf_story_span span;
    QVector<qint64> ticks;
};

// Rows are asked by their session: an index of rows.
struct mf_story {
    QVector<MadeUpRow> rows;
    QVector<MadeUpRun> payload; // of every row
    qint64 first, last;
    int asked; // calls of mf_story_span() and mf_story_ticks()
    int payloadAsked;
    const char *protocol = "TCP:HTTP"; // of the payload, where there are no rows
};

inline mf_row
madeUpRow(uint32_t session)
{
    mf_row row = {};

    row.session = row.ref = session;
    row.frame = session + 1;
    row.kind = MF_ROW_SESSION;
    return row;
}

#endif
