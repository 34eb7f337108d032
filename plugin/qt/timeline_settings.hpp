// SPDX-License-Identifier: GPL-2.0-or-later
// What the user chose for timelines in their windows. What they did not choose is as in Wireshark's
// preferences, also when these change.
#ifndef MALFLOW_QT_TIMELINE_SETTINGS_HPP
#define MALFLOW_QT_TIMELINE_SETTINGS_HPP

#include "qt/host.h"

#include <QMap>
#include <QSettings>
#include <QStringList>
#include <QVariant>

class TimelineSettings
{
  public:
    // What can be on or off.
    enum Switch { Aggregate, Beacons, Fold, HitsOnly, Switches };
    enum Times { TimesOfWireshark, TimesRelative, TimesUtc, TimesLocal };

    explicit TimelineSettings(const mf_window_host *host);

    void
    recall(const QSettings &settings);
    void
    remember(QSettings &settings) const;

    // All as in the preferences.
    void
    reset();

    bool
    isOn(Switch which) const;
    void
    setOn(Switch which, bool on);

    Times
    times() const;
    void
    setTimes(Times times);
    mf_time_format
    timeFormat() const;

    // Whether sessions named NAME show their packets.
    bool
    showsPackets(const char *name) const;
    // Names of those that do and are none of NAMES.
    QStringList
    packetsBeside(const QStringList &names) const;
    // NAMES: of all that do; "all": every one does.
    void
    setPackets(const QStringList &names);

    // What a story is made with; the caller clears it.
    mf_timeline_options
    options() const;

  private:
    const mf_window_host *host;
    QMap<QString, QVariant> chosen;
};

#endif
