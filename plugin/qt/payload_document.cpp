// SPDX-License-Identifier: GPL-2.0-or-later
// What a payload pane shows, apart from how: it is copied once from the core, so that nothing of
// the engine is needed while the user reads, and every place is one number, its offset.
#include "qt/payload_document.hpp"

#include <QByteArrayMatcher>
#include <QStringList>
#include <algorithm>

void
PayloadDocument::clear()
{
    *this = PayloadDocument();
}

void
PayloadDocument::append(quint32 frame, mf_direction direction, const char *data, quint32 length)
{
    if (length == 0)
        return;
    parts.append({frame, size(), length, size() + length, sides[direction], quint8(direction)});
    content.append(data, int(length));
    sides[direction] += length;
}

// When all runs are there.
void
PayloadDocument::finish()
{
    for (int i = int(parts.size()) - 2; i >= 0 && isStream; i--)
        if (parts[i].direction == parts[i + 1].direction)
            parts[i].turnEnd = parts[i + 1].turnEnd;
}

// Datagrams are messages each, TCP's segments are cut anywhere.
static bool
isStreamOf(const mf_story *story, const mf_row &row)
{
    struct mf_story_span span = {};

    mf_story_span(story, &row, &span);
    return span.protocol != nullptr && g_str_has_prefix(span.protocol, "TCP");
}

void
PayloadDocument::load(const mf_story *story, const mf_row &row, size_t most)
{
    GByteArray *bytes = g_byte_array_new();
    GArray *runs = g_array_new(FALSE, FALSE, sizeof(mf_story_run));

    clear();
    isStream = isStreamOf(story, row);
    cut = !mf_story_payload(story, &row, most, bytes, runs);
    content.reserve(int(bytes->len));
    for (guint i = 0; i < runs->len; i++) {
        const mf_story_run &run = g_array_index(runs, mf_story_run, i);
        if (run.at <= bytes->len && run.length <= bytes->len - run.at)
            append(run.frame, run.direction == MF_RESP ? MF_RESP : MF_ORIG,
                   reinterpret_cast<const char *>(bytes->data) + run.at, quint32(run.length));
    }
    finish();
    g_array_free(runs, TRUE);
    g_byte_array_free(bytes, TRUE);
}

PayloadDocument
PayloadDocument::only(Sides wanted) const
{
    PayloadDocument left;

    if (wanted == BothSides)
        return *this;
    for (const PayloadRun &run : parts)
        if (run.direction == (wanted == Originator ? MF_ORIG : MF_RESP))
            left.append(run.frame, static_cast<mf_direction>(run.direction),
                        content.constData() + run.at, run.length);
    left.isStream = isStream;
    left.cut = cut;
    left.finish();
    return left;
}

int
PayloadDocument::runAt(quint32 at) const
{
    const auto after =
        std::upper_bound(parts.begin(), parts.end(), at,
                         [](quint32 place, const PayloadRun &run) { return place < run.at; });

    return qMax(0, int(after - parts.begin()) - 1);
}

static char
lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? char(byte + ('a' - 'A')) : byte;
}

static QByteArray
lowered(QByteArray bytes)
{
    std::transform(bytes.begin(), bytes.end(), bytes.begin(), lower);
    return bytes;
}

QVector<quint32>
PayloadDocument::find(const QByteArray &needle, bool exact, int most) const
{
    QVector<quint32> places;
    const QByteArray hay = exact ? content : lowered(content);
    const QByteArrayMatcher matcher(exact ? needle : lowered(needle));

    if (needle.isEmpty())
        return places;
    for (int at = int(matcher.indexIn(hay)); at >= 0 && places.size() < most;
         at = int(matcher.indexIn(hay, at + 1)))
        if (parts[runAt(quint32(at))].turnEnd - quint32(at) >= quint32(needle.size()))
            places.append(quint32(at));
    return places;
}

QString
PayloadDocument::text(quint32 from, quint32 to) const
{
    QByteArray out;

    to = qMin(to, size());
    out.reserve(int(to - qMin(from, to)));
    for (quint32 at = from; at < to; at++) {
        const char byte = content[int(at)];
        const bool ends = byte == '\r' && at + 1 < to && content[int(at) + 1] == '\n';
        if (isShown(byte) || byte == '\n' || byte == '\t')
            out.append(byte);
        else if (!ends)
            out.append('.');
    }
    return QString::fromLatin1(out);
}

QString
PayloadDocument::hex(quint32 from, quint32 to) const
{
    to = qMin(to, size());
    return from >= to ? QString()
                      : QString::fromLatin1(content.mid(int(from), int(to - from)).toHex(' '));
}

// The bytes between two bars; false: it is none.
static bool
appendHex(const QString &text, QByteArray *out)
{
    QString digits = text;
    digits.remove(QLatin1Char(' '));

    const QByteArray latin = digits.toLatin1();
    const bool all =
        std::all_of(latin.begin(), latin.end(), [](char c) { return g_ascii_isxdigit(c); });
    if (!all || latin.isEmpty() || latin.size() % 2 != 0)
        return false;
    out->append(QByteArray::fromHex(latin));
    return true;
}

QByteArray
payloadNeedle(const QString &text, bool *exact)
{
    const QStringList pieces = text.split(QLatin1Char('|'));
    QByteArray needle;
    bool good = pieces.size() % 2 == 1 && pieces.size() > 1;

    for (int i = 0; good && i < pieces.size(); i++)
        if (i % 2 == 0)
            needle.append(pieces[i].toUtf8());
        else
            good = appendHex(pieces[i], &needle);
    *exact = good;
    return good ? needle : text.toUtf8();
}
