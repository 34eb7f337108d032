// SPDX-License-Identifier: GPL-2.0-or-later
// What a payload pane shows, without the pane: lines, runs, finding.
#include "payload_kit.hpp"
#include "qt/payload_layout.hpp"

#include <QTest>

// Lines as they are shown, one string each.
static QString
linesOf(const PayloadDocument &document, PayloadLayout::Form form, int columns)
{
    PayloadLayout layout;
    QStringList lines;

    layout.build(&document, form, columns);
    for (int i = 0; i < layout.lines(); i++) {
        const PayloadLine line = layout.line(i);
        lines.append(document.text(line.from, line.from + quint32(layout.shown(line))));
    }
    return lines.join(QLatin1Char('|'));
}

class TestDocument : public QObject
{
    Q_OBJECT

  private slots:
    void
    linesEndWhereThePayloadSays();
    void
    dumpLinesEndWithTheRun();
    void
    everyByteHasItsLine_data();
    void
    everyByteHasItsLine();
    void
    runsAreKnown();
    void
    brokenRunsAreDropped();
    void
    needlesMayBeBytes();
    void
    findsWithinOneTurn();
};

void
TestDocument::linesEndWhereThePayloadSays()
{
    const PayloadDocument document = documentOf(request());

    // Runs of one side flow; the other side begins a line.
    QCOMPARE(linesOf(document, PayloadLayout::Text, 80),
             QStringLiteral("GET /a.exe HTTP/1.1|Host: a.example||HTTP/1.1 200 OK||"
                            "MZ....This program cannot be run in DOS mode."));
    QCOMPARE(linesOf(documentOf({{1, 0, "abcdef\nab\r\nabcd\r\n\nabcde"}}), PayloadLayout::Text, 4),
             QStringLiteral("abcd|ef|ab|abcd||abcd|e"));
    QCOMPARE(linesOf(documentOf({{1, 0, "ab"}, {2, 1, "cd\n"}, {3, 1, "ef"}, {4, 0, "\n"}}),
                     PayloadLayout::Text, 8),
             QStringLiteral("ab|cd|ef|"));
    QCOMPARE(linesOf(documentOf({}), PayloadLayout::Text, 8), QString());
    // Datagrams stand for themselves.
    const QVector<MadeUpRun> two = {{1, 0, "ab"}, {2, 0, "cd"}, {3, 1, "ef"}};
    QCOMPARE(linesOf(documentOf(two), PayloadLayout::Text, 8), QStringLiteral("abcd|ef"));
    for (const char *protocol : {"UDP:DNS", "ICMP", ""})
        QCOMPARE(linesOf(documentOf(two, protocol), PayloadLayout::Text, 8),
                 QStringLiteral("ab|cd|ef"));
    QCOMPARE(documentOf(two, "UDP:DNS").only(PayloadDocument::Originator).runs()[0].turnEnd, 2u);
    QVERIFY(documentOf(two, "UDP:DNS").find("bc", false, 9).isEmpty());
}

void
TestDocument::dumpLinesEndWithTheRun()
{
    QCOMPARE(linesOf(documentOf({{1, 0, "0123456789"}, {2, 0, "abc"}, {3, 1, "x\ny"}}),
                     PayloadLayout::Dump, 4),
             QStringLiteral("0123|4567|89|abc|x\ny"));
}

void
TestDocument::everyByteHasItsLine_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("columns");

    for (int columns : {1, 2, 16, 77})
        for (int size : {1, 100, 30000})
            QTest::addRow("%d in %d", size, columns) << size << columns;
}

// Lines follow each other without a gap; a place is on the line that line() says.
void
TestDocument::everyByteHasItsLine()
{
    QFETCH(int, size);
    QFETCH(int, columns);
    const PayloadDocument document = documentOf(mixed(size, unsigned(size + columns)));

    for (PayloadLayout::Form form : {PayloadLayout::Text, PayloadLayout::Dump}) {
        PayloadLayout layout;
        quint32 at = 0;

        layout.build(&document, form, columns);
        for (int i = 0; i < layout.lines(); i++) {
            const PayloadLine line = layout.line(i);
            QCOMPARE(line.from, at);
            QVERIFY(line.to > line.from && layout.shown(line) <= columns);
            QCOMPARE(layout.lineOf(line.from), i);
            QCOMPARE(layout.lineOf(line.to - 1), i);
            at = line.to;
        }
        QCOMPARE(at, document.size());
        QCOMPARE(layout.lineOf(at), qMax(0, layout.lines() - 1));
    }
}

void
TestDocument::runsAreKnown()
{
    const PayloadDocument document = documentOf(request());

    QCOMPARE(document.runs().size(), 4);
    QCOMPARE(document.runs()[document.runAt(0)].frame, 4u);
    QCOMPARE(document.runs()[document.runAt(37)].frame, 4u);
    QCOMPARE(document.runs()[document.runAt(38)].frame, 5u);
    QCOMPARE(document.runs()[document.runAt(document.size())].frame, 8u);
    QCOMPARE(document.runs()[0].turnEnd, 40u);
    QCOMPARE(document.runs()[1].turnEnd, 40u);
    QCOMPARE(document.runs()[2].turnEnd, document.size());
    QCOMPARE(document.runs()[3].sideOffset, 25u);
    QCOMPARE(document.sent(MF_ORIG), 40u);
    QCOMPARE(document.sent(MF_RESP), document.size() - 40);
}

void
TestDocument::brokenRunsAreDropped()
{
    const PayloadDocument document = documentOf({{1, 0, ""}, {2, 1, "abc"}, {3, 0, ""}});

    QCOMPARE(document.runs().size(), 1);
    QCOMPARE(document.runs()[0].frame, 2u);
}

void
TestDocument::needlesMayBeBytes()
{
    bool exact;

    QCOMPARE(payloadNeedle(QStringLiteral("MZ"), &exact), QByteArray("MZ"));
    QVERIFY(!exact);
    QCOMPARE(payloadNeedle(QStringLiteral("MZ|90 0003|x"), &exact),
             QByteArray("MZ\x90\x00\x03x", 6));
    QVERIFY(exact);
    for (const char *other : {"a|b", "|9|", "||", "|zz|", "|90"}) {
        QCOMPARE(payloadNeedle(QLatin1String(other), &exact), QByteArray(other));
        QVERIFY(!exact);
    }
}

void
TestDocument::findsWithinOneTurn()
{
    const PayloadDocument document =
        documentOf({{1, 0, "abc"}, {2, 0, "ABC"}, {3, 1, "abcab"}, {4, 0, "cab"}});

    QCOMPARE(document.find("abc", false, 100), (QVector<quint32>{0, 3, 6}));
    QCOMPARE(document.find("abc", true, 100), (QVector<quint32>{0, 6}));
    QCOMPARE(document.find("ca", false, 100), (QVector<quint32>{2, 8, 11})); // across packets
    QCOMPARE(document.find("a", false, 2), (QVector<quint32>{0, 3}));
    QVERIFY(document.find("", false, 2).isEmpty());
    QVERIFY(documentOf({}).find("a", false, 2).isEmpty());
}

QTEST_APPLESS_MAIN(TestDocument)
#include "test_document.moc"
