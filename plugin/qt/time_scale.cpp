// SPDX-License-Identifier: GPL-2.0-or-later
// Labels of a time axis must be round in the unit that people read: 1, 2, 5 below the minute, then
// what divides minutes, hours and days. UTC and local times are round in themselves, relative ones
// from their origin.
#include "qt/time_scale.hpp"

#include <QDateTime>
#include <QTimeZone>
#include <cmath>

static const qint64 Second = 1000000000;
static const qint64 Minute = 60 * Second;
static const qint64 Hour = 60 * Minute;
static const qint64 Day = 24 * Hour;

double
TimeScale::x(qint64 at) const
{
    const double share = double(at - first) / double(last - first);

    return left + qBound(-4.0, share, 5.0) * width;
}

qint64
TimeScale::time(double x) const
{
    return first + qint64(std::llround((x - left) / qMax(1, width) * double(last - first)));
}

// The smallest round step of at least WANTED.
static qint64
roundStep(qint64 wanted)
{
    static const qint64 longer[] = {10 * Second, 15 * Second, 30 * Second, Minute,      2 * Minute,
                                    5 * Minute,  10 * Minute, 15 * Minute, 30 * Minute, Hour,
                                    2 * Hour,    3 * Hour,    6 * Hour,    12 * Hour,   Day};

    for (qint64 power = 1; power < 10 * Second; power *= 10)
        for (qint64 step : {power, 2 * power, 5 * power})
            if (step >= wanted)
                return step;
    for (qint64 step : longer)
        if (step >= wanted)
            return step;
    for (qint64 power = Day; power <= 10000 * Day; power *= 10)
        for (qint64 step : {power, 2 * power, 5 * power})
            if (step >= wanted)
                return step;
    return 100000 * Day; // greater ones would not fit, and no capture is that long
}

// Decimals of a second that tell multiples of STEP apart.
static int
decimals(qint64 step)
{
    int count = 0;

    for (qint64 unit = Second; count < 9 && step % unit != 0; unit /= 10)
        count++;
    return count;
}

// "7", "7.25": WIDTH digits before the point at least.
static QString
seconds(qint64 time, int width, int places)
{
    qint64 unit = Second;
    for (int i = 0; i < places; i++)
        unit /= 10;

    const qint64 units = time / unit, whole = units / (Second / unit);
    QString text = QString::number(whole).rightJustified(width, QLatin1Char('0'));
    if (places > 0)
        text += QLatin1Char('.') +
                QString::number(units % (Second / unit)).rightJustified(places, QLatin1Char('0'));
    return text;
}

static QString
two(qint64 value)
{
    return QString::number(value).rightJustified(2, QLatin1Char('0'));
}

static QString
relativeText(qint64 time, qint64 step)
{
    const QString sign = time < 0 ? QStringLiteral("-") : QString();
    const qint64 t = qAbs(time);

    if (t == 0)
        return QStringLiteral("0");
    if (step % Day == 0)
        return sign + QString::number(t / Day) + QStringLiteral(" d");
    if (step % Hour == 0)
        return sign + QString::number(t / Hour) + QStringLiteral(" h");
    if (step % Minute == 0)
        return sign + (t < Hour ? QString::number(t / Minute) + QStringLiteral(" min")
                                : QString::number(t / Hour) + QLatin1Char(':') +
                                      two(t / Minute % 60) + QStringLiteral(" h"));
    if (t < Minute)
        return sign + seconds(t, 1, decimals(step)) + QStringLiteral(" s");
    const QString rest = seconds(t % Minute, 2, decimals(step));
    if (t < Hour)
        return sign + QString::number(t / Minute) + QLatin1Char(':') + rest;
    return sign + QString::number(t / Hour) + QLatin1Char(':') + two(t / Minute % 60) +
           QLatin1Char(':') + rest;
}

static QDateTime
dateTime(qint64 time, AxisTimes times)
{
    const qint64 ms = time >= 0 ? time / 1000000 : -((-time + 999999) / 1000000);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    const QDateTime utc = QDateTime::fromMSecsSinceEpoch(ms, QTimeZone::UTC);
#else
    const QDateTime utc = QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC);
#endif

    return times == AxisTimes::Utc ? utc : utc.toLocalTime();
}

// The fraction of a second of TIME, floored.
static qint64
fraction(qint64 time)
{
    return ((time % Second) + Second) % Second;
}

static QString
clockText(qint64 time, AxisTimes times, qint64 step)
{
    const QDateTime at = dateTime(time, times);
    const int places = decimals(step);

    if (step % Day == 0)
        return at.toString(QStringLiteral("yyyy-MM-dd"));
    if (step % Minute == 0)
        return at.toString(QStringLiteral("HH:mm"));
    QString text = at.toString(QStringLiteral("HH:mm:ss"));
    if (places > 0)
        text += seconds(fraction(time), 1, places).mid(1);
    return text;
}

QVector<TimeTick>
timeTicks(const TimeScale &scale, const TimeLabels &labels)
{
    QVector<TimeTick> ticks;
    const double perPixel = double(scale.last - scale.first) / qMax(1, scale.width);

    if (scale.width < labels.distance)
        return ticks;
    const qint64 step = roundStep(qMax<qint64>(1, qint64(std::ceil(perPixel * labels.distance))));
    qint64 zero = labels.origin;

    if (labels.times != AxisTimes::Relative)
        zero = labels.times == AxisTimes::Utc
                   ? 0
                   : -dateTime(scale.first, labels.times).offsetFromUtc() * Second;
    qint64 count = (scale.first - zero) / step;
    while (zero + count * step < scale.first)
        count++;
    for (qint64 at = zero + count * step; at <= scale.last; at += step) {
        ticks.append({int(scale.x(at)), at,
                      labels.times == AxisTimes::Relative ? relativeText(at - zero, step)
                                                          : clockText(at, labels.times, step)});
        if (at > scale.last - step)
            break;
    }
    return ticks;
}

QString
timeText(qint64 time, const TimeLabels &labels, qint64 step)
{
    const qint64 finest = qMin<qint64>(1000000, roundStep(qMax<qint64>(1, step)));

    if (labels.times == AxisTimes::Relative)
        return relativeText(time - labels.origin, finest);
    return dateTime(time, labels.times).toString(QStringLiteral("yyyy-MM-dd ")) +
           clockText(time, labels.times, finest);
}

QString
durationText(qint64 duration)
{
    const qint64 t = qMax<qint64>(0, duration);

    if (t < 1000000)
        return QString::number(double(t) / 1000, 'g', 3) + QStringLiteral(" µs");
    if (t < Second)
        return QString::number(double(t) / 1000000, 'g', 3) + QStringLiteral(" ms");
    if (t < Minute)
        return QString::number(double(t) / double(Second), 'g', 3) + QStringLiteral(" s");
    if (t < Hour)
        return QStringLiteral("%1 min %2 s").arg(t / Minute).arg(two(t / Second % 60));
    if (t < Day)
        return QStringLiteral("%1 h %2 min").arg(t / Hour).arg(two(t / Minute % 60));
    return QStringLiteral("%1 d %2 h").arg(t / Day).arg(t / Hour % 24);
}
