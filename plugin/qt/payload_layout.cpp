// SPDX-License-Identifier: GPL-2.0-or-later
// A view paints some fifty lines of what may be sixteen million. Where lines begin is looked at
// once, and kept for some of them only; the others are found from there.
#include "qt/payload_layout.hpp"

#include <algorithm>
#include <cstring>

static const int Stride = 64;

void
PayloadLayout::build(const PayloadDocument *of, Form as, int columns)
{
    document = of;
    form = as;
    most = qMax(1, columns);
    count = 0;
    starts.clear();

    const quint32 size = document->size();
    const QVector<PayloadRun> &runs = document->runs();
    int run = 0;
    for (quint32 at = 0; at < size; count++) {
        while (at >= runs[run].at + runs[run].length)
            run++;
        if (count % Stride == 0)
            starts.append(at);
        at = form == Text ? textEnd(at, runs[run].turnEnd)
                          : qMin(at + quint32(most), runs[run].at + runs[run].length);
    }
}

// Where a line of text that begins at FROM ends; LIMIT: it must end there.
quint32
PayloadLayout::textEnd(quint32 from, quint32 limit) const
{
    const char *bytes = document->bytes().constData();
    // A line end just behind the last column still belongs to the line.
    const quint32 look = qMin(limit - from, quint32(most) + 2);
    const void *end = memchr(bytes + from, '\n', look);
    const quint32 full = qMin(limit, from + quint32(most));

    if (end == nullptr)
        return full;
    const quint32 newline = quint32(static_cast<const char *>(end) - bytes);
    if (newline <= full || bytes[newline - 1] == '\r')
        return newline + 1;
    return full;
}

PayloadLine
PayloadLayout::lineFrom(quint32 from) const
{
    const PayloadRun &run = document->runs()[document->runAt(from)];

    return {from, form == Text ? textEnd(from, run.turnEnd)
                               : qMin(from + quint32(most), run.at + run.length)};
}

PayloadLine
PayloadLayout::line(int number) const
{
    PayloadLine line = lineFrom(starts[number / Stride]);

    for (int i = number % Stride; i > 0; i--)
        line = lineFrom(line.to);
    return line;
}

int
PayloadLayout::lineOf(quint32 at) const
{
    if (count == 0)
        return 0;
    const auto after = std::upper_bound(starts.begin(), starts.end(), at);
    int number = qMax(0, int(after - starts.begin()) - 1) * Stride;
    PayloadLine line = lineFrom(starts[number / Stride]);

    while (line.to <= at && number + 1 < count) {
        line = lineFrom(line.to);
        number++;
    }
    return number;
}

int
PayloadLayout::shown(const PayloadLine &line) const
{
    const char *bytes = document->bytes().constData();
    quint32 to = line.to;

    if (form == Text && to > line.from && bytes[to - 1] == '\n') {
        to--;
        if (to > line.from && bytes[to - 1] == '\r')
            to--;
    }
    return int(to - line.from);
}
