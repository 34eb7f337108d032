// SPDX-License-Identifier: GPL-2.0-or-later
// Labels of the time axis, and colours that can be read.
#include "qt/colours.hpp"
#include "qt/time_scale.hpp"

#include <QTest>

static const qint64 Second = 1000000000;
static const qint64 Start = 1199145600 * Second; // 2008-01-01

class TestScale : public QObject
{
    Q_OBJECT

  private slots:
    void
    labelsAreRound_data();
    void
    labelsAreRound();
    void
    labelsAreBounded();
    void
    coloursCanBeRead();
};

void
TestScale::labelsAreRound_data()
{
    QTest::addColumn<double>("first");
    QTest::addColumn<double>("last");
    QTest::addColumn<int>("times");
    QTest::addColumn<QString>("expected");

    QTest::newRow("milliseconds") << 0.0 << 0.004 << 0 << "0|0.001 s|0.002 s|0.003 s|0.004 s";
    QTest::newRow("seconds") << 0.0 << 10.0 << 0 << "0|2 s|4 s|6 s|8 s|10 s";
    QTest::newRow("seconds later") << 61.0 << 66.0 << 0 << "1:01|1:02|1:03|1:04|1:05|1:06";
    QTest::newRow("half minutes") << 0.0 << 120.0 << 0 << "0|30 s|1:00|1:30|2:00";
    QTest::newRow("minutes") << 0.0 << 600.0 << 0 << "0|2 min|4 min|6 min|8 min|10 min";
    QTest::newRow("to the hour") << 2700.0 << 4500.0 << 0
                                 << "45 min|50 min|55 min|1:00 h|1:05 h|1:10 h|1:15 h";
    QTest::newRow("hours") << 0.0 << 14400.0 << 0 << "0|1 h|2 h|3 h|4 h";
    QTest::newRow("days") << 0.0 << 400000.0 << 0 << "0|1 d|2 d|3 d|4 d";
    QTest::newRow("clock") << 30.0 << 630.0 << 1 << "00:02|00:04|00:06|00:08|00:10";
    QTest::newRow("clock seconds") << 0.5 << 4.5 << 1 << "00:00:01|00:00:02|00:00:03|00:00:04";
    QTest::newRow("dates") << 0.0 << 345600.0 << 1
                           << "2008-01-01|2008-01-02|2008-01-03|2008-01-04|2008-01-05";
}

void
TestScale::labelsAreRound()
{
    QFETCH(double, first);
    QFETCH(double, last);
    QFETCH(int, times);
    QFETCH(QString, expected);
    TimeScale scale;
    QStringList found;

    scale.first = Start + qint64(first * double(Second));
    scale.last = Start + qint64(last * double(Second));
    scale.width = 500;
    for (const TimeTick &tick : timeTicks(scale, {AxisTimes(times), Start, 72}))
        found.append(tick.label);
    QCOMPARE(found.join(QLatin1Char('|')), expected);
}

// Whatever the range: few labels, within it, in order.
void
TestScale::labelsAreBounded()
{
    const qint64 most = 4611686018LL * Second;

    for (qint64 span = 1; span < most; span = span * 3 + 1)
        for (qint64 first : {qint64(0), Start, most - span, -most, -span / 2})
            for (AxisTimes times : {AxisTimes::Relative, AxisTimes::Utc, AxisTimes::Local}) {
                TimeScale scale;
                scale.first = first;
                scale.last = first + span;
                scale.width = 500;
                const auto ticks = timeTicks(scale, {times, 0, 72});
                QVERIFY(ticks.size() <= 500 / 72 + 2);
                for (int i = 0; i < ticks.size(); i++) {
                    QVERIFY(ticks[i].time >= scale.first && ticks[i].time <= scale.last);
                    QVERIFY(i == 0 || ticks[i].time > ticks[i - 1].time);
                }
            }
}

void
TestScale::coloursCanBeRead()
{
    for (int lightness = 0; lightness < 256; lightness += 5)
        for (int hue = 0; hue < 360; hue += 7) {
            const QColor ground = QColor::fromHsl(210, 40, lightness);
            QVERIFY(contrast(readableColour(ground, hue, 170, 3.0), ground) >= 3.0);
        }
    QCOMPARE(protocolHue("TCP:HTTP"), protocolHue("HTTP"));
    QVERIFY(protocolHue("TCP:HTTP") != protocolHue("UDP:DNS"));
    QCOMPARE(protocolHue("TCP"), -1);
    QCOMPARE(protocolHue(nullptr), -1);
    QCOMPARE(protocolHue("TCP:BANANA"), protocolHue("UDP:BANANA"));
}

QTEST_APPLESS_MAIN(TestScale)
#include "test_scale.moc"
