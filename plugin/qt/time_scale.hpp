// SPDX-License-Identifier: GPL-2.0-or-later
// A stretch of time on a stretch of pixels, and the round times on it that are worth a label.
#ifndef MALFLOW_QT_TIME_SCALE_HPP
#define MALFLOW_QT_TIME_SCALE_HPP

#include <QString>
#include <QVector>

// Which times labels tell.
enum class AxisTimes { Relative, Utc, Local };

struct TimeScale {
    qint64 first = 0; // nanoseconds
    qint64 last = 1;  // after first
    int left = 0;
    int width = 1;

    // Far outside times are kept within what a painter takes.
    double
    x(qint64 time) const;

    qint64
    time(double x) const;
};

struct TimeTick {
    int x;
    qint64 time;
    QString label;
};

struct TimeLabels {
    AxisTimes times = AxisTimes::Relative;
    qint64 origin = 0; // that relative times count from
    int distance = 72; // of ticks, in pixels: at least
};

// Round times on SCALE.
QVector<TimeTick>
timeTicks(const TimeScale &scale, const TimeLabels &labels);

// TIME to the millisecond (or finer where STEP, what is told apart, is), for tooltips and status.
QString
timeText(qint64 time, const TimeLabels &labels, qint64 step);

// "350 µs", "12.5 s", "3 min 20 s", "2 h 05 min", "3 d 4 h".
QString
durationText(qint64 duration);

#endif
